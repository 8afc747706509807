import type { Io } from "../../io.ts";
import type { Dynamic } from "../../json.ts";
import { type CivilDate, fromEpochDays, isRealDate, readDate, writeDate } from "../calendar/date.ts";
import { inspect } from "../core/inspect.ts";
import { requireInteger, requireText } from "../core/require.ts";
import { argumentError } from "../errors.ts";
import { GREGORIAN_EPOCH } from "./parts.ts";

type Result = readonly ["ok", string] | readonly ["error", string];

export function utcToday(io: Io): string {
  return io.now().slice(0, io.now().indexOf("T"));
}

export function new_(year: Dynamic, month: Dynamic, day: Dynamic): Result {
  const date = {
    year: requireInteger(year, "Date.new/4"),
    month: requireInteger(month, "Date.new/4"),
    day: requireInteger(day, "Date.new/4"),
  };
  return checked(date);
}

export function newOrRaise(year: Dynamic, month: Dynamic, day: Dynamic): string {
  const [verdict, value] = new_(year, month, day);
  if (verdict === "ok") return value;
  throw argumentError(`cannot build date, reason: :${value}`);
}

/** `{:ok, date}`, or `{:error, :invalid_format}`, or `{:error, :invalid_date}` for a day that does not exist. */
export function fromIso8601(text: Dynamic): Result {
  const date = readDate(requireText(text, "Date.from_iso8601/2"));
  return date ? checked(date) : ["error", "invalid_format"];
}

export function fromIso8601OrRaise(text: Dynamic): string {
  const [verdict, value] = fromIso8601(text);
  if (verdict === "ok") return value;
  throw argumentError(`cannot parse ${inspect(text)} as date, reason: :${value}`);
}

/** Of `{year, month, day}`. */
export function fromErl(tuple: Dynamic): Result {
  const [year, month, day] = tuple;
  return new_(year, month, day);
}

export function fromErlOrRaise(tuple: Dynamic): string {
  const [verdict, value] = fromErl(tuple);
  if (verdict === "ok") return value;
  throw argumentError(`cannot convert ${inspect(tuple)} to date, reason: :${value}`);
}

/** The day so many days after 0000-01-01. */
export function fromGregorianDays(days: Dynamic): string {
  return writeDate(fromEpochDays(requireInteger(days, "Date.from_gregorian_days/2") - GREGORIAN_EPOCH));
}

function checked(date: CivilDate): Result {
  return isRealDate(date) ? ["ok", writeDate(date)] : ["error", "invalid_date"];
}
