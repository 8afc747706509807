import type { Dynamic } from "../../json.ts";
import { add } from "../core/arithmetic.ts";
import { elements } from "../core/elements.ts";
import { requireInteger } from "../core/require.ts";
import { text } from "../core/text.ts";

type Each = (item: Dynamic) => Dynamic;

export function map(collection: Dynamic, fun: Each): Dynamic[] {
  return elements(collection).map((item) => fun(item));
}

export function flatMap(collection: Dynamic, fun: Each): Dynamic[] {
  return elements(collection).flatMap((item) => elements(fun(item)));
}

export function each(collection: Dynamic, fun: Each): "ok" {
  for (const item of elements(collection)) fun(item);
  return "ok";
}

/** Applies `fun` to every nth item, the first included; 0 means to none. */
export function mapEvery(collection: Dynamic, nth: Dynamic, fun: Each): Dynamic[] {
  const step = requireInteger(nth, "Enum.map_every/3", 0);
  return elements(collection).map((item, index) => (step > 0 && index % step === 0 ? fun(item) : item));
}

export function mapIntersperse(collection: Dynamic, separator: Dynamic, fun: Each): Dynamic[] {
  return intersperse(map(collection, fun), separator);
}

export function intersperse(collection: Dynamic, separator: Dynamic): Dynamic[] {
  return elements(collection).flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
}

export function mapJoin(
  collection: Dynamic,
  ...rest: readonly [fun: Each] | readonly [joiner: Dynamic, fun: Each]
): string {
  return rest.length === 1 ? join(map(collection, rest[0])) : join(map(collection, rest[1]), rest[0]);
}

export function join(collection: Dynamic, joiner: Dynamic = ""): string {
  return elements(collection).map(text).join(text(joiner));
}

/** `{mapped, accumulator}`, of a function that returns both. */
export function mapReduce(
  collection: Dynamic,
  initial: Dynamic,
  fun: (item: Dynamic, acc: Dynamic) => Dynamic,
): Dynamic {
  let acc = initial;
  const mapped = elements(collection).map((item) => {
    const [value, next] = fun(item, acc);
    acc = next;
    return value;
  });
  return [mapped, acc];
}

/** Like `mapReduce` with a list for each item, until the function returns `{:halt, acc}`. */
export function flatMapReduce(
  collection: Dynamic,
  initial: Dynamic,
  fun: (item: Dynamic, acc: Dynamic) => Dynamic,
): Dynamic {
  let acc = initial;
  const mapped: Dynamic[] = [];
  for (const item of elements(collection)) {
    const [items, next] = fun(item, acc);
    acc = next;
    if (items === "halt") break;
    mapped.push(...elements(items));
  }
  return [mapped, acc];
}

/** `{item, index}` from an offset, or what a function makes of item and index. */
export function withIndex(collection: Dynamic, from: Dynamic = 0): Dynamic[] {
  if (typeof from === "function") return elements(collection).map((item, index) => from(item, index));
  return elements(collection).map((item, index) => [item, add(from, index)]);
}

/** All accumulators on the way. */
export function scan(
  collection: Dynamic,
  ...rest:
    | readonly [fun: (item: Dynamic, acc: Dynamic) => Dynamic]
    | readonly [initial: Dynamic, fun: (item: Dynamic, acc: Dynamic) => Dynamic]
): Dynamic[] {
  const items = elements(collection);
  const fun = rest.length === 1 ? rest[0] : rest[1];
  let acc = rest.length === 1 ? undefined : rest[0];
  return items.map((item) => {
    acc = acc === undefined ? item : fun(item, acc);
    return acc;
  });
}
