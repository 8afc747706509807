/** `Integer`. */

import type { Dynamic } from "../json.ts";
import { number, power, div as quotient, rem } from "./core/arithmetic.ts";
import { requireInteger, requireText } from "./core/require.ts";
import { argumentError, arithmeticError, badArgument } from "./errors.ts";
import { isDigit } from "./string/convert.ts";

/** Least significant last; of a negative number all are negative. */
export function digits(integer: Dynamic, base: Dynamic = 10): number[] {
  const value = requireInteger(integer, "Integer.digits/2");
  const radix = requireInteger(base, "Integer.digits/2", 2);
  const found: number[] = [];
  let rest = value;
  do {
    found.unshift(rem(rest, radix));
    rest = quotient(rest, radix);
  } while (rest !== 0);
  return found;
}

export function undigits(list: Dynamic, base: Dynamic = 10): number {
  const radix = requireInteger(base, "Integer.undigits/2", 2);
  return list.reduce((value: number, digit: Dynamic) => {
    if (digit >= radix) throw argumentError(`invalid digit ${digit} in base ${radix}`);
    return value * radix + number(digit);
  }, 0);
}

export function gcd(left: Dynamic, right: Dynamic): number {
  let [a, b] = [Math.abs(requireInteger(left, "Integer.gcd/2")), Math.abs(requireInteger(right, "Integer.gcd/2"))];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** `{gcd, m, n}` with `left * m + right * n == gcd`. */
export function extendedGcd(left: Dynamic, right: Dynamic): readonly [number, number, number] {
  let [a, b] = [requireInteger(left, "Integer.extended_gcd/2"), requireInteger(right, "Integer.extended_gcd/2")];
  let [m, nextM, n, nextN] = [1, 0, 0, 1];
  while (b !== 0) {
    const q = quotient(a, b);
    [a, b] = [b, a - q * b];
    [m, nextM] = [nextM, m - q * nextM];
    [n, nextN] = [nextN, n - q * nextN];
  }
  return a < 0 ? [0 - a, 0 - m, 0 - n] : [a, m, n];
}

/** The quotient, rounded down. */
export function floorDiv(dividend: Dynamic, divisor: Dynamic): number {
  return (dividend - mod(dividend, divisor)) / divisor + 0;
}

/** The remainder, with the sign of the divisor. */
export function mod(dividend: Dynamic, divisor: Dynamic): number {
  const remainder = rem(dividend, divisor);
  return remainder !== 0 && remainder < 0 !== divisor < 0 ? remainder + divisor : remainder;
}

export function isEven(integer: Dynamic): boolean {
  return remainderOfTwo(integer) === 0;
}

export function isOdd(integer: Dynamic): boolean {
  return remainderOfTwo(integer) !== 0;
}

function remainderOfTwo(integer: Dynamic): number {
  if (Number.isInteger(integer)) return integer % 2;
  throw arithmeticError();
}

/** `{integer, rest}` of a text that begins with one, else `:error`. */
export function parse(text: Dynamic, base: Dynamic = 10): "error" | readonly [number, string] {
  const subject = requireText(text, "Integer.parse/2");
  if (!Number.isInteger(base) || base < 2 || base > 36) throw argumentError(`invalid base ${base}`);
  const sign = /^[+-]/.exec(subject)?.[0] ?? "";
  let end = sign.length;
  while (end < subject.length && isDigit(subject[end]!, base)) end += 1;
  if (end === sign.length) return "error";
  const value = Number.parseInt(subject.slice(sign.length, end), base);
  return [sign === "-" ? 0 - value : value, subject.slice(end)];
}

/** `exponent` is zero or more. */
export function pow(base: Dynamic, exponent: Dynamic): number {
  return power(requireInteger(base, "Integer.pow/2"), requireInteger(exponent, "Integer.pow/2", 0));
}

function integerText(integer: Dynamic, base: Dynamic = 10): string {
  if (!Number.isInteger(integer)) throw badArgument(1, "not an integer");
  return integer.toString(base).toUpperCase();
}

export { integerText as toString };
