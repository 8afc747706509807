import type { Dynamic } from "../../json.ts";
import { isRealDate, readDate } from "./date.ts";
import { clockOf, dateOf, readInstant } from "./instant.ts";

/** `date.year`, `datetime.hour` …; undefined when the text is no date or has no such field. */
export function dateField(text: string, name: string): Dynamic | undefined {
  const fields = fieldsOf(text);
  return fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function fieldsOf(text: string): { readonly [name: string]: Dynamic } | null {
  const date = readDate(text);
  if (date) return isRealDate(date) ? { ...date } : null;
  const read = readInstant(text);
  if (read.kind === "error") return null;
  const { microseconds, precision } = read.instant;
  const zone = { time_zone: "Etc/UTC", zone_abbr: "UTC", utc_offset: 0, std_offset: 0 };
  return { ...dateOf(read.instant), ...clockOf(read.instant), microsecond: [microseconds, precision], ...zone };
}
