/** Cancels the live queued branches of an execution, as `cancel` would each of them, and wakes it once. */
import type { ExecutionError } from "../../store.ts";
import type { Database, Statement } from "../database.ts";
import { list, nullable, object, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { wake } from "../wake.ts";
import { CANCELLED } from "./cancel.ts";

export const CANCEL_BRANCHES: Statement = {
  name: "durable_cancel_branches",
  text: `
WITH locked AS MATERIALIZED (
  SELECT e.root_id, e.id, e.kind, e.status
  FROM durable.executions e
  WHERE e.root_id = $1 AND e.id = ANY (ARRAY(
    SELECT $2::text
    UNION ALL
    SELECT b.id FROM durable.executions b WHERE b.root_id = $1 AND b.parent_id = $2 AND b.kind = 'branch'))
  ORDER BY e.id
  FOR UPDATE
),
cancelled AS (
  UPDATE durable.executions e SET ${CANCELLED}, error = $3::jsonb, cascading = true
  FROM locked l
  WHERE l.id <> $2 AND e.id = l.id AND e.root_id = l.root_id AND l.status IN ('pending', 'running', 'waiting')
  RETURNING e.id
),
woken AS (
  UPDATE durable.executions p SET ${wake("p", "w.ids")}, signals = p.signals + w.signals
  FROM (SELECT array_agg(id) AS ids, count(*)::integer AS signals FROM cancelled) w
  WHERE p.id = $2 AND p.root_id = $1 AND w.signals > 0 AND NOT durable.ended(p.status)
  RETURNING p.queue, p.status
)
SELECT (SELECT coalesce(jsonb_agg(id), '[]') FROM cancelled) AS ended,
  (SELECT w.queue FROM woken w WHERE w.status = 'pending') AS queue`,
};

const answer = object<{ readonly ended: readonly string[]; readonly queue: string | null }>({
  ended: list(text),
  queue: nullable(text),
});

export async function cancelBranches(
  database: Database,
  rootId: string,
  id: string,
  error: ExecutionError,
): Promise<{ readonly count: number; readonly hint: Hint }> {
  const found = await database.query(CANCEL_BRANCHES, [rootId, id, JSON.stringify(error)]);
  const { ended, queue } = rows("cancelBranches", found, answer)[0]!;
  return { count: ended.length, hint: { queues: queue === null ? [] : [queue], ended } };
}
