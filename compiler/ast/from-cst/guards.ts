import * as patternRules from "../../diagnostics/catalog/syntax-patterns.ts";
import type { Expr } from "../nodes.ts";
import { type Context, report } from "./context.ts";
import { spanOf } from "./cst.ts";
import { exprOf } from "./expressions.ts";
import type { Term } from "./terms.ts";

/** A term and the guard after it, null when there is none: `pattern when guard`. */
export interface Guarded {
  readonly term: Term;
  readonly guard: Expr | null;
}

export function guardedOf(context: Context, term: Term): Guarded {
  if (term.kind !== "infix" || term.symbol !== "when") return { term, guard: null };
  return { term: term.left, guard: guardOf(context, term.right) };
}

/** Each of a row of guards is read as Elixir reads it, as an alternative. */
function guardOf(context: Context, term: Term): Expr {
  if (term.kind !== "infix" || term.symbol !== "when") return exprOf(context, term);
  const operatorSpan = spanOf(term.operator);
  report(context, patternRules.severalGuards, operatorSpan, undefined);
  const [left, right] = [exprOf(context, term.left), guardOf(context, term.right)];
  return { kind: "binary", span: term.span, operator: "or", operatorSpan, left, right };
}
