import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { Machine } from "../../runtime/machine.ts";
import { originOf } from "../../runtime/origin/origin.ts";
import { framesOf } from "../../runtime/origin/stack.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "durable-origin-")));
afterAll(() => rmSync(folder, { recursive: true }));

const machine = { source: "src/orders.durable" } as Machine;

/** An error with these frames, innermost first. */
function thrownAt(...frames: string[]): Error {
  const error = new Error("no");
  error.stack = ["Error: no", ...frames.map((frame) => `    at ${frame}`)].join("\n");
  return error;
}

/** A map that takes line 3, column 5 of a file to line 7, column 9 of another. */
function mapTo(source: string, mappings = ";;IAMQ"): string {
  return JSON.stringify({ version: 3, names: [], sources: [source], mappings });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("a stack", () => {
  it("is read in all the forms that V8 gives frames", () => {
    const { stack } = thrownAt(
      "run (/app/orders.js:3:5)",
      "async Object.run (file:///app/my%20orders.js?v=1:3:5)",
      "/app/orders.js:3:5",
      "async /app/orders.js:3:5",
      "new Promise (<anonymous>)",
      "processTicksAndRejections (node:internal/process/task_queues:95:5)",
      "eval (eval at <anonymous> (/app/x.js:1:1), <anonymous>:1:1)",
    );
    expect(framesOf(stack!).map(({ path }) => path)).toEqual([
      "/app/orders.js",
      "/app/my orders.js",
      "/app/orders.js",
      "/app/orders.js",
    ]);
  });
});

describe("where an error came from", () => {
  it("is found through the map beside a file, and the map of what that leads to", async () => {
    file("orders.ts", "//# sourceMappingURL=orders.ts.map\n");
    file("orders.ts.map", mapTo("src/orders.durable"));
    expect(await originOf(thrownAt(`run (${join(folder, "orders.ts")}:3:5)`), machine)).toEqual({
      file: "src/orders.durable",
      line: 7,
      column: 9,
    });
  });

  it("is that of the statement, in the lines that a map does not tell of", async () => {
    const path = file("long.js", "//# sourceMappingURL=long.js.map\n");
    file("long.js.map", mapTo("src/orders.durable"));
    expect(await originOf(thrownAt(`run (${path}:6:1)`), machine)).toMatchObject({ line: 7, column: 9 });
  });

  it("is found through an inline map", async () => {
    const map = Buffer.from(mapTo("src/orders.durable")).toString("base64");
    const path = file("inline.js", `\n\n\n//# sourceMappingURL=data:application/json;base64,${map}`);
    expect(await originOf(thrownAt(`run (${pathToFileURL(path)}:3:6)`), machine)).toMatchObject({ line: 7 });
  });

  it("is the innermost place in a .durable file, past code that is none", async () => {
    const foreign = file("mailer.js", "throw new Error()\n");
    const orders = join(folder, "src/orders.durable");
    const thrown = thrownAt(`deliver (${foreign}:1:7)`, `async run (${orders}:12:3)`, `async run (${orders}:20:3)`);
    expect(await originOf(thrown, machine)).toEqual({ file: "src/orders.durable", line: 12, column: 3 });
  });

  it("is named from the current folder in the file of another module", async () => {
    const place = `run (${join(process.cwd(), "src/prices.durable")}:2:3)`;
    expect(await originOf(thrownAt(place), machine)).toEqual({ file: "src/prices.durable", line: 2, column: 3 });
  });

  it("is not known without a map, with a broken one, or of what is no error", async () => {
    const broken = file("broken.js", "//# sourceMappingURL=data:application/json,{");
    const circle = file("circle.js", "//# sourceMappingURL=circle.js.map");
    file("circle.js.map", mapTo("circle.js", ";;IAEI"));
    for (const path of [broken, circle, join(folder, "gone.js")])
      expect(await originOf(thrownAt(`run (${path}:3:5)`), machine)).toBeNull();
    expect(await originOf("no", machine)).toBeNull();
  });
});
