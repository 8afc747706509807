/** Yes or no about the values of a type, answered yes only when it holds for all of them. */
import { compatible } from "./assignable.ts";
import { membersOf } from "./join.ts";
import { Slot } from "./slot.ts";
import type { FieldOf, RecordOf, Type } from "./type.ts";

function every(type: Type, test: (member: Type) => boolean): boolean {
  const members = membersOf(type);
  return members.length > 0 && members.every(test);
}

export function isNumber(type: Type): boolean {
  return every(
    type,
    (t) => t.kind === "integer" || t.kind === "float" || (t.kind === "literal" && typeof t.value === "number"),
  );
}

export function isText(type: Type): boolean {
  return every(
    type,
    (t) =>
      ["string", "atom", "datetime", "date"].includes(t.kind) || (t.kind === "literal" && typeof t.value === "string"),
  );
}

export function isBoolean(type: Type): boolean {
  return every(type, (t) => t.kind === "boolean" || (t.kind === "literal" && typeof t.value === "boolean"));
}

export function isList(type: Type): boolean {
  return every(type, (t) => t.kind === "list");
}

/** Values that `===` compares as the language's `==` does. */
export function isScalar(type: Type): boolean {
  return every(type, (t) => t.kind === "nil" || isNumber(t) || isText(t) || isBoolean(t));
}

/** Not nil and not false, whatever it is. */
export function isAlwaysTruthy(type: Type): boolean {
  return every(type, (t) => t.kind !== "dynamic" && t.kind !== "nil" && t.kind !== "variable" && !canBeFalse(t));
}

export function canBeFalse(type: Type): boolean {
  return membersOf(type).some(
    (t) => t.kind === "dynamic" || t.kind === "boolean" || (t.kind === "literal" && t.value === false),
  );
}

export function isRecord(type: Type): type is RecordOf {
  return type.kind === "record";
}

/** Sure to be a function, or to hold one. */
export function holdsFunction(type: Type): boolean {
  switch (type.kind) {
    case "fn":
      return true;
    case "union":
      return membersOf(type).every(holdsFunction);
    case "list":
      return holdsFunction(type.element);
    case "tuple":
      return type.items.some(holdsFunction);
    case "record":
      return [...type.fields.values()].some((field) => fieldHoldsFunction(field) && !field.optional);
    default:
      return false;
  }
}

export function fieldHoldsFunction(field: FieldOf): boolean {
  return !(field instanceof Slot) && holdsFunction(field.type);
}

/** The record surely has this key as its own. */
export function hasField(type: Type, key: string): boolean {
  return every(type, (t) => t.kind === "record" && t.fields.get(key)?.optional === false);
}

/** True when the two may be equal, so far as types tell; TypeScript refuses to compare what never can. */
export function mayEqual(left: Type, right: Type): boolean {
  return compatible(left, right) || compatible(right, left);
}
