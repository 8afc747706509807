/** The VS Code extension: what it ships, and which `durablec` it runs. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findServer } from "../../grammar/vscode/client/server.ts";
import manifest from "../../grammar/vscode/package.json" with { type: "json" };

const extension = fileURLToPath(new URL("../../grammar/vscode/", import.meta.url));

describe("the extension's folder", () => {
  beforeAll(() => {
    execFileSync(process.execPath, [join(extension, "package.js"), "--no-pack"]);
  });

  it("holds every file the manifest names", () => {
    const { languages, grammars, snippets } = manifest.contributes;
    const named = [
      manifest.main,
      manifest.icon,
      ...languages.flatMap(({ configuration, icon }) => [configuration, icon.light, icon.dark]),
      ...grammars.map(({ path }) => path),
      ...snippets.map(({ path }) => path),
    ];
    expect(named.filter((path) => !existsSync(join(extension, path)))).toEqual([]);
  });

  it("registers the commands it offers, and asks for nothing else than the editor itself", () => {
    const code = readFileSync(join(extension, manifest.main), "utf8");
    const commands = manifest.contributes.commands.map(({ command }) => command);
    expect(commands.filter((command) => !code.includes(`"${command}"`))).toEqual([]);
    const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, module]) => module!);
    const outside = required.filter((module) => !isBuiltIn(module));
    expect(new Set(outside)).toEqual(new Set(["vscode"]));
  });

  it("gives the language's grammar the scope that the grammar has", () => {
    const [grammar] = manifest.contributes.grammars;
    const { scopeName } = JSON.parse(readFileSync(join(extension, grammar!.path), "utf8"));
    expect(grammar!.scopeName).toBe(scopeName);
  });
});

describe("the durablec that serves a workspace", () => {
  const root = mkdtempSync(join(tmpdir(), "durablec-extension-"));
  const workspace = join(root, "app/packages/orders");
  const installed = join(root, "app/node_modules/durablec/bin/durablec.js");
  const program = join(root, "bin/durablec");
  const around = { setting: "", folders: [workspace], programFolders: [], platform: "linux" } as const;

  beforeAll(() => {
    mkdirSync(workspace, { recursive: true });
    for (const path of [installed, program]) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, "");
    }
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it("is the one installed in the folder or above it", () => {
    expect(findServer(around)).toEqual({ kind: "module", path: installed });
  });

  it("is the one the setting names, before all others", () => {
    const setting = "../../../bin/durablec";
    expect(findServer({ ...around, setting })).toEqual({ kind: "command", path: program });
    expect(findServer({ ...around, setting: installed })).toEqual({ kind: "module", path: installed });
  });

  it("is the one on the PATH when the workspace has none", () => {
    const elsewhere = { ...around, folders: [], programFolders: [dirname(program)] };
    expect(findServer(elsewhere)).toEqual({ kind: "command", path: program });
  });

  it("is missing, with the places that were looked at", () => {
    const [folder, setting] = [join(root, "bin"), join(root, "gone")];
    expect(findServer({ ...around, setting })).toEqual({ kind: "missing", tried: [setting] });
    expect(findServer({ ...around, folders: [folder] })).toEqual({
      kind: "missing",
      tried: [join(folder, "node_modules/durablec/bin/durablec.js"), "durablec on the PATH"],
    });
  });
});

function isBuiltIn(module: string): boolean {
  return process.getBuiltinModule(module) !== undefined;
}
