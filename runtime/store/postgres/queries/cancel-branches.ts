/** Cancels the live queued branches of an execution that is held, as `cancel` would each of them, and wakes it once. */
import type { ExecutionError, Hold } from "../../store.ts";
import type { Database, Statement } from "../database.ts";
import { bool, list, nullable, object, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { wake } from "../wake.ts";
import { CANCELLED } from "./cancel.ts";

export const CANCEL_BRANCHES: Statement = {
  name: "durable_cancel_branches",
  text: `
WITH locked AS MATERIALIZED (
  SELECT e.root_id, e.id, e.kind, e.status, e.epoch, e.claim
  FROM durable.executions e
  WHERE e.root_id = $1 AND e.id = ANY (ARRAY(
    SELECT $2::text
    UNION ALL
    SELECT b.id FROM durable.executions b WHERE b.root_id = $1 AND b.parent_id = $2 AND b.kind = 'branch'))
  ORDER BY e.id
  FOR UPDATE
),
holding AS MATERIALIZED (
  SELECT FROM locked h WHERE h.id = $2 AND h.epoch = $4::integer AND h.claim IS NOT DISTINCT FROM $5::text
),
cancelled AS (
  UPDATE durable.executions e SET ${CANCELLED}, error = $3::jsonb, cascading = true
  FROM locked l
  WHERE l.id <> $2 AND e.id = l.id AND e.root_id = l.root_id AND l.status IN ('pending', 'running', 'waiting')
    AND EXISTS (SELECT FROM holding)
  RETURNING e.id
),
woken AS (
  UPDATE durable.executions p SET ${wake("p", "w.ids")}, signals = p.signals + w.signals
  FROM (SELECT array_agg(id) AS ids, count(*)::integer AS signals FROM cancelled) w
  WHERE p.id = $2 AND p.root_id = $1 AND w.signals > 0 AND NOT durable.ended(p.status)
  RETURNING p.queue, p.status
)
SELECT (SELECT coalesce(jsonb_agg(id), '[]') FROM cancelled) AS ended,
  (SELECT w.queue FROM woken w WHERE w.status = 'pending') AS queue,
  EXISTS (SELECT FROM holding) AS held`,
};

const answer = object<{ readonly ended: readonly string[]; readonly queue: string | null; readonly held: boolean }>({
  ended: list(text),
  queue: nullable(text),
  held: bool,
});

export async function cancelBranches(
  database: Database,
  rootId: string,
  by: Hold,
  error: ExecutionError,
): Promise<{ readonly count: number | "not_held"; readonly hint: Hint }> {
  const parameters = [rootId, by.id, JSON.stringify(error), by.epoch, by.claim];
  const found = await database.query(CANCEL_BRANCHES, parameters);
  const { ended, queue, held } = rows("cancelBranches", found, answer)[0]!;
  return { count: held ? ended.length : "not_held", hint: { queues: queue === null ? [] : [queue], ended } };
}
