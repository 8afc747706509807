/**
 * Types as written become types as checked. Names the author defined are looked up through `TypeScope`; what does not
 * exist is told to it once and becomes `dynamic`, so that one wrong name makes one message.
 */
import type { MapType, NamedType, TypeExpr } from "../ast/nodes.ts";
import {
  atom,
  boolean,
  date,
  datetime,
  dynamic,
  float,
  fnOf,
  integer,
  listOf,
  nil,
  none,
  openRecord,
  optional,
  recordOf,
  required,
  string,
  tupleOf,
} from "./construct.ts";
import { union } from "./join.ts";
import type { LiteralOf, Type } from "./type.ts";

export interface TypeScope {
  /** The author's own type, `order()` or `Orders.order()`; null when there is none, which has then been reported. */
  readonly named: (type: NamedType, args: readonly Type[]) => Type | null;
  /** What a type variable stands for. */
  readonly variable: (name: string) => Type;
}

/** The type a type expression means. */
export function typeFromAst(type: TypeExpr, scope: TypeScope): Type {
  switch (type.kind) {
    case "namedType":
      return namedType(type, scope);
    case "literalType":
      return literalType(type.value.type, type.value.value);
    case "listType":
      return listOf(typeFromAst(type.element, scope));
    case "tupleType":
      return tupleOf(...type.items.map((item) => typeFromAst(item, scope)));
    case "mapType":
      return mapType(type, scope);
    case "unionType":
      return union(...type.members.map((member) => typeFromAst(member, scope)));
    case "fnType":
      return fnOf(
        type.params.map((param) => typeFromAst(param, scope)),
        typeFromAst(type.result, scope),
      );
    case "typeVariable":
      return scope.variable(type.name);
    case "invalidType":
      return dynamic;
  }
}

/** The type of a literal, whether it stands in a type, a pattern or an expression. */
export function literalType(form: LiteralOf["form"] | "nil", value: null | boolean | number | string): Type {
  return form === "nil" || value === null ? nil : { kind: "literal", value, form: form as LiteralOf["form"] };
}

function namedType(type: NamedType, scope: TypeScope): Type {
  const args = type.args.map((arg) => typeFromAst(arg, scope));
  const builtIn = builtIns[type.module === null ? type.name : `${type.module}.${type.name}`];
  if (builtIn && args.length <= builtIn.maxArgs) return builtIn.make(args);
  return scope.named(type, args) ?? dynamic;
}

interface BuiltIn {
  readonly maxArgs: number;
  readonly make: (args: readonly Type[]) => Type;
}

function plain(type: Type): BuiltIn {
  return { maxArgs: 0, make: () => type };
}

function listLike(): BuiltIn {
  return { maxArgs: 1, make: ([element]) => listOf(element ?? dynamic) };
}

const number = union(integer, float);

/** `keyword()` is a list of pairs; a pair's first item is an atom. */
const keyword: BuiltIn = { maxArgs: 1, make: ([value]) => listOf(tupleOf(atom, value ?? dynamic)) };

const builtIns: { readonly [name: string]: BuiltIn | undefined } = {
  integer: plain(integer),
  non_neg_integer: plain(integer),
  pos_integer: plain(integer),
  neg_integer: plain(integer),
  float: plain(float),
  number: plain(number),
  timeout: plain(union(integer, { kind: "literal", value: "infinity", form: "atom" })),
  boolean: plain(boolean),
  atom: plain(atom),
  module: plain(atom),
  nil: plain(nil),
  binary: plain(string),
  "String.t": plain(string),
  map: plain(openRecord),
  list: listLike(),
  nonempty_list: listLike(),
  keyword,
  tuple: plain(dynamic),
  any: plain(dynamic),
  term: plain(dynamic),
  dynamic: plain(dynamic),
  json: plain(dynamic),
  none: plain(none),
  no_return: plain(none),
  "DateTime.t": plain(datetime),
  "Date.t": plain(date),
  "Enumerable.t": { maxArgs: 1, make: ([element]) => union(listOf(element ?? dynamic), openRecord) },
  fun: plain(dynamic),
  function: plain(dynamic),
};

/** The names an unknown type may have meant. */
export const builtInTypeNames: readonly string[] = Object.keys(builtIns);

function mapType(type: MapType, scope: TypeScope): Type {
  const fields = type.fields.map((field) => {
    const fieldType = typeFromAst(field.type, scope);
    return [field.name, field.optional ? optional(fieldType) : required(fieldType)] as const;
  });
  return recordOf(fields, type.rest ? typeFromAst(type.rest.value, scope) : null);
}
