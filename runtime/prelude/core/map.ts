/**
 * Maps are plain objects, and any text may be a key of them: `__proto__` and `constructor` are data like others. So
 * nothing is read without `Object.hasOwn`, and nothing is written but by a computed key or `Object.fromEntries`,
 * which define the property instead of setting it.
 */

import type { Data, Dynamic } from "../../json.ts";
import { argumentError, badMapError, keyError } from "../errors.ts";
import { inspect } from "./inspect.ts";
import { compareText } from "./order.ts";

/** True for what the language calls a map. */
export function isMap(value: Dynamic): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isOpaque(value);
}

/** Values without parts: regular expressions and bytes. */
function isOpaque(value: object): boolean {
  return value instanceof RegExp || value instanceof Uint8Array;
}

/** The map, or a BadMapError. */
export function requireMap(value: Dynamic): Data {
  if (isMap(value)) return value;
  throw badMapError(value);
}

/** A value as a key: numbers, booleans and nil become their text; lists, maps and functions are an ArgumentError. */
export function keyText(key: Dynamic): string {
  if (typeof key === "string") return key;
  if (key === null || key === undefined) return "nil";
  if (typeof key === "number" || typeof key === "boolean") return String(key);
  throw argumentError(`a key must be an atom, text, number, boolean or nil, got: ${inspect(key)}`);
}

/** Whether the map has the key. */
export function has(map: Dynamic, key: Dynamic): boolean {
  return Object.hasOwn(requireMap(map), keyText(key));
}

/** A new map without the key. */
export function omit(map: Dynamic, key: Dynamic): Data {
  const { [keyText(key)]: _, ...rest } = requireMap(map);
  return rest;
}

/** A new map with the key set. */
export function put(map: Dynamic, key: Dynamic, value: Dynamic): Data {
  return { ...requireMap(map), [keyText(key)]: value };
}

/** `%{map | …}`: every key must be there. */
export function updateMap(map: Dynamic, changes: Data): Data {
  const base = requireMap(map);
  for (const key of Object.keys(changes)) if (!Object.hasOwn(base, key)) throw keyError(key, base);
  return { ...base, ...changes };
}

/** A map of pairs, later ones first served; for maps whose keys are computed. */
export function mapOf(pairs: Iterable<readonly [Dynamic, Dynamic]>): Data {
  return Object.fromEntries(Array.from(pairs, ([key, value]) => [keyText(key), value]));
}

/** Keys in ascending order of code points: the order in which everything goes through a map. */
export function sortedKeys(map: Data): string[] {
  return Object.keys(map).sort(compareText);
}

/** `{key, value}` tuples in the order of keys. */
export function sortedPairs(map: Data): [string, Dynamic][] {
  return sortedKeys(map).map((key) => [key, map[key]]);
}
