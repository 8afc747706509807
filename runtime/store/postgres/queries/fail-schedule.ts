/** Advances a schedule that could not be fired, guarded as a firing is, and turns it off when that happens too often. */
import type { ScheduleFailure } from "../../schedules.ts";
import type { Database, Statement } from "../database.ts";
import { NOW } from "../records.ts";

export const FAIL_SCHEDULE: Statement = {
  name: "durable_fail_schedule",
  text: `
UPDATE durable.schedules s SET
  next_run_at = $3::timestamptz, last_error = $4::jsonb, last_error_at = ${NOW},
  consecutive_failures = s.consecutive_failures + 1,
  enabled = s.consecutive_failures + 1 < $5::integer,
  auto_disabled_at = CASE WHEN s.consecutive_failures + 1 < $5::integer THEN s.auto_disabled_at ELSE ${NOW} END
WHERE s.name = $1 AND s.enabled AND s.next_run_at = $2::timestamptz
RETURNING s.name`,
};

export async function failSchedule(database: Database, failure: ScheduleFailure): Promise<boolean> {
  const { name, dueAt, nextRunAt, error, disableAfter } = failure;
  const parameters = [name, dueAt, nextRunAt, JSON.stringify(error), disableAfter];
  return (await database.query(FAIL_SCHEDULE, parameters)).length > 0;
}
