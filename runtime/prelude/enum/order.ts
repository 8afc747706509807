import type { Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { requireInteger } from "../core/require.ts";
import { sortBy as mergeSort, precedence } from "../core/sorter.ts";
import { rangeOf } from "./slice.ts";

export function sort(collection: Dynamic, sorter: Dynamic = "asc"): Dynamic[] {
  return mergeSort(elements(collection), precedence(sorter));
}

export function sortBy(collection: Dynamic, key: (item: Dynamic) => Dynamic, sorter: Dynamic = "asc"): Dynamic[] {
  const precedes = precedence(sorter);
  const keyed = elements(collection).map((item) => [key(item), item]);
  return mergeSort(keyed, (left, right) => precedes(left[0], right[0])).map(([, item]) => item);
}

/** Backwards, with a second collection after it. */
export function reverse(collection: Dynamic, tail: Dynamic = []): Dynamic[] {
  return [...elements(collection)].reverse().concat(elements(tail));
}

/** So many items from a start on backwards, the rest as it is. */
export function reverseSlice(collection: Dynamic, start: Dynamic, count: Dynamic): Dynamic[] {
  const items = elements(collection);
  const from = requireInteger(start, "Enum.reverse_slice/3", 0);
  const to = from + requireInteger(count, "Enum.reverse_slice/3", 0);
  return [...items.slice(0, from), ...items.slice(from, to).reverse(), ...items.slice(to)];
}

/** Moves the item at an index, or the items of a range of indices, to another index. */
export function slide(collection: Dynamic, indices: Dynamic, insertion: Dynamic): Dynamic[] {
  const items = [...elements(collection)];
  const { first, last } = Array.isArray(indices) ? rangeOf(indices, "Enum.slide/3") : { first: indices, last: indices };
  const from = first < 0 ? first + items.length : first;
  const to = last < 0 ? last + items.length : last;
  const moved = items.splice(from, to - from + 1);
  const at = insertion < 0 ? insertion + items.length + moved.length : insertion;
  const target = at > from ? at - moved.length + 1 : at;
  return [...items.slice(0, target), ...moved, ...items.slice(target)];
}
