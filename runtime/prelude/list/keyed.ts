/** Lists of tuples that are told apart by the item at a position, from 0. */

import type { Dynamic } from "../../json.ts";
import { equals } from "../core/equals.ts";
import { requireList } from "../core/require.ts";
import { precedence, sortBy } from "../core/sorter.ts";
import { keyError } from "../errors.ts";

function indexOf(list: readonly Dynamic[], key: Dynamic, position: number): number {
  return list.findIndex((item) => Array.isArray(item) && position < item.length && equals(item[position], key));
}

export function keyfind(list: Dynamic, key: Dynamic, position: Dynamic, fallback: Dynamic = null): Dynamic {
  const items = requireList(list, "List.keyfind/4");
  const index = indexOf(items, key, position);
  return index < 0 ? fallback : items[index];
}

export function keyfindOrRaise(list: Dynamic, key: Dynamic, position: Dynamic): Dynamic {
  const items = requireList(list, "List.keyfind!/3");
  const index = indexOf(items, key, position);
  if (index < 0) throw keyError(key, list);
  return items[index];
}

export function keymember(list: Dynamic, key: Dynamic, position: Dynamic): boolean {
  return indexOf(requireList(list, "List.keymember?/3"), key, position) >= 0;
}

export function keyreplace(list: Dynamic, key: Dynamic, position: Dynamic, tuple: Dynamic): Dynamic[] {
  const items = requireList(list, "List.keyreplace/4");
  const target = indexOf(items, key, position);
  return items.map((item, index) => (index === target ? tuple : item));
}

/** Replaces the tuple, or adds it at the end. */
export function keystore(list: Dynamic, key: Dynamic, position: Dynamic, tuple: Dynamic): Dynamic[] {
  return keymember(list, key, position) ? keyreplace(list, key, position, tuple) : [...list, tuple];
}

export function keydelete(list: Dynamic, key: Dynamic, position: Dynamic): Dynamic[] {
  const items = requireList(list, "List.keydelete/3");
  const target = indexOf(items, key, position);
  return items.filter((_, index) => index !== target);
}

/** `{tuple, rest}`, or nil when there is none. */
export function keytake(list: Dynamic, key: Dynamic, position: Dynamic): Dynamic {
  const items = requireList(list, "List.keytake/3");
  const target = indexOf(items, key, position);
  return target < 0 ? null : [items[target], items.filter((_, index) => index !== target)];
}

export function keysort(list: Dynamic, position: Dynamic, sorter: Dynamic = "asc"): Dynamic[] {
  const precedes = precedence(sorter);
  return sortBy(requireList(list, "List.keysort/3"), (left, right) => precedes(left[position], right[position]));
}
