import type { Dynamic } from "../../json.ts";
import { undefinedProtocolError } from "../errors.ts";
import { isMap, sortedPairs } from "./map.ts";

/** What a generator or an Enum function goes through: a list's items, a map's `{key, value}` tuples in order of keys. */
export function elements<Item>(value: readonly Item[]): readonly Item[];
export function elements(value: Dynamic): Dynamic[];
export function elements(collection: Dynamic): readonly Dynamic[] {
  if (Array.isArray(collection)) return collection;
  if (isMap(collection)) return sortedPairs(collection);
  throw undefinedProtocolError("Enumerable", collection);
}
