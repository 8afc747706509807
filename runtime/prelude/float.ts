/** `Float`. Rounding looks at the exact value of the binary number, as Elixir's does: 2.675 is a little less than that. */

import type { Dynamic } from "../json.ts";
import { power } from "./core/arithmetic.ts";
import { requireNumber, requireText } from "./core/require.ts";
import { text } from "./core/text.ts";
import { argumentError } from "./errors.ts";

/** The next number up with so many digits after the point, 0 to 15. */
export function ceil(number: Dynamic, precision: Dynamic = 0): number {
  return rounded(requireNumber(number, "Float.ceil/2"), precision, (quotient, remainder) =>
    remainder > 0n ? quotient + 1n : quotient,
  );
}

export function floor(number: Dynamic, precision: Dynamic = 0): number {
  return rounded(requireNumber(number, "Float.floor/2"), precision, (quotient, remainder) =>
    remainder < 0n ? quotient - 1n : quotient,
  );
}

/** To the nearest, halves away from zero. */
export function round(number: Dynamic, precision: Dynamic = 0): number {
  return rounded(requireNumber(number, "Float.round/2"), precision, (quotient, remainder, divisor) => {
    const half = 2n * (remainder < 0n ? -remainder : remainder) >= divisor;
    return half ? quotient + (remainder < 0n ? -1n : 1n) : quotient;
  });
}

type Rounding = (quotient: bigint, remainder: bigint, divisor: bigint) => bigint;

function rounded(number: number, precision: Dynamic, rounding: Rounding): number {
  if (!Number.isInteger(precision) || precision < 0 || precision > 15) {
    throw argumentError(`precision ${text(precision)} is out of valid range of 0..15`);
  }
  const [numerator, divisor] = exactRatio(number);
  const scaled = numerator * 10n ** BigInt(precision);
  return Number(`${rounding(scaled / divisor, scaled % divisor, divisor)}e-${precision}`);
}

/** The number as a fraction, its divisor a power of two. */
function exactRatio(number: number): readonly [bigint, bigint] {
  let [numerator, divisor] = [number, 1n];
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    divisor *= 2n;
  }
  return [BigInt(numerator), divisor];
}

/** `{numerator, divisor}` of the exact value. */
export function ratio(number: Dynamic): readonly [number, number] {
  const [numerator, divisor] = exactRatio(requireNumber(number, "Float.ratio/1"));
  return [Number(numerator), Number(divisor)];
}

/** `{float, rest}` of a text that begins with a number, else `:error`. */
export function parse(subject: Dynamic): "error" | readonly [number, string] {
  const found = /^[+-]?\d+(?:\.\d+(?:e[+-]?\d+)?)?/i.exec(requireText(subject, "Float.parse/1"));
  return found ? [Number(found[0]) + 0, subject.slice(found[0].length)] : "error";
}

export function pow(base: Dynamic, exponent: Dynamic): number {
  return power(requireNumber(base, "Float.pow/2"), requireNumber(exponent, "Float.pow/2"));
}

/** As JavaScript prints it. */
function floatText(number: Dynamic): string {
  return text(requireNumber(number, "Float.to_string/1"));
}

export function maxFinite(): number {
  return Number.MAX_VALUE;
}

export function minFinite(): number {
  return -Number.MAX_VALUE;
}

export { floatText as toString };
