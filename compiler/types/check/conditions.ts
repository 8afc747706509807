/** What a condition tells about the variables in it, when it holds and when it does not. */
import type { Binary, Call, Expr } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import { fieldIn, withKey } from "../access.ts";
import { dynamic, nil, none } from "../construct.ts";
import { membersOf, union } from "../join.ts";
import { falsy, intersect, onlyNil, testedBy, truthy, withoutNil, withoutTested } from "../narrow.ts";
import type { RecordOf, Type } from "../type.ts";
import { keyText } from "./collections.ts";
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
    case "field":
    case "access":
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
  if (target?.kind !== "prelude" || !subject) return;
  const guard = target.function.name;
  if (outcome && (guard === "has_key?" || guard === "is_map_key")) haveKey(expr, frame, facts);
  if (target.function.module !== "Kernel") return;
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
  if (subject.kind === "field") narrowKey(subject.object, subject.key.text, change, frame, facts);
  if (subject.kind === "access") narrowKey(subject.object, keyText(subject.key, frame), change, frame, facts);
  if (subject.kind !== "variable" && subject.kind !== "variablePattern") return;
  const local = frame.checker.resolved.locals.get(subject);
  if (!local) return;
  const type = facts.get(local) ?? frame.flow.narrowed.get(local) ?? frame.checker.locals.get(local) ?? dynamic;
  facts.set(local, change(type));
}

/** What a test of `data.user` or `data[:user]` tells about `data`. A value that is not nil shows that its key is there. */
function narrowKey(object: Expr, key: string | null, change: (type: Type) => Type, frame: Frame, facts: Facts): void {
  if (object.kind !== "variable" || key === null) return;
  narrow(object, (record) => (record.kind === "record" ? withTestedKey(record, key, change) : record), frame, facts);
}

function withTestedKey(record: RecordOf, key: string, change: (type: Type) => Type): RecordOf {
  const field = fieldIn(record, key);
  const type = field ? change(field.optional ? union(field.type, nil) : field.type) : none;
  const mayBeNil = membersOf(type).some((member) => member.kind === "nil" || member.kind === "dynamic");
  if (!field || type.kind === "none" || (field.optional && mayBeNil)) return record;
  return withKey(record, key, type);
}

function haveKey({ args: [first, second] }: Call, frame: Frame, facts: Facts): void {
  const [map, key] = first && keyText(first, frame) === null ? [first, second] : [second, first];
  const text = key ? keyText(key, frame) : null;
  if (map?.kind !== "variable" || text === null) return;
  const withIt = (type: Type): Type => {
    const field = type.kind === "record" ? fieldIn(type, text) : null;
    return type.kind === "record" && field ? withKey(type, text, field.type) : type;
  };
  narrow(map, withIt, frame, facts);
}
