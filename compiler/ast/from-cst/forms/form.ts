/** What reads a form: its word and what it was given, to the expression it is. */
import * as declarationRules from "../../../diagnostics/catalog/syntax-declarations.ts";
import type { Expr, Name } from "../../nodes.ts";
import { type Context, report } from "../context.ts";
import { buildExpr, invalid } from "../expressions.ts";
import type { Given } from "../operands.ts";

export type Form = (context: Context, name: Name, given: Given) => Expr;

/** Says how the form is written, for one that is written otherwise. */
export function malformed(context: Context, name: Name, given: Given, usage: string): Expr {
  report(context, declarationRules.malformed, name.span, { form: name.text, usage });
  return invalid(given.span);
}

/** The one positional argument of a form, piped or written; null when there is none, or more. */
export function subjectOf(context: Context, { args, piped }: Given): Expr | null {
  const [first, second] = args.positional;
  if (piped) return first ? null : piped;
  return first && !second ? buildExpr(context, first) : null;
}
