/**
 * Retention. A tree goes as a whole, and only when every member has ended. What has ended inserts nothing, so a tree
 * without live members stays one, unless somebody retries a member: its lock shows that.
 */
import type { Deleted, Retention } from "../../upkeep.ts";
import type { Database, Statement } from "../database.ts";
import { int, object, rows } from "../decode.ts";

export const DELETE_ENDED: Statement = {
  name: "durable_delete_ended",
  text: `
WITH roots AS MATERIALIZED (
  SELECT r.root_id
  FROM durable.executions r
  WHERE r.parent_id IS NULL AND r.ended_at < $1::timestamptz AND r.status = ANY ($2::text[]) AND NOT r.cascading
    AND NOT EXISTS (
      SELECT FROM durable.executions m
      WHERE m.root_id = r.root_id AND m.parent_id IS NOT NULL AND (m.cascading OR NOT durable.ended(m.status)))
  ORDER BY r.ended_at
  LIMIT $3
  FOR UPDATE OF r SKIP LOCKED
),
-- A CTE of its own: see branches.ts.
members_seen AS MATERIALIZED (
  SELECT root_id, root_id AS id FROM roots
  UNION ALL
  SELECT m.root_id, m.id
  FROM roots r JOIN durable.executions m ON m.root_id = r.root_id
  WHERE m.parent_id IS NOT NULL
),
members AS MATERIALIZED (
  SELECT e.root_id, e.id, e.status
  FROM members_seen m JOIN durable.executions e ON e.id = m.id AND e.root_id = m.root_id
  ORDER BY e.id
  FOR UPDATE OF e
),
trees AS MATERIALIZED (
  SELECT root_id FROM members GROUP BY root_id HAVING bool_and(durable.ended(status))
),
doomed AS MATERIALIZED (
  SELECT m.root_id, m.id FROM members m JOIN trees t ON t.root_id = m.root_id
),
executions AS (
  DELETE FROM durable.executions e USING doomed d WHERE NOT $4 AND e.id = d.id AND e.root_id = d.root_id
),
history AS (
  DELETE FROM durable.history h USING trees t WHERE NOT $4 AND h.root_id = t.root_id
),
mailbox AS (
  DELETE FROM durable.mailbox m USING trees t WHERE NOT $4 AND m.root_id = t.root_id
),
inputs AS (
  DELETE FROM durable.inputs i USING trees t WHERE NOT $4 AND i.root_id = t.root_id
)
SELECT (SELECT count(*)::integer FROM trees) AS trees, (SELECT count(*)::integer FROM doomed) AS executions`,
};

const deleted = object<Deleted>({ trees: int, executions: int });

export async function deleteEnded(
  database: Database,
  { before, statuses, limit, dryRun = false }: Retention,
): Promise<Deleted> {
  return rows("deleteEnded", await database.query(DELETE_ENDED, [before, statuses, limit, dryRun]), deleted)[0]!;
}
