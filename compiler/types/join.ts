/**
 * Where values meet. `union` is the only maker of union types: flat, without repetition, and small, because a type that
 * grew with the program would make checking slow and messages unreadable.
 */
import { assignable } from "./assignable.ts";
import { atom, boolean, dynamic, float, integer, listOf, none, recordOf, string } from "./construct.ts";
import type { FieldOf, LiteralOf, RecordOf, TupleOf, Type } from "./type.ts";

/** More literals of one kind than this are shown and kept as their kind. */
const maxLiterals = 16;

/** More members than this say nothing to anyone. */
const maxMembers = 24;

/** More records than this are one record, with the keys that not all of them have as optional. */
const maxRecords = 8;

/** The values of either type. */
export function union(...types: readonly Type[]): Type {
  const [first] = types;
  // What is mistaken is dynamic once it has met anything.
  if (first && first.kind !== "dynamic" && types.every((type) => type === first)) return first;
  const members: Type[] = [];
  for (const type of types) {
    for (const member of membersOf(type)) {
      if (member.kind === "dynamic") return dynamic;
      addMember(members, member);
    }
  }
  return fromMembers(limitRecords(limitLiterals(members)));
}

/** The alternatives a type consists of: itself, unless it is a union; nothing for `none`. */
export function membersOf(type: Type): readonly Type[] {
  if (type.kind === "union") return type.members;
  return type.kind === "none" ? [] : [type];
}

/** Builds the union of the members for which `change` gives a type. */
export function mapMembers(type: Type, change: (member: Type) => Type): Type {
  return type.kind === "union" ? union(...type.members.map(change)) : change(type);
}

/** Literals become their kind, at every depth: what a value may be after it was computed anew. */
export function widen(type: Type): Type {
  switch (type.kind) {
    case "literal":
      return kindOf(type);
    case "list":
      return listOf(widen(type.element));
    case "tuple":
      return { kind: "tuple", items: type.items.map((item, index) => (index === 0 ? item : widen(item))) };
    case "record":
      return mapFields(type, ({ type: given, optional }) => ({ type: widen(given), optional }));
    case "union":
      return union(...type.members.map(widen));
    default:
      return type;
  }
}

/** The record with every field changed; `rest` stays. */
export function mapFields(record: RecordOf, change: (field: FieldOf, key: string) => FieldOf): RecordOf {
  return recordOf(
    [...record.fields].map(([key, field]) => [key, change(field, key)] as const),
    record.rest,
  );
}

/** One record for the values of both: a key that only one is sure to have becomes optional. */
export function joinRecords(left: RecordOf, right: RecordOf): RecordOf {
  if (left === right) return left;
  const fields = new Map<string, FieldOf>();
  for (const key of new Set([...left.fields.keys(), ...right.fields.keys()])) {
    fields.set(key, joinFields(fieldOf(left, key), fieldOf(right, key)));
  }
  return { kind: "record", fields, rest: joinRest(left.rest, right.rest) };
}

/** The kind of a literal: `integer` of 1. */
export function kindOf(literal: LiteralOf): Type {
  return kinds[literal.form];
}

const kinds: { readonly [form in LiteralOf["form"]]: Type } = { boolean, integer, float, string, atom };

/** What a record says of a key: its own field, else whatever `rest` allows. */
function fieldOf(record: RecordOf, key: string): FieldOf {
  return record.fields.get(key) ?? { type: record.rest ?? none, optional: true };
}

/** Records that meet again after a branch share most of their fields. */
function joinFields(left: FieldOf, right: FieldOf): FieldOf {
  if (left === right) return left;
  return { type: union(left.type, right.type), optional: left.optional || right.optional };
}

function joinRest(left: Type | null, right: Type | null): Type | null {
  if (left === null) return right;
  return right === null ? left : union(left, right);
}

/** Adds a member unless it is contained in one; replaces those that it contains; merges what is alike. */
function addMember(members: Type[], member: Type): void {
  for (const [index, present] of members.entries()) {
    const merged = merge(present, member);
    if (merged === present) return;
    if (merged === null) continue;
    members.splice(index, 1);
    addMember(members, merged);
    return;
  }
  members.push(member);
}

/** One type for both, where that loses nothing worth telling apart; else null. */
function merge(left: Type, right: Type): Type | null {
  if (left === right) return left;
  if (left.kind === "literal") return right.kind === "literal" ? mergeLiterals(left, right) : absorbs(right, left);
  if (right.kind === "literal") return absorbs(left, right);
  if (left.kind === "list" && right.kind === "list") return listOf(union(left.element, right.element));
  if (left.kind === "tuple" && right.kind === "tuple") return mergeTuples(left, right);
  if (left.kind === "record" && right.kind === "record") return mergeRecords(left, right);
  if (left.kind === "fn" && right.kind === "fn") return assignable(right, left) ? left : null;
  if (left.kind === "variable" && right.kind === "variable") return left.name === right.name ? left : null;
  return left.kind === right.kind ? left : null;
}

/** The kind itself, when it is the literal's. */
function absorbs(kind: Type, literal: LiteralOf): Type | null {
  return kindOf(literal).kind === kind.kind ? kind : null;
}

function mergeRecords(left: RecordOf, right: RecordOf): RecordOf | null {
  return discriminated(left, right) ? null : joinRecords(left, right);
}

function mergeLiterals(left: LiteralOf, right: LiteralOf): Type | null {
  if (left.form === "boolean" && right.form === "boolean") return left.value === right.value ? left : boolean;
  return left.value === right.value ? left : null;
}

/** Tuples of one shape merge item by item when they bear the same tag, so that `{:ok, a} | {:ok, b}` is `{:ok, a | b}`. */
function mergeTuples(left: TupleOf, right: TupleOf): Type | null {
  if (left.items.length !== right.items.length) return null;
  const [leftTag, rightTag] = [left.items[0], right.items[0]];
  if (leftTag && rightTag && distinctLiterals(leftTag, rightTag)) return null;
  if (leftTag && rightTag && (leftTag.kind === "literal") !== (rightTag.kind === "literal")) return null;
  return { kind: "tuple", items: left.items.map((item, index) => union(item, right.items[index] ?? none)) };
}

function distinctLiterals(left: Type, right: Type): boolean {
  return left.kind === "literal" && right.kind === "literal" && left.value !== right.value;
}

/**
 * True when a key of both tells them apart, as in `%{kind: "circle", …} | %{kind: "square", …}`. Atoms and booleans are
 * tags wherever they stand; of texts and numbers that holds only where the records differ in more than them, for the
 * prices of `[%{price: 1}, %{price: 2}]` tell nothing apart.
 */
function discriminated(left: RecordOf, right: RecordOf): boolean {
  let isAlike: boolean | null = null;
  for (const [key, field] of left.fields) {
    const other = right.fields.get(key);
    if (!other || other === field || field.optional || other.optional || !tellsApart(field.type, other.type)) continue;
    if (isTag(field.type) && isTag(other.type)) return true;
    isAlike ??= sameShape(left, right);
    if (!isAlike) return true;
  }
  return false;
}

function tellsApart(left: Type, right: Type): boolean {
  if (left.kind === "nil" || right.kind === "nil") return left.kind === "literal" || right.kind === "literal";
  return distinctLiterals(left, right);
}

function isTag(type: Type): boolean {
  return type.kind === "literal" && (type.form === "atom" || type.form === "boolean");
}

/** The same keys, holding values of the same kinds. */
function sameShape(left: RecordOf, right: RecordOf): boolean {
  if (left.fields.size !== right.fields.size || (left.rest === null) !== (right.rest === null)) return false;
  return [...left.fields].every(([key, field]) => {
    const other = right.fields.get(key);
    if (!other || other.optional !== field.optional) return false;
    const [a, b] = [widen(field.type), widen(other.type)];
    return assignable(a, b) && assignable(b, a);
  });
}

function limitRecords(members: readonly Type[]): readonly Type[] {
  const records = members.filter((member) => member.kind === "record");
  const [first, ...others] = records;
  if (!first || records.length <= maxRecords) return members;
  return [...members.filter((member) => member.kind !== "record"), others.reduce(joinRecords, first)];
}

function limitLiterals(members: readonly Type[]): readonly Type[] {
  if (members.length <= maxLiterals) return members;
  const widened: Type[] = [];
  for (const member of members) addMember(widened, member.kind === "literal" ? kindOf(member) : member);
  return widened;
}

function fromMembers(members: readonly Type[]): Type {
  const [first] = members;
  if (first === undefined) return none;
  if (members.length === 1) return first;
  return members.length > maxMembers ? dynamic : { kind: "union", members };
}
