/**
 * Claims, starts and advances due schedules. The claim is the old next run: `FOR UPDATE` asks for it again on the newest
 * version of the row, so of two that fire at once only one finds it there.
 */
import type { Firing, FiringResult } from "../../schedules.ts";
import type { Database, Statement } from "../database.ts";
import { list, object, oneOf, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { FIRING, NOW, records, recordset } from "../records.ts";
import { startScheduled } from "../start-scheduled.ts";

export const FIRE_SCHEDULES: Statement = {
  name: "durable_fire_schedules",
  text: `
WITH given AS MATERIALIZED (
  SELECT g.* FROM ${recordset("$1::jsonb", FIRING)} g
),
due AS MATERIALIZED (
  SELECT g.n, g."executionId" AS execution_id, g."nextRunAt" AS next, g.trace, s.*
  FROM given g JOIN durable.schedules s ON s.name = g.name
  WHERE s.enabled AND s.next_run_at = g."dueAt" AND s.next_run_at <= ${NOW}
  ORDER BY s.name
  FOR UPDATE OF s
),
decided AS MATERIALIZED (
  SELECT d.*, d.overlap = 'skip' AND EXISTS (
      SELECT FROM durable.executions e WHERE e.id = d.last_execution_id AND NOT durable.ended(e.status)) AS skipped
  FROM due d
),
fired AS MATERIALIZED (
  SELECT * FROM decided WHERE NOT skipped
),
advanced AS (
  UPDATE durable.schedules s SET
    next_run_at = d.next,
    last_run_at = CASE WHEN d.skipped THEN s.last_run_at ELSE ${NOW} END,
    last_execution_id = CASE WHEN d.skipped THEN s.last_execution_id ELSE d.execution_id END,
    consecutive_failures = 0
  FROM decided d
  WHERE s.name = d.name
),
${startScheduled("fired", "f.input", "f.trace")}
SELECT
  CASE
    WHEN d.skipped THEN 'skipped'
    -- Stored already: the answer to it was lost.
    WHEN d.name IS NOT NULL OR EXISTS (
      SELECT FROM durable.schedules s WHERE s.name = g.name AND s.last_execution_id = g."executionId") THEN 'started'
    ELSE 'missed'
  END AS result,
  (SELECT coalesce(jsonb_agg(DISTINCT queue), '[]') FROM started) AS queues
FROM given g LEFT JOIN decided d ON d.n = g.n
ORDER BY g.n`,
};

const answer = object<{ readonly result: FiringResult; readonly queues: readonly string[] }>({
  result: oneOf("started", "skipped", "missed"),
  queues: list(text),
});

export async function fireSchedules(
  database: Database,
  firings: readonly Firing[],
): Promise<{ readonly results: readonly FiringResult[]; readonly hint: Hint }> {
  const found = rows("fireSchedules", await database.query(FIRE_SCHEDULES, [records(firings)]), answer);
  return { results: found.map(({ result }) => result), hint: { queues: found[0]?.queues ?? [], ended: [] } };
}
