/**
 * One pass over the trees below every marked execution. What a running parent inserts while a pass runs is not in its
 * snapshot; the next pass sees it. It comes to an end because a cancelled parent's writes are refused. The marks go in a
 * pass that found nothing alive.
 */
import type { Database, Statement } from "../database.ts";
import { bool, list, object, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { CANCELLED } from "./cancel.ts";

export const CASCADE: Statement = {
  name: "durable_cascade",
  text: `
WITH RECURSIVE marked AS MATERIALIZED (
  SELECT root_id, id, seq FROM durable.executions WHERE cascading
),
tree AS (
  SELECT m.id AS mark, c.root_id, c.id
  FROM marked m JOIN durable.executions c ON c.root_id = m.root_id AND c.parent_id = m.id
  UNION
  SELECT t.mark, c.root_id, c.id
  FROM tree t JOIN durable.executions c ON c.root_id = t.root_id AND c.parent_id = t.id
),
live AS MATERIALIZED (
  SELECT DISTINCT t.mark, t.root_id, t.id
  FROM tree t JOIN durable.executions e ON e.id = t.id AND e.root_id = t.root_id
  WHERE e.status IN ('pending', 'running', 'waiting')
),
locked AS MATERIALIZED (
  SELECT e.root_id, e.id, e.status
  FROM durable.executions e
  WHERE (e.id, e.root_id) IN (SELECT id, root_id FROM live)
  ORDER BY e.id
  FOR UPDATE
),
cancelled AS (
  UPDATE durable.executions e SET ${CANCELLED},
    error = '{"type": "cancelled", "message": "parent_cancelled"}'
  FROM locked l
  WHERE e.id = l.id AND e.root_id = l.root_id AND l.status IN ('pending', 'running', 'waiting')
  RETURNING e.id
),
cleared AS (
  UPDATE durable.executions e SET cascading = false
  FROM marked m
  WHERE e.id = m.id AND e.root_id = m.root_id AND e.seq = m.seq
    AND NOT EXISTS (SELECT FROM live l WHERE l.mark = m.id)
)
SELECT
  EXISTS (SELECT FROM live) AS again,
  (SELECT coalesce(jsonb_agg(id), '[]') FROM cancelled) AS ended`,
};

const answer = object<{ readonly again: boolean; readonly ended: readonly string[] }>({
  again: bool,
  ended: list(text),
});

export interface Cascaded {
  /** False when nothing was alive below any mark. */
  readonly again: boolean;
  readonly hint: Hint;
}

export async function cascade(database: Database): Promise<Cascaded> {
  const [found] = rows("cascade", await database.query(CASCADE, []), answer);
  return { again: found!.again, hint: { queues: [], ended: found!.ended } };
}
