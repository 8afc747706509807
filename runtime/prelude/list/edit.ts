import type { Dynamic } from "../../json.ts";
import { equals } from "../core/equals.ts";
import { requireInteger, requireList } from "../core/require.ts";

/** Without the first item equal to the value. */
export function delete_(list: Dynamic, value: Dynamic): Dynamic[] {
  const items = requireList(list, "List.delete/2");
  const index = items.findIndex((item) => equals(item, value));
  return items.filter((_, position) => position !== index);
}

/** A negative index counts from the end; one that is not there changes nothing. */
export function deleteAt(list: Dynamic, index: Dynamic): Dynamic[] {
  return popAt(list, index)[1];
}

/** Before the item at the index; a negative index counts from behind the last. */
export function insertAt(list: Dynamic, index: Dynamic, value: Dynamic): Dynamic[] {
  const items = requireList(list, "List.insert_at/3");
  const position = requireInteger(index, "List.insert_at/3");
  const start = position < 0 ? Math.max(0, items.length + position + 1) : position;
  return [...items.slice(0, start), value, ...items.slice(start)];
}

export function replaceAt(list: Dynamic, index: Dynamic, value: Dynamic): Dynamic[] {
  return updateAt(list, index, () => value);
}

export function updateAt(list: Dynamic, index: Dynamic, fun: (item: Dynamic) => Dynamic): Dynamic[] {
  const items = requireList(list, "List.update_at/3");
  const target = fromEnd(requireInteger(index, "List.update_at/3"), items.length);
  return items.map((item, position) => (position === target ? fun(item) : item));
}

/** `{item, rest}`. */
export function popAt(list: Dynamic, index: Dynamic, fallback: Dynamic = null): readonly [Dynamic, Dynamic[]] {
  const items = requireList(list, "List.pop_at/3");
  const target = fromEnd(requireInteger(index, "List.pop_at/3"), items.length);
  const found = target >= 0 && target < items.length;
  return [found ? items[target] : fallback, items.filter((_, position) => position !== target)];
}

function fromEnd(index: number, length: number): number {
  return index < 0 ? index + length : index;
}
