/** What a test tells of a type. */

import { compatible } from "./assignable.ts";
import {
  boolean,
  booleanLiteral,
  dynamic,
  float,
  integer,
  listOf,
  nil,
  none,
  openRecord,
  string,
} from "./construct.ts";
import { membersOf, union } from "./join.ts";
import type { Type } from "./type.ts";

/** The values of a type that count as true: all but nil and false. */
export function truthy(type: Type): Type {
  return union(
    ...membersOf(type).map((member) => {
      if (member.kind === "nil" || isFalse(member)) return none;
      return member.kind === "boolean" ? booleanLiteral(true) : member;
    }),
  );
}

/** The values of a type that count as false. */
export function falsy(type: Type): Type {
  return union(
    ...membersOf(type).map((member) => {
      if (member.kind === "dynamic" || member.kind === "nil" || isFalse(member)) return member;
      return member.kind === "boolean" ? booleanLiteral(false) : none;
    }),
  );
}

function isFalse(type: Type): boolean {
  return type.kind === "literal" && type.value === false;
}

/** The values of a type that may be of another: what is left of it after a test for that other type. */
export function intersect(type: Type, other: Type): Type {
  if (type.kind === "dynamic" || type.kind === "variable") return other;
  return union(...membersOf(type).map((member) => intersectMember(member, other)));
}

function intersectMember(member: Type, other: Type): Type {
  if (other.kind === "dynamic") return member;
  const fitting = membersOf(other).filter(
    (candidate) => compatible(member, candidate) || compatible(candidate, member),
  );
  if (fitting.length === 0) return none;
  return union(...fitting.map((candidate) => moreSpecific(member, candidate)));
}

function moreSpecific(member: Type, candidate: Type): Type {
  if (candidate.kind === "literal" && member.kind !== "literal") return candidate;
  return member;
}

/** A type without nil. */
export function withoutNil(type: Type): Type {
  return union(...membersOf(type).filter((member) => member.kind !== "nil"));
}

/** A type without the values of a literal, as far as types can say that. */
export function withoutLiteral(type: Type, literal: Type): Type {
  if (literal.kind === "nil") return withoutNil(type);
  if (literal.kind !== "literal") return type;
  return union(
    ...membersOf(type).map((member) => {
      if (member.kind === "boolean" && literal.form === "boolean") return booleanLiteral(!literal.value);
      return member.kind === "literal" && member.value === literal.value ? none : member;
    }),
  );
}

export function onlyNil(type: Type): Type {
  return type.kind === "dynamic" ? nil : union(...membersOf(type).filter((member) => member.kind === "nil"));
}

/** What the `is_*` guards test for; a text counts as binary however it was written, see the language page. */
export const testedBy: { readonly [guard: string]: Type | undefined } = {
  is_nil: nil,
  is_binary: string,
  is_bitstring: string,
  is_boolean: boolean,
  is_integer: integer,
  is_float: float,
  is_number: union(integer, float),
  is_map: openRecord,
  is_list: listOf(dynamic),
};

/** The values of a type for which an `is_*` guard fails; only sure where no two kinds share a form at run time. */
export function withoutTested(type: Type, guard: string): Type {
  const kinds = excluded[guard];
  return kinds ? union(...membersOf(type).filter((member) => !kinds.includes(basicKind(member)))) : type;
}

function basicKind(type: Type): string {
  return type.kind === "literal" ? type.form : type.kind;
}

const excluded: { readonly [guard: string]: readonly string[] | undefined } = {
  is_nil: ["nil"],
  is_binary: ["string"],
  is_boolean: ["boolean"],
  is_number: ["integer", "float"],
  is_map: ["record"],
};
