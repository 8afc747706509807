import type { Dynamic } from "../../json.ts";
import { compareDates, daysInMonth, fromEpochDays, requireDate, toEpochDays, writeDate } from "../calendar/date.ts";
import { requireInteger } from "../core/require.ts";
import { argumentError } from "../errors.ts";
import { dayOfWeek } from "./parts.ts";

/** So many days later; a negative number earlier. */
export function add(date: Dynamic, days: Dynamic): string {
  const epochDays = toEpochDays(requireDate(date, "Date.add/2"));
  return writeDate(fromEpochDays(epochDays + requireInteger(days, "Date.add/2")));
}

/** In days, positive when the first is the later. */
export function diff(left: Dynamic, right: Dynamic): number {
  return toEpochDays(requireDate(left, "Date.diff/2")) - toEpochDays(requireDate(right, "Date.diff/2"));
}

export function compare(left: Dynamic, right: Dynamic): "lt" | "eq" | "gt" {
  const order = compareDates(left, right);
  return order < 0 ? "lt" : order > 0 ? "gt" : "eq";
}

/** Every day from the first to the last, or every nth. */
export function range(first: Dynamic, last: Dynamic, step?: Dynamic): string[] {
  const [from, to] = [toEpochDays(requireDate(first, "Date.range/2")), toEpochDays(requireDate(last, "Date.range/2"))];
  const stride = step ?? (from <= to ? 1 : -1);
  if (!Number.isInteger(stride) || stride === 0) throw argumentError("the step must be a non-zero integer");
  const length = Math.max(0, Math.floor((to - from) / stride) + 1);
  return Array.from({ length }, (_, index) => writeDate(fromEpochDays(from + index * stride)));
}

export function beginningOfMonth(date: Dynamic): string {
  return writeDate({ ...requireDate(date, "Date.beginning_of_month/1"), day: 1 });
}

export function endOfMonth(date: Dynamic): string {
  const { year, month } = requireDate(date, "Date.end_of_month/1");
  return writeDate({ year, month, day: daysInMonth(year, month) });
}

/** Weeks begin on Monday, or on the day that `startingOn` names. */
export function beginningOfWeek(date: Dynamic, startingOn: Dynamic = "default"): string {
  return add(date, 1 - dayOfWeek(date, startingOn));
}

export function endOfWeek(date: Dynamic, startingOn: Dynamic = "default"): string {
  return add(date, 7 - dayOfWeek(date, startingOn));
}
