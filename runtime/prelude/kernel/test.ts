/** The `is_*` family. At run time a tuple is a list and an atom a text. */

import type { Dynamic } from "../../json.ts";
import { has, isMap as isPlainMap } from "../core/map.ts";
import { compare } from "../core/order.ts";

export function isNil(value: Dynamic): boolean {
  return value === null || value === undefined;
}

export function isBoolean(value: Dynamic): boolean {
  return typeof value === "boolean";
}

/** Nil and booleans only: other atoms are texts. */
export function isAtom(value: Dynamic): boolean {
  return isNil(value) || isBoolean(value);
}

export function isNumber(value: Dynamic): boolean {
  return typeof value === "number";
}

export function isInteger(value: Dynamic): boolean {
  return Number.isInteger(value);
}

/** Numbers that are not whole: a whole float is an integer at run time. */
export function isFloat(value: Dynamic): boolean {
  return typeof value === "number" && !Number.isInteger(value);
}

export function isBinary(value: Dynamic): boolean {
  return typeof value === "string" || value instanceof Uint8Array;
}

export function isBitstring(value: Dynamic): boolean {
  return isBinary(value);
}

export function isList(value: Dynamic): boolean {
  return Array.isArray(value);
}

export function isTuple(value: Dynamic): boolean {
  return Array.isArray(value);
}

export function isMap(value: Dynamic): boolean {
  return isPlainMap(value);
}

export function isMapKey(map: Dynamic, key: Dynamic): boolean {
  return has(map, key);
}

/** Of any, or of a certain number of parameters. */
export function isFunction(value: Dynamic, arity?: Dynamic): boolean {
  return typeof value === "function" && (arity === undefined || value.length === arity);
}

export function max(left: Dynamic, right: Dynamic): Dynamic {
  return compare(left, right) >= 0 ? left : right;
}

export function min(left: Dynamic, right: Dynamic): Dynamic {
  return compare(left, right) <= 0 ? left : right;
}
