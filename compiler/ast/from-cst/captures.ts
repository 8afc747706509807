/** `&(&1 + 1)` and `&Module.name/2`. */

import type { CstNode } from "@durablec/grammar";
import * as syntax from "../../diagnostics/catalog/syntax.ts";
import type { Expr, FunctionRef, Module } from "../nodes.ts";
import { visit } from "../walk.ts";
import { type Context, report } from "./context.ts";
import { node, nodes, theNode, token } from "./cst.ts";
import { exprOf, invalid } from "./expressions.ts";
import type { InfixTerm, PrefixTerm } from "./terms.ts";

export function captureOf(context: Context, term: PrefixTerm): Expr {
  const { operand, span } = term;
  const reference = operand.kind === "infix" && operand.symbol === "/" ? referenceOf(context, operand, term) : null;
  if (reference) return reference;
  const body = exprOf(context, operand);
  if (body.kind === "invalid") return body;
  const indexes = argumentsIn(context, body);
  const arity = Math.max(0, ...indexes);
  if (arity > 0) return { kind: "capture", span, body, arity };
  report(context, syntax.emptyCapture, span, undefined);
  return invalid(span);
}

/** `name/2` or `Module.name/2`; anything else before the slash is a division. */
function referenceOf(context: Context, { left, right }: InfixTerm, { span }: PrefixTerm): FunctionRef | null {
  if (left.kind !== "operand" || right.kind !== "operand" || !isPlainName(left.node)) return null;
  const arity = exprOf(context, right);
  if (arity.kind !== "literal" || arity.type !== "integer") return null;
  const named = exprOf(context, left);
  const value = Number(arity.value);
  if (named.kind === "variable") {
    return { kind: "functionRef", span, module: null, name: { text: named.name, span: named.span }, arity: value };
  }
  if (named.kind !== "call") return null;
  return { kind: "functionRef", span, module: named.module, name: named.name, arity: value };
}

/** True for `name` and `Module.name`. */
function isPlainName(operand: CstNode): boolean {
  if (node(operand, "bareArguments") || node(operand, "doBlock")) return false;
  const primary = theNode(operand, "primary");
  const suffixes = nodes(operand, "suffix");
  if (token(primary, "Name")) return suffixes.length === 0;
  return (
    (token(primary, "ModuleName") ?? token(primary, "Literal")) !== null &&
    suffixes.length === 1 &&
    token(suffixes[0]!, "Name") !== null
  );
}

/** The `&n` that belong to this capture. */
function argumentsIn(context: Context, body: Expr): number[] {
  const found: number[] = [];
  visit(body, (inner) => {
    if (inner.kind === "captureArgument") found.push(inner.index);
    if (inner.kind !== "capture") return true;
    report(context, syntax.nestedCapture, inner.span, undefined);
    return false;
  });
  return found;
}

/** Reports every `&1` that no capture holds. */
export function refuseStrayArguments(context: Context, module: Module): void {
  visit(module, (inner) => {
    if (inner.kind === "captureArgument") report(context, syntax.strayCaptureArgument, inner.span, undefined);
    return inner.kind !== "capture";
  });
}
