import { NOW } from "./records.ts";

/** The CTE `started`: an execution for each row of the CTE `from` (alias `f`), schedules with their `execution_id`. */
export function startScheduled(from: string, input: string, trace: string): string {
  return `started AS (
  INSERT INTO durable.executions (
    root_id, id, logical_id, kind, module, workflow, queue, priority, input, data, trace, state, resume_key, deadline,
    created_at, status, wake_at)
  SELECT f.execution_id, f.execution_id, f.execution_id, 'root', f.module, f.workflow, f.queue, f.priority,
    ${input}, ${input}, ${trace}, f.state, f.resume_key, ${NOW} + f.timeout_ms * interval '1 ms',
    ${NOW}, 'pending', ${NOW}
  FROM ${from} f
  ON CONFLICT (id, root_id) DO NOTHING
  RETURNING queue
)`;
}
