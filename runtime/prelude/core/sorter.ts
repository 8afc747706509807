/**
 * How `sort`, `max` and their like are told the order: nothing or `:asc`, `:desc`, a function that says whether its first
 * argument may come before its second, a module with a `compare` (a module is its name as a value), or `{:desc, Module}`.
 */

import type { Dynamic } from "../../json.ts";
import { compareDates } from "../calendar/date.ts";
import { compareInstants } from "../calendar/instant.ts";
import { argumentError } from "../errors.ts";
import { inspect } from "./inspect.ts";
import { compare } from "./order.ts";
import { truthy } from "./truth.ts";

/** Whether `left` may come before `right`. */
export type Precedes = (left: Dynamic, right: Dynamic) => boolean;

type Compare = (left: Dynamic, right: Dynamic) => number;

const BY_MODULE: { readonly [module: string]: Compare } = { Date: compareDates, DateTime: compareInstants };

/** The relation a sorter stands for. */
export function precedence(sorter: Dynamic): Precedes {
  if (typeof sorter === "function") return (left, right) => truthy(sorter(left, right));
  const order = comparison(sorter);
  return (left, right) => order(left, right) <= 0;
}

/** The opposite relation, as `max` needs it. */
export function succession(sorter: Dynamic): Precedes {
  if (typeof sorter === "function") return precedence(sorter);
  const order = comparison(sorter);
  return (left, right) => order(left, right) >= 0;
}

function comparison(sorter: Dynamic): Compare {
  const [direction, module] = Array.isArray(sorter) ? sorter : DIRECTIONS.has(sorter) ? [sorter] : ["asc", sorter];
  const order = module === undefined ? compare : BY_MODULE[module];
  if (!order || !DIRECTIONS.has(direction)) throw argumentError(`not an order to sort by: ${inspect(sorter)}`);
  return direction === "desc" ? (left, right) => order(right, left) : order;
}

const DIRECTIONS: ReadonlySet<Dynamic> = new Set(["asc", "desc"]);

/** A stable sort that asks the relation only once for each pair, as relations that are not total need it. */
export function sortBy(items: readonly Dynamic[], precedes: Precedes): Dynamic[] {
  if (items.length < 2) return [...items];
  const middle = items.length >> 1;
  return merge(sortBy(items.slice(0, middle), precedes), sortBy(items.slice(middle), precedes), precedes);
}

function merge(left: readonly Dynamic[], right: readonly Dynamic[], precedes: Precedes): Dynamic[] {
  const merged: Dynamic[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    merged.push(precedes(left[l], right[r]) ? left[l++] : right[r++]);
  }
  while (l < left.length) merged.push(left[l++]);
  while (r < right.length) merged.push(right[r++]);
  return merged;
}
