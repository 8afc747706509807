import type { Dynamic } from "../../json.ts";
import {
  daysInMonth as daysOfMonth,
  isLeapYear,
  isoDayOfWeek,
  requireDate,
  toEpochDays,
  writeDate,
} from "../calendar/date.ts";
import { functionClauseError } from "../errors.ts";

/** Days from 0000-01-01 to 1970-01-01. */
export const GREGORIAN_EPOCH = 719_528;

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** From 1 to 7, Monday being 1, or the day that `starting_on` names. */
export function dayOfWeek(date: Dynamic, startingOn: Dynamic = "default"): number {
  const first = startingOn === "default" ? 0 : WEEKDAYS.indexOf(startingOn);
  if (first < 0) throw functionClauseError("Date.day_of_week/2");
  const day = isoDayOfWeek(toEpochDays(requireDate(date, "Date.day_of_week/2")));
  return ((day - 1 - first + 7) % 7) + 1;
}

export function dayOfYear(date: Dynamic): number {
  const { year, month, day } = requireDate(date, "Date.day_of_year/1");
  return toEpochDays({ year, month, day }) - toEpochDays({ year, month: 1, day: 1 }) + 1;
}

/** `{day, era}`: era 1 begins with year 1, era 0 counts backwards. */
export function dayOfEra(date: Dynamic): readonly [number, number] {
  const days = toEpochDays(requireDate(date, "Date.day_of_era/1"));
  const firstDay = toEpochDays({ year: 1, month: 1, day: 1 });
  return days >= firstDay ? [days - firstDay + 1, 1] : [firstDay - days, 0];
}

/** `{year, era}`. */
export function yearOfEra(date: Dynamic): readonly [number, number] {
  const { year } = requireDate(date, "Date.year_of_era/1");
  return year > 0 ? [year, 1] : [1 - year, 0];
}

export function daysInMonth(date: Dynamic): number {
  const { year, month } = requireDate(date, "Date.days_in_month/1");
  return daysOfMonth(year, month);
}

export function leapYear(date: Dynamic): boolean {
  return isLeapYear(requireDate(date, "Date.leap_year?/1").year);
}

export function monthsInYear(date: Dynamic): number {
  requireDate(date, "Date.months_in_year/1");
  return 12;
}

export function quarterOfYear(date: Dynamic): number {
  return Math.ceil(requireDate(date, "Date.quarter_of_year/1").month / 3);
}

/** `{year, month, day}`. */
export function toErl(date: Dynamic): readonly [number, number, number] {
  const { year, month, day } = requireDate(date, "Date.to_erl/1");
  return [year, month, day];
}

/** Days since 0000-01-01. */
export function toGregorianDays(date: Dynamic): number {
  return toEpochDays(requireDate(date, "Date.to_gregorian_days/1")) + GREGORIAN_EPOCH;
}

export function dateText(date: Dynamic): string {
  return writeDate(requireDate(date, "Date.to_string/1"));
}

/** `2024-02-29`, or `20240229` in the `:basic` format. */
export function toIso8601(date: Dynamic, format: Dynamic = "extended"): string {
  const text = writeDate(requireDate(date, "Date.to_iso8601/2"));
  return format === "basic" ? text.replace(/(?!^)-/g, "") : text;
}
