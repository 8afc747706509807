import type { Dynamic } from "../../json.ts";
import { equals } from "../core/equals.ts";
import { requireInteger, requireList } from "../core/require.ts";
import { zip as zipLists } from "../enum/combine.ts";
import { argumentError } from "../errors.ts";

type Reducer = (item: Dynamic, acc: Dynamic) => Dynamic;

export function first(list: Dynamic, fallback: Dynamic = null): Dynamic {
  const items = requireList(list, "List.first/2");
  return items.length > 0 ? items[0] : fallback;
}

export function last(list: Dynamic, fallback: Dynamic = null): Dynamic {
  const items = requireList(list, "List.last/2");
  return items.length > 0 ? items[items.length - 1] : fallback;
}

/** Lists in lists laid open; tuples are lists at run time. */
export function flatten(list: Dynamic, tail: Dynamic = []): Dynamic[] {
  return [...requireList(list, "List.flatten/1").flat(Number.POSITIVE_INFINITY), ...tail];
}

export function foldl(list: Dynamic, initial: Dynamic, fun: Reducer): Dynamic {
  return requireList(list, "List.foldl/3").reduce((acc, item) => fun(item, acc), initial);
}

export function foldr(list: Dynamic, initial: Dynamic, fun: Reducer): Dynamic {
  return requireList(list, "List.foldr/3").reduceRight((acc, item) => fun(item, acc), initial);
}

export function duplicate(value: Dynamic, count: Dynamic): Dynamic[] {
  return Array.from({ length: requireInteger(count, "List.duplicate/2", 0) }, () => value);
}

/** A list as it is, nil as an empty one, anything else as the only item. */
export function wrap(value: Dynamic): readonly Dynamic[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

export function zip(lists: Dynamic): Dynamic[] {
  return zipLists(requireList(lists, "List.zip/1"));
}

export function startsWith(list: Dynamic, prefix: Dynamic): boolean {
  const items = requireList(list, "List.starts_with?/2");
  return requireList(prefix, "List.starts_with?/2").every(
    (item, index) => index < items.length && equals(items[index], item),
  );
}

/** False: a list that ends in something else than a list cannot be made here. */
export function improper(list: Dynamic): boolean {
  requireList(list, "List.improper?/1");
  return false;
}

/** A tuple is a list at run time. */
export function toTuple(list: Dynamic): readonly Dynamic[] {
  return requireList(list, "List.to_tuple/1");
}

/** The text of code points, texts and lists of them. */
export function textOf(list: Dynamic): string {
  return requireList(list, "List.to_string/1").map(chardata).join("");
}

function chardata(part: Dynamic): string {
  if (typeof part === "string") return part;
  if (Array.isArray(part)) return textOf(part);
  if (Number.isInteger(part) && part >= 0 && part <= 0x10ffff) return String.fromCodePoint(part);
  throw argumentError(`cannot convert the given list to a string.`);
}
