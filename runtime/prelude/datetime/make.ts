import type { Io } from "../../io.ts";
import type { Dynamic } from "../../json.ts";
import { writeDate } from "../calendar/date.ts";
import { dateOf, readInstant, requireInstant, writeInstant } from "../calendar/instant.ts";
import { inspect } from "../core/inspect.ts";
import { requireInteger, requireText } from "../core/require.ts";
import { argumentError } from "../errors.ts";

type Result = readonly ["ok", string] | readonly ["error", string];

/** Seconds from 0000-01-01T00:00:00Z to 1970-01-01T00:00:00Z. */
const GREGORIAN_EPOCH = 62_167_219_200;

export function utcNow(io: Io): string {
  return io.now();
}

/** There is one time zone, `Etc/UTC`. */
export function now(io: Io, zone: Dynamic): Result {
  return zone === "Etc/UTC" ? ["ok", io.now()] : ["error", "utc_only_time_zone_database"];
}

export function nowOrRaise(io: Io, zone: Dynamic): string {
  return orRaise(
    now(io, zone),
    (reason) => `cannot get current datetime in ${inspect(zone)} time zone, reason: ${reason}`,
  );
}

export function shiftZone(datetime: Dynamic, zone: Dynamic): Result {
  const instant = requireInstant(datetime, "DateTime.shift_zone/3");
  return zone === "Etc/UTC" ? ["ok", writeInstant(instant)] : ["error", "utc_only_time_zone_database"];
}

export function shiftZoneOrRaise(datetime: Dynamic, zone: Dynamic): string {
  return orRaise(
    shiftZone(datetime, zone),
    (reason) => `cannot shift ${datetime} to ${inspect(zone)} time zone, reason: ${reason}`,
  );
}

/** `{:ok, datetime, offset in seconds}`: the time in UTC, and how far the text was from it. */
export function fromIso8601(text: Dynamic): readonly ["ok", string, number] | readonly ["error", string] {
  const read = readInstant(requireText(text, "DateTime.from_iso8601/3"));
  return read.kind === "error" ? ["error", read.reason] : ["ok", writeInstant(read.instant), read.offset];
}

/** Of a date and a time as text, `~D[2024-02-29]` and `"12:30:00"`. */
export function new_(date: Dynamic, time: Dynamic, zone: Dynamic = "Etc/UTC"): Result {
  if (zone !== "Etc/UTC") return ["error", "utc_only_time_zone_database"];
  const read = readInstant(`${requireText(date, "DateTime.new/4")}T${requireText(time, "DateTime.new/4")}Z`);
  return read.kind === "error" ? ["error", read.reason] : ["ok", writeInstant(read.instant)];
}

export function newOrRaise(date: Dynamic, time: Dynamic, zone: Dynamic = "Etc/UTC"): string {
  return orRaise(
    new_(date, time, zone),
    (reason) => `cannot build datetime with ${date} and ${time}, reason: ${reason}`,
  );
}

/** So many seconds after the year 0, and a fraction `{microseconds, precision}`. */
export function fromGregorianSeconds(seconds: Dynamic, fraction: Dynamic = [0, 0]): string {
  const [microseconds, precision] = fraction;
  const epochSeconds = requireInteger(seconds, "DateTime.from_gregorian_seconds/3") - GREGORIAN_EPOCH;
  return writeInstant({ seconds: epochSeconds, microseconds, precision });
}

/** `{seconds since the year 0, microseconds}`. */
export function toGregorianSeconds(datetime: Dynamic): readonly [number, number] {
  const { seconds, microseconds } = requireInstant(datetime, "DateTime.to_gregorian_seconds/1");
  return [seconds + GREGORIAN_EPOCH, microseconds];
}

export function toDate(datetime: Dynamic): string {
  return writeDate(dateOf(requireInstant(datetime, "DateTime.to_date/1")));
}

/** The time of day as text, `12:30:00`. */
export function toTime(datetime: Dynamic): string {
  const iso = writeInstant(requireInstant(datetime, "DateTime.to_time/1"));
  return iso.slice(iso.indexOf("T") + 1, -1);
}

function orRaise(result: Result, message: (reason: string) => string): string {
  const [verdict, value] = result;
  if (verdict === "ok") return value;
  throw argumentError(message(`:${value}`));
}
