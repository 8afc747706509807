/** Dates of the proleptic Gregorian calendar as ISO 8601 text, `2024-02-29`, years -9999 to 9999. */

import type { Dynamic } from "../../json.ts";
import { functionClauseError } from "../errors.ts";

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const ISO_DATE = /^(-?\d{4})-(\d\d)-(\d\d)$/;

/** Null when the text does not have the form; whether the day exists is for `isRealDate` to say. */
export function readDate(text: string): CivilDate | null {
  const match = ISO_DATE.exec(text);
  return match && { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

/** True when there is such a day. */
export function isRealDate({ year, month, day }: CivilDate): boolean {
  return Math.abs(year) <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** ISO 8601 text. */
export function writeDate({ year, month, day }: CivilDate): string {
  const sign = year < 0 ? "-" : "";
  return `${sign}${pad(Math.abs(year), 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** A whole number with leading zeros. */
export function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** True for years with a 29th of February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of the month, from 1. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : MONTH_LENGTHS[month - 1]!;
}

const ERA_DAYS = 146_097;
const ERA_YEARS = 400;
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH = 719_468;

/** Days since 1970-01-01. Years are counted from March, so that the leap day is a year's last. */
export function toEpochDays({ year, month, day }: CivilDate): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / ERA_YEARS);
  const yearOfEra = marchYear - era * ERA_YEARS;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA_DAYS + dayOfEra - EPOCH;
}

/** The day that is so many days after 1970-01-01. */
export function fromEpochDays(days: number): CivilDate {
  const shifted = days + EPOCH;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: era * ERA_YEARS + yearOfEra + (month <= 2 ? 1 : 0), month, day };
}

/** Monday is 1, Sunday 7. */
export function isoDayOfWeek(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** Negative, zero or positive, of two dates as text. */
export function compareDates(left: Dynamic, right: Dynamic): number {
  return toEpochDays(requireDate(left, "Date.compare/2")) - toEpochDays(requireDate(right, "Date.compare/2"));
}

/** A real date, or a date and time's date; anything else is the FunctionClauseError of `where`. */
export function requireDate(value: Dynamic, where: string): CivilDate {
  const date = typeof value === "string" ? readDate(value.replace(/[T ].*$/, "")) : null;
  if (date && isRealDate(date)) return date;
  throw functionClauseError(where);
}
