/**
 * Ends a wait from outside. That it was cancelled is written into the wait itself, so that it goes with it: the claim that
 * follows finds it there, and the transition that ends the wait takes it away. What a worker holds is not waiting.
 */
import type { WaitOperations } from "../../inputs.ts";
import { withBranches } from "../branches.ts";
import type { Database, Statement } from "../database.ts";
import { list, object, oneOf, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { NOW } from "../records.ts";

export const CANCEL_WAIT: Statement = {
  name: "durable_cancel_wait",
  text: `
-- The workflow and its queued branches.
WITH addressed AS MATERIALIZED (
  SELECT t.root_id, m.id
  FROM durable.executions t CROSS JOIN LATERAL (${withBranches("t")}) m(id)
  WHERE t.id = $1
),
locked AS MATERIALIZED (
  SELECT e.root_id, e.id, e.status, e.wait, e.owner, e.wake_at, e.id = $1 AS is_workflow
  FROM addressed a JOIN durable.executions e ON e.id = a.id AND e.root_id = a.root_id
  ORDER BY e.id
  FOR UPDATE OF e
),
-- One that waits and backs off between two attempts of its step is pending, not due yet. By the clock as it is now that
-- the lock is ours: whoever woke it while we waited did so later than our statement began.
waiting AS MATERIALIZED (
  SELECT root_id, id FROM locked
  WHERE owner IS NULL AND wait->>'on' <> 'join' AND NOT wait ?| ARRAY['cancelled', 'answered']
    AND (status = 'waiting' OR status = 'pending' AND wake_at > durable.clock_now())
),
cancelled AS (
  UPDATE durable.executions e SET
    wait = e.wait || jsonb_build_object('cancelled', jsonb_build_object('reason', $2::text)),
    signals = e.signals + 1, status = 'pending', wake_at = ${NOW}
  FROM waiting w
  WHERE e.id = w.id AND e.root_id = w.root_id
  RETURNING e.queue
)
SELECT
  CASE
    WHEN EXISTS (SELECT FROM waiting) OR EXISTS (SELECT FROM locked WHERE wait ? 'cancelled') THEN 'cancelled'
    WHEN durable.ended(l.status) THEN 'ended_execution'
    ELSE 'not_waiting'
  END AS result,
  (SELECT coalesce(jsonb_agg(DISTINCT queue), '[]') FROM cancelled) AS queues
FROM locked l
WHERE l.is_workflow`,
};

type Result = Awaited<ReturnType<WaitOperations["cancelWait"]>>;

const answer = object<{ readonly result: Result; readonly queues: readonly string[] }>({
  result: oneOf("cancelled", "not_waiting", "ended_execution"),
  queues: list(text),
});

export async function cancelWait(
  database: Database,
  id: string,
  reason: string,
): Promise<{ readonly result: Result; readonly hint: Hint }> {
  const [found] = rows("cancelWait", await database.query(CANCEL_WAIT, [id, reason]), answer);
  const { result, queues } = found ?? { result: "unknown_execution", queues: [] };
  return { result, hint: { queues, ended: [] } };
}
