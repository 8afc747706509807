import type { Data, Dynamic } from "../../json.ts";
import { add, multiply } from "../core/arithmetic.ts";
import { elements } from "../core/elements.ts";
import { keyText, mapOf } from "../core/map.ts";
import { emptyError, functionClauseError } from "../errors.ts";

type Each = (item: Dynamic) => Dynamic;
type Reducer = (item: Dynamic, acc: Dynamic) => Dynamic;

/** Without an initial value the first item is it. */
export function reduce(
  collection: Dynamic,
  ...rest: readonly [fun: Reducer] | readonly [initial: Dynamic, fun: Reducer]
): Dynamic {
  const items = elements(collection);
  if (rest.length === 2) return items.reduce((acc, item) => rest[1](item, acc), rest[0]);
  if (items.length === 0) throw emptyError();
  return items.reduce((acc, item) => rest[0](item, acc));
}

/** Until the function returns `{:halt, acc}` instead of `{:cont, acc}`. */
export function reduceWhile(collection: Dynamic, initial: Dynamic, fun: Reducer): Dynamic {
  let acc = initial;
  for (const item of elements(collection)) {
    const [verdict, next] = instruction(fun(item, acc));
    acc = next;
    if (verdict === "halt") break;
  }
  return acc;
}

function instruction(value: Dynamic): readonly [string, Dynamic] {
  if (Array.isArray(value) && value.length === 2 && (value[0] === "cont" || value[0] === "halt")) {
    return [value[0], value[1]];
  }
  throw functionClauseError("Enumerable.List.reduce/3");
}

export function sum(collection: Dynamic): number {
  return elements(collection).reduce((total, item) => add(total, item), 0);
}

export function product(collection: Dynamic): number {
  return elements(collection).reduce((total, item) => multiply(total, item), 1);
}

export function frequencies(collection: Dynamic): Data {
  return frequenciesBy(collection, (item) => item);
}

export function frequenciesBy(collection: Dynamic, key: Each): Data {
  const groups = groupBy(collection, key);
  return mapOf(Object.keys(groups).map((name) => [name, groups[name].length]));
}

/** Lists of items, or of what `value` makes of them, by key. */
export function groupBy(collection: Dynamic, key: Each, value: Each = (item) => item): Data {
  const groups = new Map<string, Dynamic[]>();
  for (const item of elements(collection)) {
    const name = keyText(key(item));
    const group = groups.get(name);
    if (group) group.push(value(item));
    else groups.set(name, [value(item)]);
  }
  return Object.fromEntries(groups);
}
