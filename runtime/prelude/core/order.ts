/**
 * Elixir's order of all values: number < false < nil < true < map < list < text. Lists go item by item; maps by size, then
 * keys, then values. Texts go by code point, which UTF-16's own order does not.
 */
import type { Dynamic } from "../../json.ts";

/** Negative, zero or positive. */
export function compare(left: Dynamic, right: Dynamic): number {
  const rank = rankOf(left);
  const difference = rank - rankOf(right);
  return difference === 0 ? COMPARE_WITHIN[rank]!(left, right) : difference;
}

const [NUMBER, FALSE, NIL, TRUE, FUNCTION, MAP, LIST, TEXT] = [0, 1, 2, 3, 4, 5, 6, 7];

function rankOf(value: Dynamic): number {
  if (typeof value === "number") return NUMBER;
  if (typeof value === "string") return TEXT;
  if (typeof value === "boolean") return value ? TRUE : FALSE;
  if (value === null || value === undefined) return NIL;
  if (typeof value === "function") return FUNCTION;
  return Array.isArray(value) ? LIST : MAP;
}

const same = () => 0;
const COMPARE_WITHIN: readonly ((left: Dynamic, right: Dynamic) => number)[] = [
  (left: number, right: number) => left - right,
  same,
  same,
  same,
  same,
  compareMaps,
  compareLists,
  compareText,
];

/** By code point. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return codePointRank(a) - codePointRank(b);
  }
  return left.length - right.length;
}

/** A surrogate is half of a code point past U+FFFF, so it comes after every unit that stands for itself. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function compareLists(left: readonly Dynamic[], right: readonly Dynamic[]): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = compare(left[index], right[index]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compareMaps(left: Dynamic, right: Dynamic): number {
  const leftKeys = Object.keys(left).sort(compareText);
  const rightKeys = Object.keys(right).sort(compareText);
  if (leftKeys.length !== rightKeys.length) return leftKeys.length - rightKeys.length;
  const keys = compareLists(leftKeys, rightKeys);
  if (keys !== 0) return keys;
  return compareLists(
    leftKeys.map((key) => left[key]),
    leftKeys.map((key) => right[key]),
  );
}
