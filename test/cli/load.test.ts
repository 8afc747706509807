import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadMachines } from "../../compiler/cli/run/load.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "load-")));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A compiled file, as if a build had written it; nothing is. */
function emitted(path: string, code: string) {
  const source = { path: path.replace("generated/", "").replace(".ts", ".durable"), text: "" };
  return { path: join(folder, path), source, code, map: `{"version":3,"sources":["${source.path}"],"mappings":""}` };
}

const machine = (name: string, value = "null") =>
  `{ module: "Shop", workflow: "${name}", states: {}, value: ${value} }`;

const load = async (...files: ReturnType<typeof emitted>[]) =>
  (await loadMachines(files, folder)) as unknown as { workflow: string; value: unknown }[];

describe("compiled modules", () => {
  it("are loaded without being written, together with their siblings and the app's TypeScript", async () => {
    write("src/mailer.ts", `import { to } from "./address.js"; export const deliver = (): string => to;`);
    write("src/address.ts", `export const to: string = "a@example.com";`);
    const machines = await load(
      emitted(
        "generated/orders.ts",
        `import { Pay } from "./deep/pay.js"; import * as mailer from "../src/mailer.js"; export const Orders = ${machine("orders", "[mailer.deliver(), Pay.workflow]")};`,
      ),
      emitted("generated/deep/pay.ts", `export const limit: number = 3; export const Pay = ${machine("pay")};`),
    );
    expect(machines.map(({ workflow, value }) => [workflow, value])).toEqual([
      ["orders", ["a@example.com", "pay"]],
      ["pay", null],
    ]);
    expect(existsSync(join(folder, "generated"))).toBe(false);
  });

  it("use the packages of whoever imports them", async () => {
    write("node_modules/stamp/package.json", `{ "name": "stamp", "type": "module", "exports": "./index.js" }`);
    write("node_modules/stamp/index.js", `export const where = import.meta.url;`);
    write("src/clock.ts", `export { where } from "stamp";`);
    write("node_modules/named/package.json", `{ "name": "named", "type": "module", "exports": "./index.js" }`);
    write("node_modules/named/index.js", `export const name = "named";`);
    const [found] = await load(
      emitted(
        "generated/a.ts",
        `import { where } from "../src/clock.js"; import { name } from "named"; export const A = ${machine("a", "[where, name]")};`,
      ),
    );
    expect(found?.value).toEqual([`file://${folder}/node_modules/stamp/index.js`, "named"]);
  });

  it("leave the app's modules where they stand", async () => {
    write("src/template.txt", "hello");
    write(
      "src/mailer.ts",
      `import { readFileSync } from "node:fs"; export const text = readFileSync(new URL("./template.txt", import.meta.url), "utf8") + import.meta.dirname.length;`,
    );
    const [found] = await load(
      emitted("a.ts", `import { text } from "./src/mailer.js"; export const A = ${machine("a", "text")};`),
    );
    expect(found?.value).toBe(`hello${folder.length + 4}`);
  });

  it("say what is wrong with TypeScript that cannot be read or that fails", async () => {
    write("broken.ts", `export const x = ;`);
    write("failing.ts", `throw new Error("no key");`);
    await expect(load(emitted("a.ts", `import "./broken.js";`))).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringMatching(/broken\.ts:1: Unexpected ";"/),
    });
    await expect(load(emitted("a.ts", `import "./failing.js";`))).rejects.toMatchObject({
      message: "A TypeScript module failed while it was loaded: Error: no key",
    });
  });
});
