/** Sources to machines in memory, through the whole compiler. */
import { readdirSync, readFileSync } from "node:fs";
import type { Machine } from "@durablec/runtime";
import * as runtime from "@durablec/runtime";
import { transformSync } from "esbuild";
import { compile } from "../../compiler/compile.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";

const folder = new URL("../../compiler/prelude/", import.meta.url);
const prelude = readdirSync(folder).map((path) => ({ path, text: readFileSync(new URL(path, folder), "utf8") }));

export interface Compiled {
  readonly diagnostics: readonly Diagnostic[];
  /** The emitted TypeScript; empty when there are errors. */
  readonly code: string;
  readonly map: string;
  /** What the emitted module exports. */
  readonly exports: { readonly [name: string]: unknown };
}

/** One source that names no TypeScript. */
export async function compileText(text: string, path = "app.durable"): Promise<Compiled> {
  const input = {
    sources: [{ path, text }],
    prelude,
    foreign: () => null,
    modules: new Map(),
    outputPath: () => path.replace(/durable$/, "ts"),
  };
  const { diagnostics, files } = await compile(input);
  const [file] = files;
  return { diagnostics, code: file?.code ?? "", map: file?.map ?? "", exports: file ? load(file.code) : {} };
}

/** As `compileText`, of a source that must have no errors: its machines by export name. */
export async function machinesOf(text: string): Promise<{ readonly [name: string]: Machine }> {
  const { diagnostics, exports } = await compileText(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return Object.fromEntries(Object.entries(exports).filter(isMachine));
}

function isMachine(entry: [string, unknown]): entry is [string, Machine] {
  const [, value] = entry;
  return typeof value === "object" && value !== null && "states" in value;
}

function load(code: string): Compiled["exports"] {
  const { code: script } = transformSync(code, { loader: "ts", format: "cjs", target: "node20" });
  const module = { exports: {} };
  new Function("require", "module", "exports", script)(() => runtime, module, module.exports);
  return module.exports;
}
