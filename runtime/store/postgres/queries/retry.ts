/**
 * Takes a failed execution up again at its failure point, and with it what its failure took down: the branches of the
 * queued block it failed in, and whatever was cancelled below. The new epoch and seq refuse whatever a late worker might
 * still write. A called child has told its parent how it ended, so only what nobody waited for can be retried.
 */
import type { RetryResult } from "../../upkeep.ts";
import type { Database, Statement } from "../database.ts";
import { list, object, oneOf, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { NOW } from "../records.ts";

/** What nobody but the failure of an ancestor cancels with. */
const TAKEN_DOWN = ["parent_cancelled", "parent_failed", "sibling_failed"];

/** A wait whose timeout counts from when a worker next looks at it. */
const waitAnew = (wait: string) => `CASE WHEN ${wait} ? 'timeoutMs' THEN ${wait} || '{"until": null}' ELSE ${wait} END`;

/** The branches of an inline block, those that have not completed at their last resume point. */
const BRANCHES_ANEW = `(
  SELECT jsonb_object_agg(b.key, CASE WHEN b.value->'outcome'->>0 = 'ok' THEN b.value ELSE b.value || jsonb_build_object(
    'status', 'pending', 'outcome', NULL, 'endedSeq', NULL, 'attempt', 1, 'attemptStartedAt', NULL, 'wakeAt', NULL,
    'stepDeadline', NULL, 'wait', ${waitAnew("nullif(b.value->'wait', 'null')")}) END)
  FROM jsonb_each(nullif(d.failure->'branches', 'null')) b)`;

export const RETRY: Statement = {
  name: "durable_retry",
  text: `
WITH RECURSIVE tree AS (
  SELECT e.root_id, e.id, e.failure
  FROM durable.executions e
  WHERE e.id = $1
  UNION ALL
  SELECT c.root_id, c.id, c.failure
  FROM tree t JOIN durable.executions c ON c.root_id = t.root_id AND c.parent_id = t.id
  WHERE c.failure IS NOT NULL AND (
    c.kind = 'branch' AND t.failure->'wait'->'ids' ? c.id
    OR c.status = 'cancelled' AND c.error->>'message' = ANY ('{${TAKEN_DOWN.join(",")}}'))
),
locked AS MATERIALIZED (
  SELECT e.root_id, e.id, e.status, e.kind, e.cascading, e.failure
  FROM durable.executions e
  WHERE e.id = ANY (ARRAY(SELECT t.id FROM tree t)) AND e.root_id = ANY (ARRAY(SELECT t.root_id FROM tree t))
  ORDER BY e.id
  FOR UPDATE
),
decided AS MATERIALIZED (
  SELECT l.id,
    CASE
      WHEN l.status <> 'failed' THEN 'not_failed'
      WHEN l.kind NOT IN ('root', 'start') THEN 'called'
      WHEN l.failure IS NULL THEN 'no_failure_point'
      WHEN EXISTS (SELECT FROM locked c WHERE c.cascading) THEN 'cascading'
      ELSE 'retried'
    END AS result
  FROM locked l
  WHERE l.id = $1
),
retried AS (
  UPDATE durable.executions e SET
    status = 'pending', epoch = e.epoch + 1, seq = e.seq + 1, crashes = 0,
    -- Nobody claims an inline child: whoever holds its parent takes it over.
    wake_at = CASE WHEN e.kind <> 'inline' THEN ${NOW} END,
    state = d.failure->>'state', resume_key = d.failure->>'resumeKey', unknown_code = NULL, attempt = 1,
    attempt_started_at = NULL,
    overlay = d.failure->'overlay', saved = d.failure->'saved',
    received = nullif(d.failure->'received', 'null'), branches = ${BRANCHES_ANEW},
    wait = ${waitAnew("nullif(d.failure->'wait', 'null')")},
    step_deadline = NULL, deadline = ${NOW} + (d.failure->>'timeoutMs')::bigint * interval '1 ms',
    error = NULL, failure = NULL, ended_at = NULL
  FROM locked d
  WHERE EXISTS (SELECT FROM decided WHERE result = 'retried')
    AND d.status IN ('failed', 'cancelled') AND d.failure IS NOT NULL AND e.id = d.id AND e.root_id = d.root_id
  RETURNING e.queue
)
SELECT d.result, ARRAY(SELECT DISTINCT r.queue FROM retried r) AS queues
FROM decided d`,
};

type Result = RetryResult | "cascading";

const answer = object<{ readonly result: Result; readonly queues: readonly string[] }>({
  result: oneOf("retried", "not_failed", "called", "no_failure_point", "cascading"),
  queues: list(text),
});

/** `cascading`: its failure has marked it or a branch, and what lives below is to be cancelled first. */
export async function retry(database: Database, id: string): Promise<{ readonly result: Result; readonly hint: Hint }> {
  const [found] = rows("retry", await database.query(RETRY, [id]), answer);
  return { result: found?.result ?? "unknown_execution", hint: { queues: found?.queues ?? [], ended: [] } };
}
