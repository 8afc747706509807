/**
 * Points in time as ISO 8601 text in UTC, `2024-02-29T12:00:00.250Z`. The digits of the fraction, none to six, are part of
 * the value: they are its precision.
 */

import type { Dynamic } from "../../json.ts";
import { functionClauseError } from "../errors.ts";
import { type CivilDate, fromEpochDays, isRealDate, pad, readDate, toEpochDays, writeDate } from "./date.ts";

export interface Instant {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  readonly seconds: number;
  /** 0 to 999 999. */
  readonly microseconds: number;
  /** Digits of the fraction that count, 0 to 6. */
  readonly precision: number;
}

export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export const SECONDS_PER_DAY = 86_400;
const ISO_DATETIME = /^(-?\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:(Z)|([+-])(\d\d):?(\d\d))?$/i;

export type ReadInstant =
  | { readonly kind: "instant"; readonly instant: Instant; readonly offset: number }
  | { readonly kind: "error"; readonly reason: "invalid_format" | "invalid_date" | "invalid_time" | "missing_offset" };

/** Reads a date and time with offset; `offset` is in seconds and has been subtracted. */
export function readInstant(text: string): ReadInstant {
  const match = ISO_DATETIME.exec(text);
  const date = match && readDate(match[1]!);
  if (!match || !date) return { kind: "error", reason: "invalid_format" };
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4])];
  if (hour > 23 || minute > 59 || second > 59) return { kind: "error", reason: "invalid_time" };
  if (!isRealDate(date)) return { kind: "error", reason: "invalid_date" };
  const offset = readOffset(match);
  if (offset === null) return { kind: "error", reason: "missing_offset" };
  const seconds = toEpochDays(date) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second - offset;
  return { kind: "instant", instant: { seconds, ...readFraction(match[5] ?? "") }, offset };
}

function readOffset(match: RegExpExecArray): number | null {
  if (match[6]) return 0;
  if (!match[7]) return null;
  const seconds = Number(match[8]) * 3600 + Number(match[9]) * 60;
  return match[7] === "-" ? 0 - seconds : seconds;
}

function readFraction(digits: string): { microseconds: number; precision: number } {
  return { microseconds: Number(digits.slice(0, 6).padEnd(6, "0")), precision: Math.min(digits.length, 6) };
}

/** ISO 8601 text in UTC, `separator` between date and time. */
export function writeInstant(instant: Instant, separator = "T"): string {
  const { hour, minute, second } = clockOf(instant);
  const time = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}`;
  return `${writeDate(dateOf(instant))}${separator}${time}${fraction(instant)}Z`;
}

function fraction({ microseconds, precision }: Instant): string {
  return precision === 0 ? "" : `.${pad(microseconds, 6).slice(0, precision)}`;
}

/** The day it falls on, in UTC. */
export function dateOf({ seconds }: Instant): CivilDate {
  return fromEpochDays(Math.floor(seconds / SECONDS_PER_DAY));
}

/** The time of its day, in UTC. */
export function clockOf({ seconds }: Instant): ClockTime {
  const ofDay = seconds - Math.floor(seconds / SECONDS_PER_DAY) * SECONDS_PER_DAY;
  return { hour: Math.floor(ofDay / 3600), minute: Math.floor(ofDay / 60) % 60, second: ofDay % 60 };
}

/** A date and time; anything else is the FunctionClauseError of `where`. */
export function requireInstant(value: Dynamic, where: string): Instant {
  const read = typeof value === "string" ? readInstant(value) : null;
  if (read?.kind === "instant") return read.instant;
  throw functionClauseError(where);
}

/** Negative, zero or positive, of two dates and times as text. */
export function compareInstants(left: Dynamic, right: Dynamic): number {
  const [a, b] = [requireInstant(left, "DateTime.compare/2"), requireInstant(right, "DateTime.compare/2")];
  return a.seconds - b.seconds || a.microseconds - b.microseconds;
}
