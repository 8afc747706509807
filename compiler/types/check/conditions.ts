/** What a condition tells about the variables in it, when it holds and when it does not. */
import type { Binary, Call, Expr } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import { dynamic } from "../construct.ts";
import { falsy, intersect, onlyNil, testedBy, truthy, withoutNil, withoutTested } from "../narrow.ts";
import type { Type } from "../type.ts";
import { type Frame, learn } from "./frame.ts";

type Facts = Map<Local, Type>;

/** Goes on knowing that a condition, which has been inferred, came out as `outcome`. */
export function assume(condition: Expr, outcome: boolean, frame: Frame): void {
  const facts: Facts = new Map();
  gather(condition, outcome, frame, facts);
  learn(frame, facts);
}

function gather(expr: Expr, outcome: boolean, frame: Frame, facts: Facts): void {
  switch (expr.kind) {
    case "variable":
      narrow(expr, outcome ? truthy : falsy, frame, facts);
      break;
    case "unary":
      if (expr.operator === "!" || expr.operator === "not") gather(expr.operand, !outcome, frame, facts);
      break;
    case "match":
      if (expr.pattern.kind === "variablePattern") narrow(expr.pattern, outcome ? truthy : falsy, frame, facts);
      break;
    case "binary":
      gatherBinary(expr, outcome, frame, facts);
      break;
    case "call":
      gatherGuard(expr, outcome, frame, facts);
      break;
    case "block":
      if (expr.expressions.length === 1) for (const inner of expr.expressions) gather(inner, outcome, frame, facts);
      break;
    default:
      break;
  }
}

function gatherBinary(expr: Binary, outcome: boolean, frame: Frame, facts: Facts): void {
  const isAnd = expr.operator === "&&" || expr.operator === "and";
  const isOr = expr.operator === "||" || expr.operator === "or";
  if ((isAnd && outcome) || (isOr && !outcome)) {
    gather(expr.left, outcome, frame, facts);
    gather(expr.right, outcome, frame, facts);
  } else if (expr.operator === "==" || expr.operator === "===") {
    gatherEqual(expr, outcome, frame, facts);
  } else if (expr.operator === "!=" || expr.operator === "!==") {
    gatherEqual(expr, !outcome, frame, facts);
  }
}

/** `x == nil` and `x == :literal`; being unequal to a text tells nothing, equal to nil it does. */
function gatherEqual(expr: Binary, equal: boolean, frame: Frame, facts: Facts): void {
  const [subject, other] = expr.right.kind === "literal" ? [expr.left, expr.right] : [expr.right, expr.left];
  if (other.kind !== "literal") return;
  if (other.type === "nil") narrow(subject, equal ? onlyNil : withoutNil, frame, facts);
  else if (equal) narrow(subject, (type) => intersect(type, frame.checker.types.get(other) ?? dynamic), frame, facts);
}

function gatherGuard(expr: Call, outcome: boolean, frame: Frame, facts: Facts): void {
  const target = frame.checker.resolved.calls.get(expr);
  const [subject] = expr.args;
  if (target?.kind !== "prelude" || target.function.module !== "Kernel" || !subject) return;
  const guard = target.function.name;
  const tested = testedBy[guard];
  if (!tested) return;
  narrow(subject, (type) => (outcome ? intersect(type, tested) : withoutTested(type, guard)), frame, facts);
}

function narrow(
  subject: Expr | Extract<Parameters<Frame["checker"]["resolved"]["locals"]["get"]>[0], { kind: "variablePattern" }>,
  change: (type: Type) => Type,
  frame: Frame,
  facts: Facts,
): void {
  if (subject.kind !== "variable" && subject.kind !== "variablePattern") return;
  const local = frame.checker.resolved.locals.get(subject);
  if (!local) return;
  const type = facts.get(local) ?? frame.flow.narrowed.get(local) ?? frame.checker.locals.get(local) ?? dynamic;
  facts.set(local, change(type));
}
