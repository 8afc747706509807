/** Largest and smallest. Each takes, in this order, a sorter and what to answer for an empty collection; either may be left out. */

import type { Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { type Precedes, precedence, succession } from "../core/sorter.ts";
import { emptyError } from "../errors.ts";

type Each = (item: Dynamic) => Dynamic;
type Fallback = () => Dynamic;
const itself: Each = (item) => item;

export function max(collection: Dynamic, sorterOrFallback?: Dynamic, fallback?: Fallback): Dynamic {
  return maxBy(collection, itself, sorterOrFallback, fallback);
}

export function min(collection: Dynamic, sorterOrFallback?: Dynamic, fallback?: Fallback): Dynamic {
  return minBy(collection, itself, sorterOrFallback, fallback);
}

export function maxBy(collection: Dynamic, key: Each, sorterOrFallback?: Dynamic, fallback?: Fallback): Dynamic {
  const [sorter, whenEmpty] = options(sorterOrFallback, fallback);
  return first(elements(collection), key, succession(sorter), whenEmpty);
}

export function minBy(collection: Dynamic, key: Each, sorterOrFallback?: Dynamic, fallback?: Fallback): Dynamic {
  const [sorter, whenEmpty] = options(sorterOrFallback, fallback);
  return first(elements(collection), key, precedence(sorter), whenEmpty);
}

/** `{min, max}`. */
export function minMax(collection: Dynamic, fallback?: Fallback): Dynamic {
  return minMaxBy(collection, itself, fallback);
}

export function minMaxBy(collection: Dynamic, key: Each, sorterOrFallback?: Dynamic, fallback?: Fallback): Dynamic {
  const [sorter, whenEmpty] = options(sorterOrFallback, fallback);
  const items = elements(collection);
  if (items.length === 0) return whenEmpty();
  const precedes = precedence(sorter);
  return [first(items, key, precedes, whenEmpty), first(items, key, (a, b) => !precedes(a, b), whenEmpty)];
}

/** A function without parameters is a fallback. */
function options(sorterOrFallback: Dynamic, fallback: Fallback = raiseEmpty): readonly [Dynamic, Fallback] {
  if (typeof sorterOrFallback === "function" && sorterOrFallback.length === 0) return ["asc", sorterOrFallback];
  return [sorterOrFallback ?? "asc", fallback];
}

function raiseEmpty(): never {
  throw emptyError();
}

function first(items: readonly Dynamic[], key: Each, precedes: Precedes, whenEmpty: Fallback): Dynamic {
  if (items.length === 0) return whenEmpty();
  const keyed = items.map((item) => [key(item), item] as const);
  return keyed.reduce((best, next) => (precedes(best[0], next[0]) ? best : next))[1];
}
