import type { Dynamic } from "../../json.ts";
import { inspect } from "../core/inspect.ts";
import { argumentError } from "../errors.ts";

const MICROSECONDS: { readonly [unit: string]: number } = {
  day: 86_400_000_000,
  hour: 3_600_000_000,
  minute: 60_000_000,
  second: 1_000_000,
  millisecond: 1000,
  microsecond: 1,
};

/** How many microseconds a unit of time has; units can also be given as parts per second. */
export function microsecondsIn(unit: Dynamic): number {
  const known = typeof unit === "string" ? MICROSECONDS[unit] : undefined;
  if (known !== undefined) return known;
  if (unit === "nanosecond") return 0.001;
  if (Number.isInteger(unit) && unit > 0) return 1_000_000 / unit;
  throw argumentError(
    `unsupported time unit. Expected :day, :hour, :minute, :second, :millisecond, :microsecond, :nanosecond, or a positive integer, got ${inspect(unit)}`,
  );
}

/** Digits of a second's fraction that a unit needs. */
export function precisionOf(unit: Dynamic): number {
  const microseconds = microsecondsIn(unit);
  if (microseconds >= 1_000_000) return 0;
  return Math.min(6, Math.ceil(Math.log10(1_000_000 / microseconds)));
}
