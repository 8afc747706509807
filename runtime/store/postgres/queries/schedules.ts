/** Schedules as they are registered, read and changed. What the clock does to them: fire-schedules.ts. */
import type { Schedule, ScheduleChanges, ScheduleFilter, ScheduleRegistration } from "../../schedules.ts";
import type { ExecutionError } from "../../store.ts";
import type { Database, Statement } from "../database.ts";
import { bool, data, int, nullable, object, oneOf, rows, text, time, written } from "../decode.ts";
import { NOW, records, recordset, SCHEDULE } from "../records.ts";

const COLUMNS = `s.name, s.module, s.workflow, s.state, s.resume_key AS "resumeKey", s.cron, s.timezone, s.input, s.queue,
  s.priority, s.timeout_ms::double precision AS "timeoutMs", s.overlap, s.enabled, s.next_run_at AS "nextRunAt",
  s.last_run_at AS "lastRunAt", s.last_execution_id AS "lastExecutionId", s.last_error AS "lastError",
  s.last_error_at AS "lastErrorAt", s.consecutive_failures AS "consecutiveFailures",
  s.auto_disabled_at AS "autoDisabledAt", s.created_at AS "createdAt"`;

export const UPSERT_SCHEDULES: Statement = {
  name: "durable_upsert_schedules",
  // In the order of names: workers that start together register the same ones.
  text: `
INSERT INTO durable.schedules AS s (name, module, workflow, state, resume_key, cron, timezone, input, queue, priority,
  timeout_ms, overlap, enabled, next_run_at, created_at)
SELECT g.name, g.module, g.workflow, g.state, g."resumeKey", g.cron, g.timezone, g.input, g.queue, g.priority,
  g."timeoutMs", g.overlap, g.enabled, g."nextRunAt", ${NOW}
FROM ${recordset("$1::jsonb", SCHEDULE)} g
ORDER BY g.name
ON CONFLICT (name) DO UPDATE SET
  module = excluded.module, workflow = excluded.workflow, state = excluded.state, resume_key = excluded.resume_key,
  cron = excluded.cron, timezone = excluded.timezone, input = excluded.input, queue = excluded.queue,
  priority = excluded.priority, timeout_ms = excluded.timeout_ms, overlap = excluded.overlap,
  next_run_at = CASE
    WHEN (s.cron, s.timezone) = (excluded.cron, excluded.timezone) THEN coalesce(s.next_run_at, excluded.next_run_at)
    ELSE excluded.next_run_at
  END`,
};

export const LIST_SCHEDULES: Statement = {
  name: "durable_list_schedules",
  text: `
SELECT ${COLUMNS}
FROM durable.schedules s
WHERE ($1::text IS NULL OR s.name = $1)
  AND ($2::boolean IS NULL OR s.enabled = $2)
  AND ($3::text IS NULL OR s.module = $3)
  AND ($4::text IS NULL OR s.queue = $4)
  AND ($5::text IS NULL OR s.name > $5)
ORDER BY s.name
LIMIT $6`,
};

export const UPDATE_SCHEDULE: Statement = {
  name: "durable_update_schedule",
  // A change that is not named is not in the object; null is a value of nextRunAt.
  text: `
UPDATE durable.schedules s SET
  cron = coalesce(c.changes->>'cron', s.cron),
  timezone = coalesce(c.changes->>'timezone', s.timezone),
  input = coalesce(c.changes->'input', s.input),
  queue = coalesce(c.changes->>'queue', s.queue),
  priority = coalesce((c.changes->>'priority')::integer, s.priority),
  overlap = coalesce(c.changes->>'overlap', s.overlap),
  enabled = coalesce((c.changes->>'enabled')::boolean, s.enabled),
  next_run_at = CASE WHEN c.changes ? 'nextRunAt' THEN (c.changes->>'nextRunAt')::timestamptz ELSE s.next_run_at END,
  consecutive_failures = CASE WHEN c.changes->>'enabled' = 'true' THEN 0 ELSE s.consecutive_failures END,
  auto_disabled_at = CASE WHEN c.changes->>'enabled' = 'true' THEN NULL ELSE s.auto_disabled_at END
FROM (SELECT $2::jsonb AS changes) c
WHERE s.name = $1
RETURNING ${COLUMNS}`,
};

export const DELETE_SCHEDULE: Statement = {
  name: "durable_delete_schedule",
  text: `DELETE FROM durable.schedules WHERE name = $1 RETURNING name`,
};

export const DUE_SCHEDULES: Statement = {
  name: "durable_due_schedules",
  text: `
SELECT ${COLUMNS}
FROM durable.schedules s
WHERE s.enabled AND s.next_run_at <= ${NOW}
ORDER BY s.next_run_at
LIMIT $1`,
};

export const NEXT_SCHEDULE: Statement = {
  name: "durable_next_schedule",
  text: `
SELECT s.next_run_at AS at,
  least(greatest(ceil(extract(epoch FROM s.next_run_at - ${NOW}) * 1000), 0), 2147483647)::integer AS "inMs"
FROM durable.schedules s
WHERE s.enabled AND s.next_run_at IS NOT NULL
ORDER BY s.next_run_at
LIMIT 1`,
};

const schedule = object<Schedule>({
  name: text,
  module: text,
  workflow: text,
  state: nullable(text),
  resumeKey: nullable(text),
  cron: text,
  timezone: text,
  input: data,
  queue: text,
  priority: int,
  timeoutMs: nullable(int),
  overlap: oneOf("allow", "skip"),
  enabled: bool,
  nextRunAt: nullable(time),
  lastRunAt: nullable(time),
  lastExecutionId: nullable(text),
  lastError: nullable(written<ExecutionError>()),
  lastErrorAt: nullable(time),
  consecutiveFailures: int,
  autoDisabledAt: nullable(time),
  createdAt: time,
});

export async function upsertSchedules(database: Database, schedules: readonly ScheduleRegistration[]): Promise<void> {
  await database.query(UPSERT_SCHEDULES, [records(schedules)]);
}

export async function listSchedules(database: Database, filter: ScheduleFilter): Promise<readonly Schedule[]> {
  const { enabled = null, module = null, queue = null, after = null, limit } = filter;
  const parameters = [null, enabled, module, queue, after, limit];
  return rows("listSchedules", await database.query(LIST_SCHEDULES, parameters), schedule);
}

export async function getSchedule(database: Database, name: string): Promise<Schedule | null> {
  const found = await database.query(LIST_SCHEDULES, [name, null, null, null, null, 1]);
  return rows("getSchedule", found, schedule)[0] ?? null;
}

export async function updateSchedule(
  database: Database,
  name: string,
  changes: ScheduleChanges,
): Promise<Schedule | null> {
  const found = await database.query(UPDATE_SCHEDULE, [name, JSON.stringify(changes)]);
  return rows("updateSchedule", found, schedule)[0] ?? null;
}

export async function deleteSchedule(database: Database, name: string): Promise<boolean> {
  return (await database.query(DELETE_SCHEDULE, [name])).length > 0;
}

export async function dueSchedules(database: Database, limit: number): Promise<readonly Schedule[]> {
  return rows("dueSchedules", await database.query(DUE_SCHEDULES, [limit]), schedule);
}

export async function nextSchedule(database: Database): Promise<{ readonly at: string; readonly inMs: number } | null> {
  const found = await database.query(NEXT_SCHEDULE, []);
  return rows("nextSchedule", found, object({ at: time, inMs: int }))[0] ?? null;
}
