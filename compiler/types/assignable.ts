/**
 * Which values fit where. Two questions: `assignable` asks whether every value of a type fits, `compatible` whether any
 * does. The checker complains only when none does, so it never blames a program that may be right.
 */
import type { LiteralOf, RecordOf, Type } from "./type.ts";

/** Whether every value of `from` is one of `to`; `dynamic` on either side says yes. */
export function assignable(from: Type, to: Type): boolean {
  return relate(from, to, "every");
}

/** Whether some value of `from` may be one of `to`. */
export function compatible(from: Type, to: Type): boolean {
  return relate(from, to, "some");
}

type Quantifier = "every" | "some";

function relate(from: Type, to: Type, how: Quantifier): boolean {
  if (from === to || isOpen(from) || isOpen(to)) return true;
  if (from.kind === "none") return true;
  if (from.kind === "union") return from.members[how]((member) => relate(member, to, how));
  if (to.kind === "union") return to.members.some((member) => relate(from, member, how));
  return relateSingle(from, to, how);
}

function isOpen(type: Type): boolean {
  return type.kind === "dynamic" || type.kind === "variable";
}

function relateSingle(from: Type, to: Type, how: Quantifier): boolean {
  if (to.kind === "literal") return from.kind === "literal" ? sameLiteral(from, to) : how === "some" && mayBe(from, to);
  if (from.kind === "literal") return fitsKind(from.form, to.kind);
  if (from.kind === "list" && to.kind === "list") return how === "some" || relate(from.element, to.element, how);
  if (from.kind === "tuple" && to.kind === "tuple") {
    return (
      from.items.length === to.items.length &&
      from.items.every((item, index) => relate(item, to.items[index] ?? item, how))
    );
  }
  if (from.kind === "record" && to.kind === "record") return relateRecords(from, to, how);
  if (from.kind === "fn" && to.kind === "fn") return from.params.length === to.params.length;
  // An atom may turn out to be true, false or nil.
  return fitsKind(from.kind, to.kind) || (how === "some" && from.kind === "atom" && fitsKind(to.kind, "atom"));
}

function sameLiteral(from: LiteralOf, to: LiteralOf): boolean {
  return from.value === to.value;
}

function mayBe(from: Type, literal: LiteralOf): boolean {
  return fitsKind(literal.form, from.kind);
}

/** Kinds that take values of another: text in all its forms is one thing at run time, as are the numbers. */
const accepted: { readonly [kind: string]: readonly string[] } = {
  string: ["string", "atom", "datetime", "date"],
  atom: ["atom", "string", "boolean", "nil"],
  datetime: ["datetime", "string"],
  date: ["date", "string"],
  float: ["float", "integer"],
  integer: ["integer"],
};

function fitsKind(from: string, to: string): boolean {
  return from === to || (accepted[to]?.includes(from) ?? false);
}

/** Closed records take no key they do not name; open ones, any of their rest. */
function relateRecords(from: RecordOf, to: RecordOf, how: Quantifier): boolean {
  for (const [key, field] of to.fields) {
    const given = from.fields.get(key);
    if (given) {
      if (!relate(given.type, field.type, how)) return false;
      if (how === "every" && given.optional && !field.optional) return false;
    } else if (!field.optional && (from.rest === null || how === "every")) {
      if (!(from.rest && isOpen(from.rest))) return false;
    }
  }
  return [...from.fields].every(([key, field]) => to.fields.has(key) || fitsRest(field.type, field.optional, to, how));
}

function fitsRest(type: Type, optional: boolean, to: RecordOf, how: Quantifier): boolean {
  if (to.rest === null) return how === "some" && optional;
  return relate(type, to.rest, how);
}
