/**
 * Ends an execution from outside: under a new epoch, so that its worker's writes are refused, and marked, so that whoever
 * sees the mark cancels what lives below it. Its parent is told as by any other end.
 *
 * A worker cancels a child before it records why. One that has lost its parent in the meantime must not: whoever holds that
 * now may still want the child.
 */
import type { ExecutionError, Hold, Store } from "../../store.ts";
import type { Database, Statement } from "../database.ts";
import { nullable, object, oneOf, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { wake } from "../wake.ts";
import { NOW } from "../records.ts";

/**
 * What a cancelled row becomes; its `error` only the caller knows. Where it was is kept: when its parent's failure took it
 * down, a retry of the parent brings it back.
 */
export const CANCELLED = `
    failure = CASE WHEN e.state IS NOT NULL THEN jsonb_build_object(
      'state', e.state, 'resumeKey', e.resume_key, 'overlay', e.overlay, 'saved', e.saved, 'received', e.received,
      'wait', e.wait - 'cancelled', 'branches', e.branches,
      'timeoutMs', (extract(epoch FROM e.deadline - e.created_at) * 1000)::bigint) END,
    status = 'cancelled', epoch = e.epoch + 1, seq = e.seq + 1, owner = NULL, wake_at = NULL, wait = NULL,
    state = NULL, resume_key = NULL, step_deadline = NULL, ended_at = ${NOW}`;

export const CANCEL: Statement = {
  name: "durable_cancel",
  text: `
-- The lock gives the newest status: a snapshot's could be over already. The parent is locked with it in the order of ids,
-- as by a commit.
WITH locked AS MATERIALIZED (
  SELECT e.root_id, e.id, e.status, e.epoch, e.claim
  FROM durable.executions e
  WHERE e.id = ANY (ARRAY(SELECT unnest(ARRAY[t.id, t.parent_id, $3]) FROM durable.executions t WHERE t.id = $1))
  ORDER BY e.id
  FOR UPDATE
),
found AS MATERIALIZED (
  SELECT root_id, id,
    CASE
      WHEN $3::text IS NOT NULL AND NOT EXISTS (
        SELECT FROM locked h WHERE h.id = $3 AND h.epoch = $4::integer AND h.claim IS NOT DISTINCT FROM $5::text)
        THEN 'not_held'
      WHEN status IN ('pending', 'running', 'waiting') THEN 'cancelled'
      WHEN status = 'compensating' THEN 'compensating'
      ELSE 'already_ended'
    END AS result
  FROM locked WHERE id = $1
),
cancelled AS (
  UPDATE durable.executions e SET ${CANCELLED}, error = $2::jsonb, cascading = true
  FROM found f
  WHERE e.id = f.id AND e.root_id = f.root_id AND f.result = 'cancelled'
  RETURNING e.root_id, e.id, e.parent_id
),
woken AS (
  UPDATE durable.executions p SET ${wake("p", "ARRAY[c.id]")}, signals = p.signals + 1
  FROM cancelled c
  WHERE p.id = c.parent_id AND p.root_id = c.root_id
  RETURNING p.queue, p.status
)
SELECT f.result,
  (SELECT w.queue FROM woken w WHERE w.status = 'pending') AS queue
FROM found f`,
};

type Result = Awaited<ReturnType<Store["cancel"]>>;

const answer = object<{ readonly result: Result; readonly queue: string | null }>({
  result: oneOf("cancelled", "already_ended", "compensating", "not_held"),
  queue: nullable(text),
});

export interface Cancelled {
  readonly result: Result;
  readonly hint: Hint;
}

export async function cancel(database: Database, id: string, error: ExecutionError, by?: Hold): Promise<Cancelled> {
  const parameters = [id, JSON.stringify(error), by?.id ?? null, by?.epoch ?? null, by?.claim ?? null];
  const [found] = rows("cancel", await database.query(CANCEL, parameters), answer);
  if (found === undefined) return { result: "unknown_execution", hint: { queues: [], ended: [] } };
  const queues = found.queue === null ? [] : [found.queue];
  return { result: found.result, hint: { queues, ended: found.result === "cancelled" ? [id] : [] } };
}
