import type { Dynamic } from "../../json.ts";
import { compareInstants, type Instant, requireInstant, writeInstant } from "../calendar/instant.ts";
import { microsecondsIn, precisionOf } from "../calendar/unit.ts";
import { requireInteger } from "../core/require.ts";
import { argumentError, functionClauseError } from "../errors.ts";

const MILLION = 1_000_000n;

/** Microseconds since the epoch, exactly. */
function toMicroseconds({ seconds, microseconds }: Instant): bigint {
  return BigInt(seconds) * MILLION + BigInt(microseconds);
}

function fromMicroseconds(total: bigint, precision: number): Instant {
  const microseconds = ((total % MILLION) + MILLION) % MILLION;
  return { seconds: Number((total - microseconds) / MILLION), microseconds: Number(microseconds), precision };
}

/** Later by so many units, seconds by default; a negative amount is earlier. The fraction keeps its length. */
export function add(datetime: Dynamic, amount: Dynamic, unit: Dynamic = "second"): string {
  const instant = requireInstant(datetime, "DateTime.add/4");
  const change = requireInteger(amount, "DateTime.add/4") * microsecondsIn(unit);
  const total = toMicroseconds(instant) + BigInt(Math.trunc(change));
  return writeInstant(fromMicroseconds(total, instant.precision));
}

/** In whole units, seconds by default; positive when the first is the later. */
export function diff(left: Dynamic, right: Dynamic, unit: Dynamic = "second"): number {
  const [a, b] = [requireInstant(left, "DateTime.diff/3"), requireInstant(right, "DateTime.diff/3")];
  const difference = toMicroseconds(a) - toMicroseconds(b);
  const size = microsecondsIn(unit);
  return size >= 1 ? Number(difference / BigInt(size)) : Number(difference) / size;
}

export function compare(left: Dynamic, right: Dynamic): "lt" | "eq" | "gt" {
  const order = compareInstants(left, right);
  return order < 0 ? "lt" : order > 0 ? "gt" : "eq";
}

const KEPT_DIGITS: { readonly [unit: string]: number } = { second: 0, millisecond: 3, microsecond: 6 };

/** Without what is smaller than a `:second`, `:millisecond` or `:microsecond`. */
export function truncate(datetime: Dynamic, unit: Dynamic): string {
  const instant = requireInstant(datetime, "DateTime.truncate/2");
  const digits = KEPT_DIGITS[unit];
  if (digits === undefined) throw functionClauseError("DateTime.truncate/2");
  return writeInstant({ ...instant, precision: Math.min(instant.precision, digits) });
}

/** So many units since 1970-01-01T00:00:00Z, rounded down. */
export function toUnix(datetime: Dynamic, unit: Dynamic = "second"): number {
  const total = toMicroseconds(requireInstant(datetime, "DateTime.to_unix/2"));
  const size = microsecondsIn(unit);
  if (size < 1) return Number(total) / size;
  const divisor = BigInt(size);
  const remainder = ((total % divisor) + divisor) % divisor;
  return Number((total - remainder) / divisor);
}

/** `{:ok, datetime}` of so many units since 1970-01-01T00:00:00Z. */
export function fromUnix(
  amount: Dynamic,
  unit: Dynamic = "second",
): readonly ["ok", string] | readonly ["error", string] {
  const total = BigInt(Math.floor(requireInteger(amount, "DateTime.from_unix/3") * microsecondsIn(unit)));
  const instant = fromMicroseconds(total, precisionOf(unit));
  if (instant.seconds < EARLIEST || instant.seconds > LATEST) return ["error", "invalid_unix_time"];
  return ["ok", writeInstant(instant)];
}

/** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z. */
const EARLIEST = -62_167_219_200;
const LATEST = 253_402_300_799;

export function fromUnixOrRaise(amount: Dynamic, unit: Dynamic = "second"): string {
  const [verdict, value] = fromUnix(amount, unit);
  if (verdict === "ok") return value;
  throw argumentError(`cannot convert ${amount} to datetime, reason: :${value}`);
}
