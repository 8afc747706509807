import type { FieldOf, FnOf, ListOf, LiteralOf, RecordOf, TupleOf, Type } from "./type.ts";

export const dynamic: Type = { kind: "dynamic" };
/** Known by identity: nothing is known because of a mistake, which has been reported. */
export const mistaken: Type = { kind: "dynamic" };
export const none: Type = { kind: "none" };
export const nil: Type = { kind: "nil" };
export const boolean: Type = { kind: "boolean" };
export const integer: Type = { kind: "integer" };
export const float: Type = { kind: "float" };
export const string: Type = { kind: "string" };
export const atom: Type = { kind: "atom" };
export const datetime: Type = { kind: "datetime" };
export const date: Type = { kind: "date" };

/** `:name`. */
export function atomLiteral(name: string): LiteralOf {
  return { kind: "literal", value: name, form: "atom" };
}

export function booleanLiteral(value: boolean): LiteralOf {
  return { kind: "literal", value, form: "boolean" };
}

export function listOf(element: Type): ListOf {
  return { kind: "list", element };
}

export function tupleOf(...items: readonly Type[]): TupleOf {
  return { kind: "tuple", items };
}

/** `{:ok, value}` and the like. */
export function tagged(tag: string, ...items: readonly Type[]): TupleOf {
  return tupleOf(atomLiteral(tag), ...items);
}

export function fnOf(params: readonly Type[], result: Type): FnOf {
  return { kind: "fn", params, result };
}

export function required(type: Type): FieldOf {
  return { type, optional: false };
}

export function optional(type: Type): FieldOf {
  return { type, optional: true };
}

/** A record with these fields; closed unless `rest`, the type of every further key, is given. */
export function recordOf(fields: Iterable<readonly [string, FieldOf]>, rest: Type | null = null): RecordOf {
  return { kind: "record", fields: new Map(fields), rest };
}

/** A map of which nothing is known. */
export const openRecord: RecordOf = recordOf([], dynamic);
