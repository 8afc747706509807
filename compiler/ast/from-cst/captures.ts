/** `&(&1 + 1)`, `&Module.name/2`, and `&+/2`, which is `&(&1 + &2)`. */
import type { CstNode } from "@durablec/grammar";
import * as callRules from "../../diagnostics/catalog/syntax-calls.ts";
import type { Capture, Expr, FunctionRef, Module } from "../nodes.ts";
import { visit } from "../walk.ts";
import { type Context, report } from "./context.ts";
import { node, nodes, token } from "./cst.ts";
import { exprOf, invalid } from "./expressions.ts";
import { operationOf } from "./operators.ts";
import type { InfixTerm, PrefixTerm } from "./terms.ts";

export function captureOf(context: Context, term: PrefixTerm): Expr {
  const { operand, span } = term;
  const reference = operand.kind === "infix" && operand.symbol === "/" ? referenceOf(context, operand, term) : null;
  if (reference) return operatorOf(reference) ?? reference;
  const body = exprOf(context, operand);
  if (body.kind === "invalid") return body;
  const indexes = argumentsIn(context, body);
  const arity = Math.max(0, ...indexes);
  if (arity > 0) return { kind: "capture", span, body, arity };
  report(context, callRules.emptyCapture, span, undefined);
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

/** What a capture of Kernel's operator computes, as it has no function of its own. */
function operatorOf({ module, name, arity, span }: FunctionRef): Capture | null {
  if (module !== null && module.name !== "Kernel") return null;
  const given = [1, 2, 3].slice(0, arity);
  const args = given.map((index): Expr => ({ kind: "captureArgument", span: name.span, index }));
  const body = operationOf(name, args, span);
  return body && { kind: "capture", span, body, arity };
}

/** True for `name` and `Module.name`. */
function isPlainName(operand: CstNode): boolean {
  if (node(operand, "bareArguments") || node(operand, "doBlock")) return false;
  const suffixes = nodes(operand, "suffix");
  if (token(operand, "Name")) return suffixes.length === 0;
  return (
    (token(operand, "ModuleName") ?? token(operand, "Literal")) !== null &&
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
    report(context, callRules.nestedCapture, inner.span, undefined);
    return false;
  });
  return found;
}

/** Reports every `&1` that no capture holds. */
export function refuseStrayArguments(context: Context, module: Module): void {
  visit(module, (inner) => {
    if (inner.kind === "captureArgument") report(context, callRules.strayCaptureArgument, inner.span, undefined);
    return inner.kind !== "capture";
  });
}
