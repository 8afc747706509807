/**
 * Which expressions stay expressions. A simple one needs no statement of its own in TypeScript and cannot suspend; it
 * goes through lowering untouched, which is what keeps the emitted code looking like the source.
 */
import type { Expr, Node } from "../../ast/nodes.ts";
import { children } from "../../ast/walk.ts";
import { hasField } from "../../types/shape.ts";
import { enumLoopOf } from "./enum.ts";
import type { Facts } from "./facts.ts";

const needsStatements: ReadonlySet<Node["kind"]> = new Set(["match", "case", "cond", "with", "for", "try"]);

export function isSimple(expr: Expr, facts: Facts): boolean {
  return !facts.effectsOf(expr).suspends && staysExpression(expr, facts);
}

function staysExpression(node: Node, facts: Facts): boolean {
  if (needsStatements.has(node.kind)) return false;
  if (node.kind === "block" && node.expressions.length > 1) return false;
  if (node.kind === "if" && (node.else === null || !isShort(node))) return false;
  if (node.kind === "call" && enumLoopOf(node, facts)) return false;
  return startsOwnBody(node) || children(node).every((child) => staysExpression(child, facts));
}

/** The body of an anonymous function is lowered by itself. */
function startsOwnBody(node: Node): boolean {
  return node.kind === "fn" || node.kind === "capture";
}

/** An `if` on one line in the source is worth a conditional expression; a longer one reads better as statements. */
function isShort(node: Node): boolean {
  return node.span.end - node.span.start <= 80;
}

/** True for what can be read again and again at no cost and with the same result: a variable, a literal, a path. */
export function isStable(expr: Expr, facts: Facts): boolean {
  switch (expr.kind) {
    case "variable":
    case "literal":
      return true;
    case "field":
      return hasField(facts.typeOf(expr.object), expr.key.text) && isStable(expr.object, facts);
    default:
      return false;
  }
}

/** True for what neither does anything nor fails, so that it does not matter when it is computed. */
export function isInert(expr: Expr, facts: Facts): boolean {
  if (expr.kind === "list" || expr.kind === "tuple" || expr.kind === "map") {
    return children(expr).every((child) => isInert(child as Expr, facts));
  }
  return isStable(expr, facts);
}
