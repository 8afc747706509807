/**
 * Arithmetic on operands whose types are not known. Results are finite or an ArithmeticError; zero has no sign, so that
 * a value is the same before and after it was stored.
 */

import type { Dynamic } from "../../json.ts";
import { arithmeticError } from "../errors.ts";

/** The operand, or an ArithmeticError when it is no number. */
export function number(value: Dynamic): number {
  if (typeof value === "number") return value;
  throw arithmeticError();
}

function integer(value: Dynamic): number {
  if (Number.isInteger(value)) return value;
  throw arithmeticError();
}

/** The result of plain arithmetic, or an ArithmeticError when it is NaN or infinite. */
export function finite(value: number): number {
  if (Number.isFinite(value)) return value + 0;
  throw arithmeticError();
}

/** `left + right`. */
export function add(left: Dynamic, right: Dynamic): number {
  return finite(number(left) + number(right));
}

/** `left - right`. */
export function subtract(left: Dynamic, right: Dynamic): number {
  return finite(number(left) - number(right));
}

/** `left * right`. */
export function multiply(left: Dynamic, right: Dynamic): number {
  return finite(number(left) * number(right));
}

/** `left / right`. */
export function divide(left: Dynamic, right: Dynamic): number {
  return finite(number(left) / number(right));
}

/** `left ** right`. */
export function power(left: Dynamic, right: Dynamic): number {
  return finite(number(left) ** number(right));
}

/** `-value`. */
export function negate(value: Dynamic): number {
  return 0 - number(value);
}

/** `div(left, right)`: the integer quotient, towards zero. */
export function div(left: Dynamic, right: Dynamic): number {
  const remainder = rem(left, right);
  return (left - remainder) / right + 0;
}

/** `rem(left, right)`: the remainder, with the sign of `left`. */
export function rem(left: Dynamic, right: Dynamic): number {
  return finite(integer(left) % integer(right));
}
