/** Runs expressions of the language through the whole compiler: each becomes a function of one module, which is called. */
import { readdirSync, readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { compile } from "../../compiler/compile.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import * as runtime from "../../runtime/index.ts";
import { io } from "./io.ts";

export type Evaluation =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "raised"; readonly type: string; readonly message: string }
  | { readonly kind: "refused"; readonly code: string; readonly message: string };

const folder = new URL("../../compiler/prelude/", import.meta.url);
const prelude = readdirSync(folder).map((path) => ({ path, text: readFileSync(new URL(path, folder), "utf8") }));

/** In every module: `unknown/1` gives its argument back, and the compiler does not know what it is. */
const HEAD = ["defmodule Cases do", "  use Durable", "  use Durable.Helpers", "  def unknown(value), do: value"];

/** One result for each expression. What the compiler refuses is left out of the module, the others still run. */
export async function evaluate(expressions: readonly string[]): Promise<Evaluation[]> {
  const results: Evaluation[] = [];
  let exports = await attempt(expressions, results);
  while (!exports) exports = await attempt(expressions, results);
  for (const [index] of expressions.entries()) results[index] ??= await call(exports[`case_${index}`]!);
  return results;
}

type Exports = { readonly [name: string]: (io: unknown) => unknown };

/** Null when something was refused, which is noted in the results. */
async function attempt(expressions: readonly string[], results: Evaluation[]): Promise<Exports | null> {
  const lines = [...HEAD];
  const owners: (number | undefined)[] = HEAD.map(() => undefined);
  for (const [index, expression] of expressions.entries()) {
    if (results[index]) continue;
    const body = [`  def case_${index}() do`, ...expression.split("\n").map((line) => `    ${line}`), "  end"];
    lines.push(...body);
    owners.push(...body.map(() => index));
  }
  const source = { path: "cases.durable", text: `${[...lines, "end"].join("\n")}\n` };
  const input = { sources: [source], prelude, foreign: () => null, modules: new Map(), outputPath: () => "cases.ts" };
  const { diagnostics, files } = await compile(input);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  for (const error of errors) note(error, source.text, owners, results);
  return errors.length > 0 ? null : load(files[0]!.code);
}

function note(
  { code, location, message }: Diagnostic,
  text: string,
  owners: readonly (number | undefined)[],
  results: Evaluation[],
) {
  const line = text.slice(0, location.span.start).split("\n").length - 1;
  const owner = owners[line];
  if (owner === undefined) throw new Error(`${code} outside of all cases: ${message}`);
  results[owner] ??= { kind: "refused", code, message };
}

function load(code: string): Exports {
  const { code: script } = transformSync(code, { loader: "ts", format: "cjs", target: "node20" });
  const module = { exports: {} as Exports };
  new Function("require", "module", "exports", script)(() => runtime, module, module.exports);
  return module.exports;
}

async function call(fun: (io: unknown) => unknown): Promise<Evaluation> {
  try {
    return { kind: "value", value: await fun(io) };
  } catch (cause) {
    const { type, message } = runtime.rescued(cause);
    return { kind: "raised", type, message };
  }
}
