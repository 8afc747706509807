/**
 * One pass over the trees below every marked execution. What a running parent inserts while a pass runs is not in its
 * snapshot; the next pass sees it. It comes to an end because a cancelled parent's writes are refused. The marks go in a
 * pass that found nothing alive. A marked execution that lives on (it compensates, or goes on without its branches) is
 * woken by what ends below it, as by any other end.
 */

import type { Labels } from "../../../telemetry.ts";
import type { Database, Statement } from "../database.ts";
import { bool, list, object, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { wake } from "../wake.ts";
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
touched AS MATERIALIZED (
  SELECT root_id, id FROM live
  UNION
  SELECT e.root_id, e.parent_id FROM live l JOIN durable.executions e ON e.id = l.id AND e.root_id = l.root_id
),
locked AS MATERIALIZED (
  SELECT e.root_id, e.id, e.status,
    EXISTS (SELECT FROM live l WHERE l.id = e.id AND l.root_id = e.root_id) AS doomed
  FROM touched t JOIN durable.executions e ON e.id = t.id AND e.root_id = t.root_id
  ORDER BY e.id
  FOR UPDATE OF e
),
cancelled AS (
  UPDATE durable.executions e SET ${CANCELLED},
    error = '{"type": "cancelled", "message": "parent_cancelled"}'
  FROM locked l
  WHERE e.id = l.id AND e.root_id = l.root_id AND l.doomed
    AND l.status IN ('pending', 'running', 'waiting')
  RETURNING e.root_id, e.id, e.parent_id, e.kind, e.module, e.workflow, e.queue
),
woken AS (
  UPDATE durable.executions p SET ${wake("p", "w.ids")}, signals = p.signals + w.signals
  FROM (
    SELECT c.root_id, c.parent_id, array_agg(c.id) AS ids, count(*)::integer AS signals
    FROM cancelled c JOIN locked l ON l.id = c.parent_id AND l.root_id = c.root_id
    WHERE NOT l.doomed AND NOT durable.ended(l.status)
    GROUP BY c.root_id, c.parent_id
  ) w
  WHERE p.id = w.parent_id AND p.root_id = w.root_id
  RETURNING p.queue, p.status
),
cleared AS (
  UPDATE durable.executions e SET cascading = false
  FROM marked m
  WHERE e.id = m.id AND e.root_id = m.root_id AND e.seq = m.seq
    AND NOT EXISTS (SELECT FROM live l WHERE l.mark = m.id)
)
SELECT
  EXISTS (SELECT FROM live) AS again,
  (SELECT coalesce(jsonb_agg(id), '[]') FROM cancelled) AS ended,
  (
    SELECT coalesce(jsonb_agg(jsonb_build_object('module', module, 'workflow', workflow, 'queue', queue)), '[]')
    FROM cancelled WHERE kind <> 'branch'
  ) AS workflows,
  (SELECT coalesce(jsonb_agg(DISTINCT queue), '[]') FROM woken WHERE status = 'pending') AS queues`,
};

interface Answer extends Hint {
  readonly again: boolean;
  readonly workflows: readonly Labels[];
}

const answer = object<Answer>({
  again: bool,
  ended: list(text),
  workflows: list(object<Labels>({ module: text, workflow: text, queue: text })),
  queues: list(text),
});

export interface Cascaded {
  /** The workflows that it has cancelled; null when nothing was alive below any mark. */
  readonly cancelled: readonly Labels[] | null;
  readonly hint: Hint;
}

export async function cascade(database: Database): Promise<Cascaded> {
  const [found] = rows("cascade", await database.query(CASCADE, []), answer);
  const { again, workflows, ...hint } = found!;
  return { cancelled: again ? workflows : null, hint };
}
