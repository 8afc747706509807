/**
 * A range is the list it stands for. That list remembers its bounds, which `slice` needs: `1..-1//1` is empty, and yet
 * means "all but the first". A range that was stored and read back is a plain list.
 */

import type { Dynamic } from "../../json.ts";
import { argumentError } from "../errors.ts";
import { inspect } from "./inspect.ts";

export interface Bounds {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

const LONGEST = 10_000_000;
const boundsOfRange = new WeakMap<readonly Dynamic[], Bounds>();

/** `first..last`, as a list that runs towards `last`; or a range with another step, `(first..last)//step`. */
export function range(
  ...args: readonly [first: Dynamic, last: Dynamic] | readonly [range: readonly Dynamic[], step: Dynamic]
): number[] {
  const bounds = Array.isArray(args[0]) ? boundsOf(args[0]) : undefined;
  return bounds ? rangeOf(bounds.first, bounds.last, args[1]) : rangeOf(args[0], args[1]);
}

function rangeOf(first: Dynamic, last: Dynamic, step?: Dynamic): number[] {
  const bounds = { first, last, step: step ?? (first <= last ? 1 : -1) };
  check(bounds, step);
  const length = Math.max(0, Math.floor((last - first) / bounds.step) + 1);
  if (length > LONGEST) throw argumentError(`the range ${first}..${last} has more than ${LONGEST} items`);
  const items = Array.from({ length }, (_, index) => first + index * bounds.step);
  boundsOfRange.set(items, bounds);
  return items;
}

/** The bounds of a list that was written as a range. */
export function boundsOf(list: readonly Dynamic[]): Bounds | undefined {
  return boundsOfRange.get(list);
}

function check({ first, last, step }: Bounds, given: Dynamic): void {
  const text = `${inspect(first)}..${inspect(last)}${given === undefined ? "" : `//${inspect(given)}`}`;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) {
    throw argumentError(`ranges (first..last//step) expect both sides to be integers, got: ${text}`);
  }
  if (!Number.isSafeInteger(step) || step === 0) {
    throw argumentError(`ranges (first..last//step) expect the step to be a non-zero integer, got: ${text}`);
  }
}
