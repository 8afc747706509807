/** What a `rescue` clause catches: `e in [KeyError]`, `KeyError`, `e`, `_`. */
import type { IToken } from "@durablec/grammar";
import * as patternRules from "../../diagnostics/catalog/syntax-patterns.ts";
import type { Expr, Name, VariablePattern } from "../nodes.ts";
import { type Context, report } from "./context.ts";
import { spanOf } from "./cst.ts";
import { exprOf } from "./expressions.ts";
import type { Term } from "./terms.ts";

interface RescueHead {
  readonly variable: VariablePattern | null;
  readonly errors: readonly Name[];
}

export function rescueHead(context: Context, terms: readonly Term[], arrow: IToken): RescueHead {
  const [term] = terms;
  if (!term || terms.length > 1) {
    report(context, patternRules.badRescue, spanOf(arrow), undefined);
    return { variable: null, errors: [] };
  }
  if (term.kind === "infix" && term.symbol === "in") {
    return { variable: variableOf(context, exprOf(context, term.left)), errors: errorsOf(context, term.right) };
  }
  const expr = exprOf(context, term);
  if (expr.kind === "variable") return { variable: variableOf(context, expr), errors: [] };
  return { variable: null, errors: errorNames(context, expr) };
}

function errorsOf(context: Context, term: Term): readonly Name[] {
  return errorNames(context, exprOf(context, term));
}

function variableOf(context: Context, expr: Expr): VariablePattern | null {
  if (expr.kind === "variable") return expr.name === "_" ? null : { ...expr, kind: "variablePattern" };
  if (expr.kind !== "invalid") report(context, patternRules.badRescue, expr.span, undefined);
  return null;
}

function errorNames(context: Context, expr: Expr): readonly Name[] {
  if (expr.kind === "moduleRef" && !expr.erlang) return [{ text: expr.name, span: expr.span }];
  if (expr.kind === "list" && expr.tail === null) return expr.items.flatMap((item) => errorNames(context, item));
  if (expr.kind === "variable" && expr.name === "_") return [];
  if (expr.kind !== "invalid") report(context, patternRules.badRescue, expr.span, undefined);
  return [];
}
