import type { Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { isMap, mapOf } from "../core/map.ts";
import { text } from "../core/text.ts";
import { argumentError, functionClauseError, undefinedProtocolError } from "../errors.ts";

type Fn = (...items: Dynamic[]) => Dynamic;

export function toList(collection: Dynamic): Dynamic[] {
  return [...elements(collection)];
}

/** A list of collections, or two collections, one after the other. */
export function concat(first: Dynamic, second?: Dynamic): Dynamic[] {
  const parts = second === undefined ? elements(first) : [first, second];
  return parts.flatMap((part) => elements(part));
}

/** Adds the items, or what `fun` makes of them, to a list, a map or a text. */
export function into(collection: Dynamic, target: Dynamic, fun: (item: Dynamic) => Dynamic = (item) => item): Dynamic {
  const items = elements(collection).map((item) => fun(item));
  if (Array.isArray(target)) return [...target, ...items];
  if (typeof target === "string") return target + items.map(text).join("");
  if (isMap(target)) return { ...target, ...mapOf(items.map(pair)) };
  throw undefinedProtocolError("Collectable", target);
}

/** A two-tuple, which is what maps are made of. */
export function pair(item: Dynamic): readonly [Dynamic, Dynamic] {
  if (Array.isArray(item) && item.length === 2) return [item[0], item[1]];
  throw argumentError();
}

/** Tuples of the first items, the second items …, up to the end of the shortest collection. */
export function zip(first: Dynamic, second?: Dynamic): Dynamic[] {
  return rows(second === undefined ? elements(first) : [first, second]);
}

/** `fun` gets two items, or, of a list of collections, one list. */
export function zipWith(first: Dynamic, ...rest: readonly [fun: Fn] | readonly [second: Dynamic, fun: Fn]): Dynamic[] {
  if (rest.length === 1) return rows(elements(first)).map((row) => rest[0](row));
  return rows([first, rest[0]]).map(([left, right]) => rest[1](left, right));
}

/** `fun` gets two items, or, of a list of collections, one list; and the accumulator last. */
export function zipReduce(
  first: Dynamic,
  ...rest: readonly [initial: Dynamic, fun: Fn] | readonly [second: Dynamic, initial: Dynamic, fun: Fn]
): Dynamic {
  if (rest.length === 2) return rows(elements(first)).reduce((acc, row) => rest[1](row, acc), rest[0]);
  return rows([first, rest[0]]).reduce((acc: Dynamic, [left, right]) => rest[2](left, right, acc), rest[1]);
}

function rows(collections: readonly Dynamic[]): Dynamic[][] {
  const lists = collections.map((collection) => elements(collection));
  const length = lists.length === 0 ? 0 : Math.min(...lists.map((list) => list.length));
  return Array.from({ length }, (_, index) => lists.map((list) => list[index]));
}

/** `{lefts, rights}` of a list of pairs. */
export function unzip(collection: Dynamic): Dynamic {
  const pairs = elements(collection);
  if (pairs.some((item) => !Array.isArray(item) || item.length !== 2)) {
    throw functionClauseError("Enum.unzip/3");
  }
  return [pairs.map(([left]) => left), pairs.map(([, right]) => right)];
}
