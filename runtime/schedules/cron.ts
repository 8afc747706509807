/** When a cron pattern is next due, in a time zone: five fields, or a word such as `@daily`. */
import { Cron } from "croner";
import { DurableError } from "../errors.ts";

/**
 * The first time after `after`, ISO 8601; null for never. A local time that summer time repeats counts once, one that it
 * skips counts as the moment after. Throws `invalid_cron` and `invalid_timezone`.
 */
export function nextRun(cron: string, timezone: string, after: string): string | null {
  refuseUnknownZone(timezone);
  return pattern(cron, timezone).nextRun(new Date(after))?.toISOString() ?? null;
}

function pattern(cron: string, timezone: string): Cron {
  try {
    return new Cron(cron.trim(), { timezone, mode: "5-part", paused: true });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new DurableError("invalid_cron", `"${cron}" is no cron pattern: ${reason}`, 'Write it as "0 9 * * MON-FRI".');
  }
}

function refuseUnknownZone(timezone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone });
  } catch {
    throw new DurableError("invalid_timezone", `There is no time zone ${timezone}.`, 'Write it as "Europe/Berlin".');
  }
}
