/** Dispatch: simple expressions go on as they are, everything else is taken apart by its own lowering. */
import type { Call, Expr } from "../../ast/nodes.ts";
import type { Statement } from "../machine.ts";
import { lowerBlock } from "./block.ts";
import { cannotSuspend } from "./cannot-suspend.ts";
import { lowerCase, lowerCond, lowerIf } from "./choice.ts";
import type { BodyContext } from "./context.ts";
import type { Continuation } from "./continuation.ts";
import { enumLoopOf, lowerEnumLoop } from "./enum.ts";
import { lowerFor } from "./for.ts";
import { lowerInlined, suspendingTarget } from "./inline.ts";
import { lowerLogical } from "./logical.ts";
import { lowerMatch } from "./match.ts";
import { lowerOperands } from "./operands.ts";
import { isSimple } from "./simple.ts";
import { isSuspension, lowerSuspension } from "./suspension.ts";
import { lowerTry } from "./try.ts";
import { lowerWith } from "./with.ts";

export function lower(expr: Expr, k: Continuation, context: BodyContext): Statement[] {
  if (expr.kind === "block" && expr.expressions.length === 1) return lower(expr.expressions[0]!, k, context);
  if (isSimple(expr, context.facts)) return isRaise(expr, context) ? [{ kind: "raise", value: expr }] : k.use(expr);
  if (context.step === null && context.facts.effectsOf(expr).suspends)
    return cannotSuspend(expr, k, context, "condition");
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
    case "for":
      return lowerFor(expr, k, context);
    case "try":
      return lowerTry(expr, k, context);
    case "call":
      return lowerCall(expr, k, context);
    case "binary":
      return isLogical(expr.operator) ? lowerLogical(expr, k, context) : lowerOperands(expr, k, context);
    case "fn":
    case "capture":
    case "functionRef":
      return cannotSuspend(expr, k, context);
    default:
      return lowerOperands(expr, k, context);
  }
}

/** Nothing comes after it, so nobody gets a value. */
function isRaise(expr: Expr, { facts }: BodyContext): expr is Call {
  const target = expr.kind === "call" ? facts.targetOf(expr) : null;
  return target?.kind === "prelude" && ["raise", "reraise"].includes(target.function.name);
}

function lowerCall(call: Call, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  if (isSuspension(call, context)) return lowerSuspension(call, k, context);
  const definition = suspendingTarget(call, facts);
  if (definition) return lowerInlined(call, definition, k, context);
  const loop = enumLoopOf(call, facts);
  return loop ? lowerEnumLoop(call, loop, k, context) : lowerOperands(call, k, context);
}

function isLogical(operator: string): boolean {
  return operator === "&&" || operator === "||" || operator === "and" || operator === "or";
}
