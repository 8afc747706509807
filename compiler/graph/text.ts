/** How pieces of source are shown in a diagram: on one line, and not too long. */
import type { Expr } from "../ast/nodes.ts";
import { durationText } from "../diagnostics/wording.ts";
import { constantValue } from "../flow/constants.ts";
import type { ResolvedModule, ResolvedProgram } from "../resolve/resolved.ts";
import type { Span } from "../source/source.ts";

const LONGEST = 48;

export function sourceOf(span: Span, { file }: ResolvedModule): string {
  const text = file.source.text.slice(span.start, span.end).replace(/\s+/g, " ").trim();
  return shortened(text);
}

export function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST ? text : `${characters.slice(0, LONGEST - 1).join("")}…`;
}

/** "2 hours" where it is known when the program is compiled, else the source. */
export function durationOf(expr: Expr, module: ResolvedModule, program: ResolvedProgram): string {
  const value = constantValue(expr, module, program)?.value;
  return typeof value === "number" ? durationText(value) : sourceOf(expr.span, module);
}

/** The text of a name that is known when the program is compiled, else the source. */
export function nameOf(expr: Expr, module: ResolvedModule, program: ResolvedProgram): string {
  const value = constantValue(expr, module, program)?.value;
  return typeof value === "string" ? shortened(value) : sourceOf(expr.span, module);
}
