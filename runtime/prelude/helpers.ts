/** `Durable.Helpers`: pure functions on the data map. */

import type { Data, Dynamic } from "../json.ts";
import { at } from "./core/access.ts";
import { add } from "./core/arithmetic.ts";
import { concat } from "./core/list.ts";
import { has, keyText, omit, put, requireMap } from "./core/map.ts";
import { keyError } from "./errors.ts";

/** Sets a key, or, given a map, all of its keys. */
export function assign(
  data: Dynamic,
  ...change: readonly [values: Dynamic] | readonly [key: Dynamic, value: Dynamic]
): Data {
  return change.length === 1 ? { ...requireMap(data), ...requireMap(change[0]) } : put(data, change[0], change[1]);
}

/** Applies `fun` to the value of a key; where the key is absent sets the default as it is, or raises a KeyError without one. */
export function update(
  data: Dynamic,
  key: Dynamic,
  ...rest: readonly [fun: (value: Dynamic) => Dynamic] | readonly [fallback: Dynamic, fun: (value: Dynamic) => Dynamic]
): Data {
  const present = has(data, key);
  if (rest.length === 1 && !present) throw keyError(keyText(key), data);
  const fun = rest.length === 1 ? rest[0] : rest[1];
  return put(data, key, present ? fun(at(data, key)) : rest[0]);
}

/** Adds to the end of the list under a key; an absent key counts as an empty list. */
export function append(data: Dynamic, key: Dynamic, value: Dynamic): Data {
  return put(data, key, concat(has(data, key) ? at(data, key) : [], [value]));
}

/** Adds to the number under a key; an absent key counts as zero. */
export function increment(data: Dynamic, key: Dynamic, by: Dynamic = 1): Data {
  return put(data, key, add(has(data, key) ? at(data, key) : 0, by));
}

/** Removes a key. */
export function delete_(data: Dynamic, key: Dynamic): Data {
  return omit(data, key);
}

/** Whether the key is there, be its value nil. */
export function hasKey(data: Dynamic, key: Dynamic): boolean {
  return has(data, key);
}

/** The value of a key, or the default where it is absent. */
export function get(data: Dynamic, key: Dynamic, fallback: Dynamic = null): Dynamic {
  return has(data, key) ? at(data, key) : fallback;
}
