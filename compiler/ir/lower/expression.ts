/** Dispatch: simple expressions go on as they are, everything else is taken apart by its own lowering. */
import type { Expr } from "../../ast/nodes.ts";
import type { Statement } from "../machine.ts";
import { lowerBlock } from "./block.ts";
import { lowerCase, lowerCond, lowerIf } from "./choice.ts";
import type { BodyContext } from "./context.ts";
import type { Continuation } from "./continuation.ts";
import { lowerLogical } from "./logical.ts";
import { lowerMatch } from "./match.ts";
import { lowerOperands } from "./operands.ts";
import { isSimple } from "./simple.ts";
import { isSuspension, lowerSuspension } from "./suspension.ts";
import { lowerWith } from "./with.ts";

export function lower(expr: Expr, k: Continuation, context: BodyContext): Statement[] {
  if (isSimple(expr, context.facts)) return k.use(expr);
  switch (expr.kind) {
    case "block":
      return lowerBlock(expr.expressions, k, context);
    case "match":
      return lowerMatch(expr, k, context);
    case "case":
      return lowerCase(expr, k, context);
    case "if":
      return lowerIf(expr, k, context);
    case "cond":
      return lowerCond(expr, k, context);
    case "with":
      return lowerWith(expr, k, context);
    case "call":
      return isSuspension(expr, context) ? lowerSuspension(expr, k, context) : lowerOperands(expr, k, context);
    case "binary":
      return isLogical(expr.operator) ? lowerLogical(expr, k, context) : lowerOperands(expr, k, context);
    default:
      return lowerOperands(expr, k, context);
  }
}

function isLogical(operator: string): boolean {
  return operator === "&&" || operator === "||" || operator === "and" || operator === "or";
}
