import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandInFolder } from "./command.ts";

const { durablec, path, write } = commandInFolder();

const read = (name: string) => readFileSync(path(name), "utf8");
const json = (name: string) => JSON.parse(read(name));

describe("durablec init", () => {
  it("creates a project, and says what it has written and what comes next", async () => {
    const { code, stdout, stderr } = await durablec("init", "tea-shop", "--yes");
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("created        src/welcome.durable\n");
    expect(stderr).toContain("Next:\n  cd tea-shop\n  npm install\n");
    expect(read("tea-shop/src/welcome.durable")).toContain("defmodule TeaShop.Welcome do");
    expect(read("tea-shop/README.md")).toMatch(/^# tea-shop\n/);
    expect(existsSync(path("tea-shop/.gitignore"))).toBe(true);
  });

  it("names the files of its tests, since Node 22 and later run none of a folder's", async () => {
    await durablec("init", "tea-shop", "--yes");
    expect(json("tea-shop/package.json").scripts.test).toMatch(/--test dist\/test\/\*\.test\.js$/);
  });

  it("asks for versions that this compiler works with", async () => {
    await durablec("init", ".", "--name", "@ann/tea");
    const { name, dependencies, devDependencies } = json("package.json");
    const own = JSON.parse(readFileSync(`${import.meta.dirname}/../../compiler/package.json`, "utf8"));
    expect(name).toBe("@ann/tea");
    expect(devDependencies.durablec).toBe(`^${own.version}`);
    expect(dependencies["@durablec/runtime"]).toBe(`^${own.dependencies["@durablec/runtime"]}`);
    expect(read("src/welcome.durable")).toContain("defmodule Tea.Welcome do");
  });

  it("keeps what is there already, unless it is told to overwrite", async () => {
    write("README.md", "# Mine\n");
    write("src/app.ts", "// mine\n");
    const first = await durablec("init", "--yes", "--name", "mine");
    expect(first.stderr).toContain("kept as it was README.md\n");
    expect(read("src/app.ts")).toBe("// mine\n");
    const second = await durablec("init", "--yes", "--name", "mine", "--force");
    expect(second.stderr).toContain("overwritten    src/app.ts\n");
    expect(second.stderr).toContain("kept as it was src/mailer.ts\n");
    expect(read("README.md")).toMatch(/^# mine\n/);
  });

  it("adds to a package.json and a .gitignore what they lack", async () => {
    write(
      "package.json",
      '{\n  "name": "shop",\n  "scripts": { "test": "mine" },\n  "dependencies": { "typescript": "5.9.3" }\n}\n',
    );
    write(".gitignore", "/dist\nsecrets");
    expect((await durablec("init", "--yes")).stderr).toContain("extended       package.json\n");
    const { name, type, scripts, dependencies, devDependencies } = json("package.json");
    expect([name, type, scripts.test, dependencies.typescript]).toEqual(["shop", "module", "mine", "5.9.3"]);
    expect(scripts.build).toContain("durablec build");
    expect(devDependencies).not.toHaveProperty("typescript");
    expect(read(".gitignore")).toBe("/dist\nsecrets\nnode_modules/\nsrc/generated/\n.durable/\n");
  });

  it("does not touch a CommonJS project", async () => {
    write("package.json", '{ "name": "old", "type": "commonjs", "scripts": { "test": "mocha" } }');
    const { code, stderr } = await durablec("init", "--yes");
    expect([code, existsSync(path("src"))]).toEqual([1, false]);
    expect(stderr).toContain('Change its "type" to "module"');
  });

  it("takes what `npm init` has made for unsaid", async () => {
    const test = 'echo "Error: no test specified" && exit 1';
    write("package.json", JSON.stringify({ name: "new", type: "commonjs", scripts: { test } }, null, 2));
    await durablec("init", "--yes");
    expect(json("package.json")).toMatchObject({
      type: "module",
      scripts: { test: expect.stringContaining("--test") },
    });
  });

  it("refuses names and places that cannot be", async () => {
    expect(await durablec("init", "--name", "Tea Shop")).toMatchObject({ code: 2, stdout: "" });
    write("file", "");
    expect((await durablec("init", "file")).stderr).toContain("is a file");
  });
});
