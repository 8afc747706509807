import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openProject, type Project } from "../../compiler/project.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "project-")));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text = ""): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const open = (paths: string[], more: { out?: string; modules?: { [name: string]: string }; cwd?: string } = {}) =>
  openProject({ paths, cwd: folder, ...more });

const pathsOf = ({ input }: Project) => input.sources.map(({ path }) => path);

const outputsOf = ({ input }: Project) =>
  input.sources.map((source) => input.outputPath(source).slice(folder.length + 1));

describe("the sources of a project", () => {
  it("are the files named and those below the folders named, each once, in order of path", async () => {
    for (const path of ["shop/b.durable", "shop/deep/a.durable", "shop/notes.md", "other/c.durable"]) write(path);
    expect(pathsOf(await open(["shop", "shop/b.durable", "other/c.durable"]))).toEqual([
      "other/c.durable",
      "shop/b.durable",
      "shop/deep/a.durable",
    ]);
  });

  it("leave out node_modules and hidden folders", async () => {
    for (const path of ["a.durable", "node_modules/x/b.durable", ".git/c.durable"]) write(path);
    expect(pathsOf(await open(["."]))).toEqual(["a.durable"]);
  });

  it("lose a byte order mark", async () => {
    write("a.durable", "\uFEFFworkflow");
    expect((await open(["a.durable"])).input.sources[0]?.text).toBe("workflow");
  });

  it("have paths relative to where the user stands", async () => {
    write("shop/a.durable");
    write("app/package.json");
    expect(pathsOf(await open(["../shop"], { cwd: join(folder, "app") }))).toEqual(["../shop/a.durable"]);
  });

  it("must exist", async () => {
    write("orders.durable");
    write("notes.md");
    await expect(open(["order.durable"])).rejects.toMatchObject({
      message: "There is no file or folder order.durable.",
      help: "Did you mean orders.durable?",
    });
    await expect(open(["notes.md"])).rejects.toMatchObject({ message: "notes.md is not a .durable file." });
    mkdirSync(join(folder, "empty"));
    await expect(open(["empty"])).rejects.toMatchObject({ message: "There is no .durable file below empty." });
  });
});

describe("generated files", () => {
  it("mirror the sources below the common folder of what was named, where there is no configuration", async () => {
    write("src/a.durable");
    write("src/deep/b.durable");
    expect(outputsOf(await open(["src"]))).toEqual(["generated/a.ts", "generated/deep/b.ts"]);
    expect(outputsOf(await open(["src/deep"]))).toEqual(["generated/b.ts"]);
    expect(outputsOf(await open(["src/a.durable", "src/deep/b.durable"]))).toEqual([
      "generated/a.ts",
      "generated/deep/b.ts",
    ]);
  });

  it("are the same whichever sources are named, and from wherever, where there is a configuration", async () => {
    write("src/deep/b.durable");
    write("durable.config.json", "{}");
    for (const path of [".", "src", "src/deep", "src/deep/b.durable"])
      expect(outputsOf(await open([path]))).toEqual(["generated/src/deep/b.ts"]);
    write("durable.config.json", `{ "root": "src", "out": "lib" }`);
    for (const path of [".", "src", "src/deep", "src/deep/b.durable"])
      expect(outputsOf(await open([path]))).toEqual(["lib/deep/b.ts"]);
    expect(outputsOf(await open(["."], { cwd: join(folder, "src/deep") }))).toEqual(["lib/deep/b.ts"]);
    expect(outputsOf(await open(["src/deep"], { out: "elsewhere" }))).toEqual(["elsewhere/deep/b.ts"]);
  });

  it("cannot be of sources outside of the root", async () => {
    write("a.durable");
    write("durable.config.json", `{ "root": "src" }`);
    const project = await open(["."]);
    expect(() => outputsOf(project)).toThrow(`${join(folder, "a.durable")} is not below ${join(folder, "src")}`);
  });

  it("go where the command says, else where the configuration says", async () => {
    write("src/a.durable");
    write("src/durable.config.json", `{ "out": "../lib" }`);
    expect(outputsOf(await open(["src"]))).toEqual(["lib/a.ts"]);
    expect(outputsOf(await open(["src"], { out: "elsewhere" }))).toEqual(["elsewhere/a.ts"]);
  });
});

describe("the configuration", () => {
  it("is the nearest one above the sources", async () => {
    write("durable.config.json", `{ "out": "far" }`);
    write("src/durable.config.json", `{ "out": "near" }`);
    write("src/deep/a.durable");
    expect((await open(["src/deep"])).config.out).toBe("near");
  });

  it("is looked for above the working folder when the sources have none", async () => {
    write("elsewhere/a.durable");
    write("app/durable.config.json", `{ "strict": true }`);
    expect((await open(["../elsewhere"], { cwd: join(folder, "app") })).config.strict).toBe(true);
  });

  it("has its mistakes reported with the path as the user would write it", async () => {
    write("app/durable.config.json", `{ "strict": 1 }`);
    write("app/a.durable");
    const { diagnostics } = await open(["app"]);
    expect(diagnostics).toMatchObject([
      { code: "config/invalid-value", location: { source: { path: "app/durable.config.json" } } },
    ]);
  });
});

describe("TypeScript modules", () => {
  const mailer = "export function deliver(to: string): boolean { return to !== ''; }";

  it("are named by the command, relative to where the user stands, before the configuration", async () => {
    write("app/durable.config.json", `{ "modules": { "Mailer": "./mailer.ts", "Stamp": "stamp" } }`);
    write("app/a.durable");
    const { input } = await open(["app"], { modules: { Mailer: "./fake.ts" } });
    expect(Object.fromEntries(input.modules)).toEqual({ Mailer: join(folder, "fake.ts"), Stamp: "stamp" });
  });

  it("are found relative to the file that imports them", async () => {
    write("app/deep/a.durable", `import Mailer, from: "../mailer"`);
    write("app/mailer.ts", mailer);
    const { input } = await open(["app"]);
    const request = { name: "Mailer", specifier: "../mailer", from: input.sources[0]! };
    expect(input.foreign(request)).toMatchObject({ name: "Mailer", specifier: join(folder, "app/mailer.ts") });
    expect(input.foreign({ ...request, specifier: "./mailer" })).toBeNull();
  });

  it("are found through the configuration when a source uses the name", async () => {
    write("app/durable.config.json", `{ "modules": { "Mailer": "./mailer.ts" } }`);
    write("app/deep/a.durable", `Mailer.deliver("x")`);
    write("app/mailer.ts", mailer);
    const { input } = await open(["app"]);
    const specifier = input.modules.get("Mailer")!;
    expect([...(input.foreign({ name: "Mailer", specifier, from: null })?.exports.keys() ?? [])]).toEqual(["deliver"]);
  });
});

describe("TypeScript that was read before", () => {
  const request = (project: Project) => ({ name: "Mailer", specifier: "./mailer", from: project.input.sources[0]! });
  const exportsOf = (project: Project) => [...(project.input.foreign(request(project))?.exports.keys() ?? [])];

  it("is not read again until it changes", async () => {
    write("node_modules/.keep");
    write("a.durable", `import Mailer, from: "./mailer"`);
    write("mailer.ts", `export { deliver } from "./deep/deliver.ts";`);
    write("deep/deliver.ts", `export const deliver = (to: { name: string }): string[] => [to.name];`);
    const first = await open(["a.durable"]);
    const read = first.input.foreign(request(first));
    const second = await open(["a.durable"]);
    expect(second.input.foreign(request(second))).toEqual(read);
    write("deep/deliver.ts", `export const deliver = (): void => {}; export const more = 1;`);
    write("mailer.ts", `export { deliver } from "./deep/deliver.ts"; export const post = (): void => {};`);
    expect(exportsOf(await open(["a.durable"]))).toEqual(["deliver", "post"]);
  });

  it("is asked for again when it was not there", async () => {
    write("node_modules/.keep");
    write("a.durable", `import Mailer, from: "./mailer"`);
    expect(exportsOf(await open(["a.durable"]))).toEqual([]);
    write("mailer.ts", `export const post = (): void => {};`);
    expect(exportsOf(await open(["a.durable"]))).toEqual(["post"]);
  });
});
