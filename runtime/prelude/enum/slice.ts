import type { Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { inspect } from "../core/inspect.ts";
import { type Bounds, boundsOf } from "../core/range.ts";
import { requireInteger } from "../core/require.ts";
import { argumentError, functionClauseError } from "../errors.ts";

/** So many items from a start, or the items at a range of indices; negative ones count from the end. */
export function slice(collection: Dynamic, start: Dynamic, amount?: Dynamic): Dynamic[] {
  const items = elements(collection);
  if (amount === undefined) return sliceRange(items, rangeOf(start, "Enum.slice/2"));
  const first = Math.max(0, fromEnd(requireInteger(start, "Enum.slice/3"), items.length));
  return items.slice(first, first + requireInteger(amount, "Enum.slice/3", 0));
}

/** The bounds of an argument that has to be a range: of a list that was one, or that reads like one. */
export function rangeOf(value: Dynamic, where: string): Bounds {
  if (!Array.isArray(value)) throw functionClauseError(where);
  const bounds = boundsOf(value) ?? inferBounds(value, where);
  if (bounds.step > 0) return bounds;
  if (bounds.step === -1) return { ...bounds, step: 1 };
  const text = `${bounds.first}..${bounds.last}//${bounds.step}`;
  throw argumentError(`${where} does not accept ranges with negative steps, got: ${text}`);
}

function inferBounds(list: readonly Dynamic[], where: string): Bounds {
  const [first, second = first + 1] = list;
  const step = second - first;
  if (list.length > 0 && list.every((item, index) => item === first + index * step)) {
    return { first, last: list[list.length - 1], step };
  }
  throw argumentError(`${where} expects a range, got: ${inspect(list)}`);
}

/** The items at a range of indices. */
export function sliceRange<T>(items: readonly T[], { first, last, step }: Bounds): T[] {
  const from = Math.max(0, fromEnd(first, items.length));
  const to = fromEnd(last, items.length);
  return items.slice(from, Math.max(to + 1, from)).filter((_, index) => index % step === 0);
}

function fromEnd(index: number, length: number): number {
  return index < 0 ? index + length : index;
}
