import type { Dynamic } from "../../json.ts";
import { equals } from "../core/equals.ts";
import { keyText } from "../core/map.ts";
import { compareText } from "../core/order.ts";
import { functionClauseError, keyError } from "../errors.ts";

/** A keyword list: pairs of a key and a value, in order, keys repeated or not. */
export type Pairs = readonly (readonly [string, Dynamic])[];

/** The pairs of a keyword list; anything else is the FunctionClauseError of `where`. */
export function pairsOf(list: Dynamic, where: string): Pairs {
  if (keyword(list)) return list;
  throw functionClauseError(where);
}

/** Whether it is a list of pairs whose first items are atoms. */
export function keyword(value: Dynamic): boolean {
  return Array.isArray(value) && value.every((item) => Array.isArray(item) && item.length === 2 && isAtom(item[0]));
}

function isAtom(value: Dynamic): boolean {
  return typeof value === "string" || typeof value === "boolean" || value === null;
}

export function find(list: Dynamic, key: Dynamic, where: string): readonly [string, Dynamic] | undefined {
  const name = keyText(key);
  return pairsOf(list, where).find((pair) => pair[0] === name);
}

export function get(list: Dynamic, key: Dynamic, fallback: Dynamic = null): Dynamic {
  return getLazy(list, key, () => fallback);
}

export function getLazy(list: Dynamic, key: Dynamic, fallback: () => Dynamic): Dynamic {
  const pair = find(list, key, "Keyword.get/3");
  return pair ? pair[1] : fallback();
}

export function getValues(list: Dynamic, key: Dynamic): Dynamic[] {
  const name = keyText(key);
  return pairsOf(list, "Keyword.get_values/2").flatMap((pair) => (pair[0] === name ? [pair[1]] : []));
}

export function fetch(list: Dynamic, key: Dynamic): "error" | readonly ["ok", Dynamic] {
  const pair = find(list, key, "Keyword.fetch/2");
  return pair ? ["ok", pair[1]] : "error";
}

export function fetchOrRaise(list: Dynamic, key: Dynamic): Dynamic {
  const pair = find(list, key, "Keyword.fetch!/2");
  if (!pair) throw keyError(key, list);
  return pair[1];
}

export function hasKey(list: Dynamic, key: Dynamic): boolean {
  return find(list, key, "Keyword.has_key?/2") !== undefined;
}

export function keys(list: Dynamic): string[] {
  return pairsOf(list, "Keyword.keys/1").map(([key]) => key);
}

export function values(list: Dynamic): Dynamic[] {
  return pairsOf(list, "Keyword.values/1").map(([, value]) => value);
}

export function toList(list: Dynamic): Pairs {
  return pairsOf(list, "Keyword.to_list/1");
}

/** Whether both have the same values under each key, the order of different keys aside. */
export function equal(left: Dynamic, right: Dynamic): boolean {
  const [a, b] = [pairsOf(left, "Keyword.equal?/2"), pairsOf(right, "Keyword.equal?/2")];
  const byKey = (pairs: Pairs) => [...pairs].sort(([x], [y]) => compareText(x, y));
  return equals(byKey(a), byKey(b));
}
