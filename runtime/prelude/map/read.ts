import type { Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { equals } from "../core/equals.ts";
import { has, keyText, requireMap, sortedKeys, sortedPairs } from "../core/map.ts";
import { keyError } from "../errors.ts";

export function get(map: Dynamic, key: Dynamic, fallback: Dynamic = null): Dynamic {
  return has(map, key) ? (map[keyText(key)] ?? null) : fallback;
}

export function getLazy(map: Dynamic, key: Dynamic, fallback: () => Dynamic): Dynamic {
  return has(map, key) ? get(map, key) : fallback();
}

export function fetch(map: Dynamic, key: Dynamic): "error" | readonly ["ok", Dynamic] {
  return has(map, key) ? ["ok", get(map, key)] : "error";
}

export function fetchOrRaise(map: Dynamic, key: Dynamic): Dynamic {
  if (!has(map, key)) throw keyError(key, map);
  return get(map, key);
}

/** Whether the key is there, be its value nil. */
export function hasKey(map: Dynamic, key: Dynamic): boolean {
  return has(map, key);
}

export function keys(map: Dynamic): string[] {
  return sortedKeys(requireMap(map));
}

/** In the order of the keys. */
export function values(map: Dynamic): Dynamic[] {
  return sortedPairs(requireMap(map)).map(([, value]) => value);
}

export function toList(map: Dynamic): Dynamic[] {
  return sortedPairs(requireMap(map));
}

export function equal(left: Dynamic, right: Dynamic): boolean {
  return equals(requireMap(left), requireMap(right));
}

/** The names a list of keys stands for. */
export function keySet(keyList: Dynamic): ReadonlySet<string> {
  return new Set(elements(keyList).map(keyText));
}
