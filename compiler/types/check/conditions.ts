/** What a condition tells about the variables in it, when it holds and when it does not. */
import type { Binary, Call, Expr } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import { fieldIn, withKey } from "../access.ts";
import { dynamic, nil, none } from "../construct.ts";
import { membersOf, union } from "../join.ts";
import { falsy, intersect, onlyNil, testedBy, truthy, withoutLiteral, withoutTested } from "../narrow.ts";
import type { RecordOf, Type } from "../type.ts";
import { keyText } from "./collections.ts";
import { type Frame, learn } from "./frame.ts";

type Facts = Map<Local, Type>;

/** Goes on knowing that the subject of a `case` is a value that a clause has matched. */
export function narrowSubject(subject: Expr, matched: Type, frame: Frame): void {
  const facts: Facts = new Map();
  narrow(subject, subject.kind === "variable" ? () => matched : (type) => intersect(type, matched), frame, facts);
  learn(frame, facts);
}

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
  } else if (expr.operator === "in" || expr.operator === "not in") {
    gatherMember(expr, outcome === (expr.operator === "in"), frame, facts);
  }
}

/** `x == nil`, `x == :literal` and `x == @constant`. */
function gatherEqual(expr: Binary, equal: boolean, frame: Frame, facts: Facts): void {
  const [subject, other] = isKnown(expr.right) ? [expr.left, expr.right] : [expr.right, expr.left];
  const type = frame.checker.types.get(other) ?? dynamic;
  if (!isKnown(other) || (type.kind !== "literal" && type.kind !== "nil")) return;
  narrow(subject, equal ? (known) => equalTo(known, type) : (known) => withoutLiteral(known, type), frame, facts);
}

function isKnown({ kind }: Expr): boolean {
  return kind === "literal" || kind === "constantRef";
}

function equalTo(type: Type, other: Type): Type {
  return other.kind === "nil" ? onlyNil(type) : intersect(type, other);
}

/** `x in [:a, :b]`, of values that are known. */
function gatherMember({ left, right }: Binary, isMember: boolean, frame: Frame, facts: Facts): void {
  if (right.kind !== "list" || right.tail) return;
  const types = right.items.map((item) => frame.checker.types.get(item) ?? dynamic);
  if (!types.every(({ kind }) => kind === "literal" || kind === "nil")) return;
  const among = (type: Type) => union(...types.map((item) => equalTo(type, item)));
  narrow(left, isMember ? among : (type) => types.reduce(withoutLiteral, type), frame, facts);
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

/**
 * What a test of `data.user` or `data[:user]` tells about `data`. A value that is not nil shows that its key is there; of
 * several records those are left that can pass.
 */
function narrowKey(object: Expr, key: string | null, change: (type: Type) => Type, frame: Frame, facts: Facts): void {
  if (object.kind !== "variable" || key === null) return;
  narrow(object, (type) => withTestedKey(type, key, change), frame, facts);
}

/** A type of which a key has been tested. */
export function withTestedKey(type: Type, key: string, change: (type: Type) => Type): Type {
  if (type.kind === "record") return testedRecord(type, key, change) ?? type;
  if (type.kind !== "union") return type;
  const left = union(
    ...type.members.map((member) => (member.kind === "record" ? (testedRecord(member, key, change) ?? none) : member)),
  );
  return left.kind === "none" ? type : left;
}

/** Null when no value of the key passes. */
function testedRecord(record: RecordOf, key: string, change: (type: Type) => Type): RecordOf | null {
  const field = fieldIn(record, key) ?? { type: none, optional: true };
  const type = change(field.optional ? union(field.type, nil) : field.type);
  if (type.kind === "none") return null;
  const mayBeNil = membersOf(type).some((member) => member.kind === "nil" || member.kind === "dynamic");
  return field.optional && mayBeNil ? record : withKey(record, key, type);
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
