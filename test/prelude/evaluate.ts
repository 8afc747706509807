/**
 * Runs code of the language through the whole compiler. Expressions become functions of one module; a text that is a
 * module itself is a program of its own, whose `run/0` gives the value.
 */
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { rescued } from "../../runtime/index.ts";
import { compileText } from "../support/compile.ts";
import { io } from "./io.ts";

export type Evaluation =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "raised"; readonly type: string; readonly message: string }
  | { readonly kind: "refused"; readonly code: string; readonly message: string };

/** In every module: `unknown/1` gives its argument back, and the compiler does not know what it is. */
const HEAD = [
  "defmodule Cases do",
  "  use Durable",
  "  use Durable.Helpers",
  "  @spec unknown(any()) :: any()",
  "  def unknown(value), do: value",
];

/** One result for each expression. What the compiler refuses is left out of the module, the others still run. */
export async function evaluate(expressions: readonly string[]): Promise<Evaluation[]> {
  const results: Evaluation[] = [];
  for (const [index, source] of expressions.entries()) {
    if (source.startsWith("defmodule")) results[index] = await evaluateProgram(source);
  }
  let exports = await attempt(expressions, results);
  while (!exports) exports = await attempt(expressions, results);
  for (const [index] of expressions.entries()) results[index] ??= await call(exports[`case_${index}`]!);
  return results;
}

async function evaluateProgram(source: string): Promise<Evaluation> {
  const { diagnostics, exports } = await compileText(source);
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error) return { kind: "refused", code: error.code, message: error.message };
  return call((exports as Exports).run!);
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
  const text = `${[...lines, "end"].join("\n")}\n`;
  const { diagnostics, exports } = await compileText(text, "cases.durable");
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  for (const error of errors) note(error, text, owners, results);
  return errors.length > 0 ? null : (exports as Exports);
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

async function call(fun: (io: unknown) => unknown): Promise<Evaluation> {
  try {
    return { kind: "value", value: await fun(io) };
  } catch (cause) {
    const { type, message } = rescued(cause);
    return { kind: "raised", type, message };
  }
}
