import type { Dynamic } from "../../json.ts";
import { badArgument } from "../errors.ts";

const aNumber = (value: Dynamic): number => {
  if (typeof value === "number") return value;
  throw badArgument(1, "not a number");
};

export function abs(value: Dynamic): number {
  return Math.abs(aNumber(value));
}

export function ceil(value: Dynamic): number {
  return Math.ceil(aNumber(value)) + 0;
}

export function floor(value: Dynamic): number {
  return Math.floor(aNumber(value)) + 0;
}

/** To the nearest integer, halves away from zero. */
export function round(value: Dynamic): number {
  const given = aNumber(value);
  const whole = Math.trunc(given);
  return (Math.abs(given - whole) >= 0.5 ? whole + Math.sign(given) : whole) + 0;
}

export function trunc(value: Dynamic): number {
  return Math.trunc(aNumber(value)) + 0;
}
