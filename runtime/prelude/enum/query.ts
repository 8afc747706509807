import type { Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { equals } from "../core/equals.ts";
import { requireInteger } from "../core/require.ts";
import { truthy } from "../core/truth.ts";
import { outOfBoundsError } from "../errors.ts";

type Each = (item: Dynamic) => Dynamic;
const itself: Each = (item) => item;

export function all(collection: Dynamic, fun: Each = itself): boolean {
  return elements(collection).every((item) => truthy(fun(item)));
}

export function any(collection: Dynamic, fun: Each = itself): boolean {
  return elements(collection).some((item) => truthy(fun(item)));
}

export function count(collection: Dynamic, fun?: Each): number {
  return fun ? elements(collection).filter((item) => truthy(fun(item))).length : elements(collection).length;
}

/** The count, but no more than `limit`. */
export function countUntil(
  collection: Dynamic,
  ...rest: readonly [limit: Dynamic] | readonly [fun: Each, limit: Dynamic]
): number {
  const limit = requireInteger(rest.length === 1 ? rest[0] : rest[1], `Enum.count_until/${rest.length + 1}`, 1);
  return Math.min(limit, rest.length === 1 ? count(collection) : count(collection, rest[0]));
}

export function empty(collection: Dynamic): boolean {
  return elements(collection).length === 0;
}

export function member(collection: Dynamic, value: Dynamic): boolean {
  return elements(collection).some((item) => equals(item, value));
}

/** A negative index counts from the end. */
export function at(collection: Dynamic, index: Dynamic, fallback: Dynamic = null): Dynamic {
  const found = lookUp(collection, index, "Enum.at/3");
  return found === "error" ? fallback : found[1];
}

export function fetch(collection: Dynamic, index: Dynamic): Found {
  return lookUp(collection, index, "Enum.fetch/2");
}

type Found = "error" | readonly ["ok", Dynamic];

function lookUp(collection: Dynamic, index: Dynamic, where: string): Found {
  const items = elements(collection);
  const position = requireInteger(index, where);
  const start = position < 0 ? position + items.length : position;
  return start >= 0 && start < items.length ? ["ok", items[start]] : "error";
}

export function fetchOrRaise(collection: Dynamic, index: Dynamic): Dynamic {
  const found = lookUp(collection, index, "Enum.fetch!/2");
  if (found === "error") throw outOfBoundsError();
  return found[1];
}

export function find(
  collection: Dynamic,
  ...rest: readonly [fun: Each] | readonly [fallback: Dynamic, fun: Each]
): Dynamic {
  const [fallback, fun] = rest.length === 1 ? [null, rest[0]] : rest;
  const items = elements(collection);
  const index = items.findIndex((item) => truthy(fun(item)));
  return index < 0 ? fallback : items[index];
}

export function findIndex(collection: Dynamic, fun: Each): number | null {
  const index = elements(collection).findIndex((item) => truthy(fun(item)));
  return index < 0 ? null : index;
}

/** The first truthy value the function gives. */
export function findValue(
  collection: Dynamic,
  ...rest: readonly [fun: Each] | readonly [fallback: Dynamic, fun: Each]
): Dynamic {
  const [fallback, fun] = rest.length === 1 ? [null, rest[0]] : rest;
  for (const item of elements(collection)) {
    const value = fun(item);
    if (truthy(value)) return value;
  }
  return fallback;
}
