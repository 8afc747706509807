/**
 * Patterns against types. `bindPattern` gives the variables in a pattern their types and tells what a value that
 * matched must be; `remaining` tells what is left for the clauses after it.
 */
import type { MapPattern, Pattern, TuplePattern, VariablePattern } from "../../ast/nodes.ts";
import { visit } from "../../ast/walk.ts";
import { dynamicValue } from "../../diagnostics/catalog/type.ts";
import { fieldIn, withKey } from "../access.ts";
import { assignable } from "../assignable.ts";
import { dynamic, listOf, mistaken, nil, none, openRecord, string, tupleOf } from "../construct.ts";
import { membersOf, union } from "../join.ts";
import { intersect } from "../narrow.ts";
import type { RecordOf, TupleOf, Type } from "../type.ts";
import { elementOf, keyText } from "./collections.ts";
import { type Frame, report } from "./frame.ts";
import { infer } from "./infer.ts";

type Binders = {
  readonly [K in Pattern["kind"]]: (pattern: Extract<Pattern, { kind: K }>, type: Type, frame: Frame) => Type;
};

const binders: Binders = {
  wildcardPattern: (_pattern, type) => type,
  variablePattern: (pattern, type, frame) => {
    const local = frame.checker.resolved.locals.get(pattern);
    if (local) frame.checker.locals.set(local, type);
    if (type.kind === "dynamic" && !pattern.name.startsWith("_")) {
      report(frame, dynamicValue, pattern.span, { name: pattern.name });
    }
    return type;
  },
  pinPattern: (pattern, type, frame) => {
    const pinned = infer(pattern.value, frame);
    return pinned.kind === "dynamic" ? type : intersect(type, pinned);
  },
  literalPattern: (pattern, type, frame) => intersect(type, infer(pattern.value, frame)),
  tuplePattern: bindTuple,
  listPattern: (pattern, type, frame) => {
    const element = type.kind === "dynamic" ? dynamic : union(...membersOf(type).map(listElement));
    for (const item of pattern.items) bindPattern(item, element, frame);
    if (pattern.tail) bindPattern(pattern.tail, listOf(element), frame);
    return intersect(type, listOf(dynamic));
  },
  mapPattern: bindMap,
  bothPattern: (pattern, type, frame) => bindPattern(pattern.right, bindPattern(pattern.left, type, frame), frame),
  prefixPattern: (pattern, type, frame) => {
    bindPattern(pattern.rest, string, frame);
    return intersect(type, string);
  },
  invalidPattern: ({ names }, _type, frame) => {
    for (const name of names) bindPattern(name, dynamic, frame);
    return dynamic;
  },
};

/** The type of a value of `type` that matched; `none` when none can. */
export function bindPattern(pattern: Pattern, type: Type, frame: Frame): Type {
  if (type === mistaken) return bindMistaken(pattern, frame);
  const binder = binders[pattern.kind] as (pattern: Pattern, type: Type, frame: Frame) => Type;
  return binder(pattern, type, frame);
}

/** Of the variables that a mistake left without a type nothing more is said. */
function bindMistaken(pattern: Pattern, { checker }: Frame): Type {
  visit(pattern, (node) => {
    const local = node.kind === "variablePattern" ? checker.resolved.locals.get(node) : undefined;
    if (local) checker.locals.set(local, mistaken);
    return true;
  });
  return mistaken;
}

function listElement(member: Type): Type {
  return member.kind === "list" || member.kind === "tuple" || member.kind === "dynamic" ? elementOf(member) : none;
}

/** A tuple pattern matches an array of its length, be it a tuple or a list. */
function bindTuple(pattern: TuplePattern, type: Type, frame: Frame): Type {
  const candidates = membersOf(type).flatMap((member) => asTuple(member, pattern.items.length));
  const fitting = candidates.filter((candidate) =>
    pattern.items.every((item, index) => mayMatch(item, candidate.items[index] ?? dynamic, frame)),
  );
  const items = pattern.items.map((item, index) =>
    bindPattern(item, union(...fitting.map((candidate) => candidate.items[index] ?? dynamic)), frame),
  );
  return fitting.length === 0 ? none : tupleOf(...items);
}

function asTuple(member: Type, length: number): TupleOf[] {
  if (member.kind === "tuple") return member.items.length === length ? [member] : [];
  if (member.kind === "list") return [tupleOf(...Array.from({ length }, () => member.element))];
  return member.kind === "dynamic" ? [tupleOf(...Array.from({ length }, () => dynamic))] : [];
}

function bindMap(pattern: MapPattern, type: Type, frame: Frame): Type {
  const entries = pattern.entries.map((entry) => ({ ...entry, text: textOfKey(entry.key, frame) }));
  const records = membersOf(type).flatMap(asRecord);
  const fitting = records.filter((record) =>
    entries.every(({ text, pattern: inner }) => {
      const field = text === null ? null : fieldIn(record, text);
      return text === null || (field !== null && mayMatch(inner, field.type, frame));
    }),
  );
  const found = entries.map(({ text, pattern: inner }) => {
    const types = fitting.map((record) => (text === null ? dynamic : (fieldIn(record, text)?.type ?? dynamic)));
    return { text, type: bindPattern(inner, union(...types), frame) };
  });
  return union(...fitting.map((record) => found.reduce(withFound, record)));
}

function textOfKey(key: MapPattern["entries"][number]["key"], frame: Frame): string | null {
  infer(key, frame);
  return keyText(key, frame);
}

function withFound(record: RecordOf, found: { readonly text: string | null; readonly type: Type }): RecordOf {
  return found.text === null ? record : withKey(record, found.text, found.type);
}

function asRecord(member: Type): RecordOf[] {
  if (member.kind === "record") return [member];
  return member.kind === "dynamic" || member.kind === "variable" ? [openRecord] : [];
}

/** Whether a pattern can match some value of a type; says yes where it is not sure. Binds nothing. */
export function mayMatch(pattern: Pattern, type: Type, frame: Frame): boolean {
  if (type.kind === "dynamic" || type.kind === "variable") return true;
  switch (pattern.kind) {
    case "literalPattern":
      return intersect(type, infer(pattern.value, frame)).kind !== "none";
    case "tuplePattern":
      return membersOf(type).some((member) =>
        asTuple(member, pattern.items.length).some((tuple) =>
          pattern.items.every((item, index) => mayMatch(item, tuple.items[index] ?? dynamic, frame)),
        ),
      );
    case "listPattern":
      return membersOf(type).some((member) => listElement(member).kind !== "none" || member.kind === "list");
    case "mapPattern":
      return membersOf(type).some((member) =>
        asRecord(member).some((record) => mayMatchRecord(pattern, record, frame)),
      );
    case "bothPattern":
      return mayMatch(pattern.left, type, frame) && mayMatch(pattern.right, type, frame);
    case "prefixPattern":
      return intersect(type, string).kind !== "none";
    default:
      return type.kind !== "none";
  }
}

function mayMatchRecord(pattern: MapPattern, record: RecordOf, frame: Frame): boolean {
  return pattern.entries.every((entry) => {
    const text = keyText(entry.key, frame);
    const field = text === null ? null : fieldIn(record, text);
    return text === null || (field !== null && mayMatch(entry.pattern, field.type, frame));
  });
}

/** What a value of `type` can still be when it did not match. */
export function remaining(pattern: Pattern, type: Type, frame: Frame): Type {
  return union(...membersOf(type).map((member) => remainingMember(pattern, member, frame)));
}

function remainingMember(pattern: Pattern, member: Type, frame: Frame): Type {
  if (covers(pattern, member, frame)) return none;
  if (member.kind === "boolean" && pattern.kind === "literalPattern") return otherBoolean(pattern, member, frame);
  if (pattern.kind !== "tuplePattern" || member.kind !== "tuple") return member;
  return remainingTuple(pattern, member, frame);
}

function otherBoolean(pattern: Extract<Pattern, { kind: "literalPattern" }>, member: Type, frame: Frame): Type {
  const literal = infer(pattern.value, frame);
  if (literal.kind !== "literal" || literal.form !== "boolean") return member;
  return { kind: "literal", value: !literal.value, form: "boolean" };
}

/** When all items but one are covered, only that one tells what is left. */
function remainingTuple(pattern: TuplePattern, member: TupleOf, frame: Frame): Type {
  if (pattern.items.length !== member.items.length) return member;
  const open = pattern.items.flatMap((item, index) =>
    covers(item, member.items[index] ?? dynamic, frame) ? [] : [index],
  );
  const [index] = open;
  const [item, type] = index === undefined ? [] : [pattern.items[index], member.items[index]];
  if (index === undefined || !item || !type || open.length > 1) return member;
  const left = remaining(item, type, frame);
  // Kept as it is when nothing is taken away, for some types are known by identity.
  return left === type ? member : tupleOf(...member.items.map((other, at) => (at === index ? left : other)));
}

/** Whether a pattern matches every value of a type; says no where it is not sure. */
export function covers(pattern: Pattern, type: Type, frame: Frame): boolean {
  if (type.kind === "union") return type.members.every((member) => covers(pattern, member, frame));
  switch (pattern.kind) {
    case "wildcardPattern":
    case "invalidPattern":
      return true;
    case "variablePattern":
      return !isRepeated(pattern, frame);
    case "literalPattern":
      return coversLiteral(infer(pattern.value, frame), type);
    case "tuplePattern":
      return (
        type.kind === "tuple" &&
        type.items.length === pattern.items.length &&
        pattern.items.every((item, index) => covers(item, type.items[index] ?? dynamic, frame))
      );
    case "listPattern":
      return type.kind === "list" && pattern.items.length === 0 && pattern.tail !== null;
    case "mapPattern":
      return type.kind === "record" && coversRecord(pattern, type, frame);
    case "bothPattern":
      return covers(pattern.left, type, frame) && covers(pattern.right, type, frame);
    default:
      return false;
  }
}

/** A variable's second mention in a pattern asks for an equal value. */
function isRepeated(pattern: VariablePattern, frame: Frame): boolean {
  const local = frame.checker.resolved.locals.get(pattern);
  return local !== undefined && local.span.start !== pattern.span.start;
}

function coversLiteral(literal: Type, type: Type): boolean {
  if (literal.kind === "nil") return type === nil || type.kind === "nil";
  return type.kind === "literal" && literal.kind === "literal" && assignable(type, literal);
}

function coversRecord(pattern: MapPattern, record: RecordOf, frame: Frame): boolean {
  return pattern.entries.every((entry) => {
    const text = keyText(entry.key, frame);
    const field = text === null ? undefined : record.fields.get(text);
    return field !== undefined && !field.optional && covers(entry.pattern, field.type, frame);
  });
}
