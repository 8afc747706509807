/** The calendar of `Durable.Wait`: points in time to wait for, in UTC. */

import type { Io } from "../io.ts";
import type { Dynamic } from "../json.ts";
import { fromEpochDays, isoDayOfWeek, pad, writeDate } from "./calendar/date.ts";
import { requireInstant, SECONDS_PER_DAY } from "./calendar/instant.ts";
import { inspect } from "./core/inspect.ts";
import { option } from "./core/option.ts";
import { argumentError } from "./errors.ts";

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const FRIDAY = 5;

/** The next Monday to Friday after today, at `hour:` (default 9). */
export function nextBusinessDay(io: Io, options?: Dynamic): string {
  let days = today(io) + 1;
  while (isoDayOfWeek(days) > FRIDAY) days += 1;
  return atHour(days, options);
}

/** The next such weekday after today, at `hour:` (default 9). */
export function nextWeekday(io: Io, weekday: Dynamic, options?: Dynamic): string {
  const wanted = WEEKDAYS.indexOf(weekday) + 1;
  if (wanted === 0) throw argumentError(`not a day of the week: ${inspect(weekday)}`);
  const from = today(io);
  const ahead = (wanted - isoDayOfWeek(from) + 7) % 7;
  return atHour(from + (ahead === 0 ? 7 : ahead), options);
}

/** Today at 23:59:59. */
export function endOfDay(io: Io, _options?: Dynamic): string {
  return `${writeDate(fromEpochDays(today(io)))}T23:59:59Z`;
}

function today(io: Io): number {
  return Math.floor(requireInstant(io.now(), "DateTime.utc_now/0").seconds / SECONDS_PER_DAY);
}

function atHour(days: number, options: Dynamic): string {
  const hour = option(options, "hour", 9);
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) throw argumentError(`not an hour of the day: ${inspect(hour)}`);
  return `${writeDate(fromEpochDays(days))}T${pad(hour, 2)}:00:00Z`;
}
