/**
 * Takes a failed execution up again at its failure point. The new epoch and seq refuse whatever a late worker might still
 * write. A called child has told its parent how it ended, so only what nobody waited for can be retried.
 */
import type { RetryResult } from "../../upkeep.ts";
import type { Database, Statement } from "../database.ts";
import { nullable, object, oneOf, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";

export const RETRY: Statement = {
  name: "durable_retry",
  text: `
WITH locked AS MATERIALIZED (
  SELECT e.root_id, e.id, e.status, e.kind, e.cascading, e.failure
  FROM durable.executions e
  WHERE e.id = $1
  FOR UPDATE
),
decided AS MATERIALIZED (
  SELECT l.root_id, l.id, l.failure,
    CASE
      WHEN l.status <> 'failed' THEN 'not_failed'
      WHEN l.kind NOT IN ('root', 'start') THEN 'called'
      WHEN l.failure IS NULL THEN 'no_failure_point'
      WHEN l.cascading THEN 'cascading'
      ELSE 'retried'
    END AS result
  FROM locked l
),
retried AS (
  UPDATE durable.executions e SET
    status = 'pending', epoch = e.epoch + 1, seq = e.seq + 1, crashes = 0, wake_at = durable.now(),
    state = d.failure->>'state', resume_key = d.failure->>'resumeKey', attempt = 1, attempt_started_at = NULL,
    overlay = d.failure->'overlay', saved = d.failure->'saved',
    received = nullif(d.failure->'received', 'null'), branches = nullif(d.failure->'branches', 'null'),
    step_deadline = NULL, deadline = durable.now() + (d.failure->>'timeoutMs')::bigint * interval '1 ms',
    error = NULL, failure = NULL, ended_at = NULL
  FROM decided d
  WHERE d.result = 'retried' AND e.id = d.id AND e.root_id = d.root_id
  RETURNING e.queue
)
SELECT d.result, (SELECT r.queue FROM retried r) AS queue
FROM decided d`,
};

type Result = RetryResult | "cascading";

const answer = object<{ readonly result: Result; readonly queue: string | null }>({
  result: oneOf("retried", "not_failed", "called", "no_failure_point", "cascading"),
  queue: nullable(text),
});

/** `cascading`: its failure has marked it, and its descendants are to be cancelled first. */
export async function retry(database: Database, id: string): Promise<{ readonly result: Result; readonly hint: Hint }> {
  const [found] = rows("retry", await database.query(RETRY, [id]), answer);
  const queues = found === undefined || found.queue === null ? [] : [found.queue];
  return { result: found?.result ?? "unknown_execution", hint: { queues, ended: [] } };
}
