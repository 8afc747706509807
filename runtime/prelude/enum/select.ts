import type { Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { equals } from "../core/equals.ts";
import { requireInteger } from "../core/require.ts";
import { truthy } from "../core/truth.ts";
import { Distinct } from "./distinct.ts";

type Each = (item: Dynamic) => Dynamic;
const itself: Each = (item) => item;

export function filter(collection: Dynamic, fun: Each): Dynamic[] {
  return elements(collection).filter((item) => truthy(fun(item)));
}

export function reject(collection: Dynamic, fun: Each): Dynamic[] {
  return elements(collection).filter((item) => !truthy(fun(item)));
}

/** The first items; with a negative amount the last. */
export function take(collection: Dynamic, amount: Dynamic): Dynamic[] {
  const size = requireInteger(amount, "Enum.take/2");
  const items = elements(collection);
  return size >= 0 ? items.slice(0, size) : items.slice(size);
}

/** All but the first items; with a negative amount all but the last. */
export function drop(collection: Dynamic, amount: Dynamic): Dynamic[] {
  const size = requireInteger(amount, "Enum.drop/2");
  const items = elements(collection);
  return size >= 0 ? items.slice(size) : items.slice(0, size);
}

export function takeEvery(collection: Dynamic, nth: Dynamic): Dynamic[] {
  const step = requireInteger(nth, "Enum.take_every/2", 0);
  return elements(collection).filter((_, index) => step > 0 && index % step === 0);
}

export function dropEvery(collection: Dynamic, nth: Dynamic): Dynamic[] {
  const step = requireInteger(nth, "Enum.drop_every/2", 0);
  return elements(collection).filter((_, index) => step === 0 || index % step !== 0);
}

export function takeWhile(collection: Dynamic, fun: Each): Dynamic[] {
  return splitWhile(collection, fun)[0];
}

export function dropWhile(collection: Dynamic, fun: Each): Dynamic[] {
  return splitWhile(collection, fun)[1];
}

/** `{while, rest}`. */
export function splitWhile(collection: Dynamic, fun: Each): [Dynamic[], Dynamic[]] {
  const items = elements(collection);
  const end = items.findIndex((item) => !truthy(fun(item)));
  return end < 0 ? [[...items], []] : [items.slice(0, end), items.slice(end)];
}

/** `{first, rest}`; a negative amount counts from the end. */
export function split(collection: Dynamic, amount: Dynamic): [Dynamic[], Dynamic[]] {
  const items = elements(collection);
  const size = requireInteger(amount, "Enum.split/2");
  const end = size >= 0 ? size : Math.max(0, items.length + size);
  return [items.slice(0, end), items.slice(end)];
}

/** `{matching, others}`. */
export function splitWith(collection: Dynamic, fun: Each): [Dynamic[], Dynamic[]] {
  const matching: Dynamic[] = [];
  const others: Dynamic[] = [];
  for (const item of elements(collection)) (truthy(fun(item)) ? matching : others).push(item);
  return [matching, others];
}

export function uniq(collection: Dynamic): Dynamic[] {
  return uniqBy(collection, itself);
}

export function uniqBy(collection: Dynamic, fun: Each): Dynamic[] {
  const seen = new Distinct();
  return elements(collection).filter((item) => seen.add(fun(item)));
}

export function dedup(collection: Dynamic): Dynamic[] {
  return dedupBy(collection, itself);
}

/** Of neighbours with the same key only the first. */
export function dedupBy(collection: Dynamic, fun: Each): Dynamic[] {
  const items = elements(collection);
  const keys = items.map((item) => fun(item));
  return items.filter((_, index) => index === 0 || !equals(keys[index - 1], keys[index]));
}
