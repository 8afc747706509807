/** Starts what a schedule would start, now. Its own runs are not touched by it. */
import type { Data } from "../../../json.ts";
import type { TraceContext } from "../../../telemetry.ts";
import type { Database, Statement } from "../database.ts";
import { list, object, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { startScheduled } from "../start-scheduled.ts";

export const TRIGGER_SCHEDULE: Statement = {
  name: "durable_trigger_schedule",
  text: `
WITH found AS MATERIALIZED (
  SELECT s.*, $2::text AS execution_id FROM durable.schedules s WHERE s.name = $1
),
${startScheduled("found", "coalesce($3::jsonb, f.input)", "$4::jsonb")}
SELECT f.name, (SELECT coalesce(jsonb_agg(queue), '[]') FROM started) AS queues FROM found f`,
};

const answer = object<{ readonly queues: readonly string[] }>({ queues: list(text) });

export async function triggerSchedule(
  database: Database,
  name: string,
  executionId: string,
  input: Data | null,
  trace: TraceContext | null,
): Promise<{ readonly found: boolean; readonly hint: Hint }> {
  const parameters = [
    name,
    executionId,
    ...[input, trace].map((value) => (value === null ? null : JSON.stringify(value))),
  ];
  const [found] = rows("triggerSchedule", await database.query(TRIGGER_SCHEDULE, parameters), answer);
  return { found: found !== undefined, hint: { queues: found?.queues ?? [], ended: [] } };
}
