/**
 * Forgets the resume keys of builds that are gone. A worker that registers touches its build's row first and inserts its
 * keys after that: either the locked row is newer than the snapshot, and stays, or the worker waits and inserts all anew.
 */
import type { Database, Statement } from "../database.ts";

export const DELETE_UNUSED_BUILDS: Statement = {
  name: "durable_delete_unused_builds",
  text: `
WITH locked AS MATERIALIZED (
  SELECT b.code, b.seen_at
  FROM durable.builds b
  WHERE b.seen_at < $1::timestamptz
    AND NOT EXISTS (SELECT FROM durable.workers w WHERE w.code = b.code)
    AND NOT EXISTS (
      SELECT FROM durable.code_keys k
      WHERE k.code = b.code AND k.resume_key IN (
        SELECT e.resume_key FROM durable.executions e WHERE e.resume_key IS NOT NULL))
  ORDER BY b.code
  FOR UPDATE OF b
),
unused AS MATERIALIZED (
  SELECT l.code
  FROM locked l JOIN durable.builds seen ON seen.code = l.code AND seen.seen_at = l.seen_at
),
keys AS (
  DELETE FROM durable.code_keys k USING unused u WHERE k.code = u.code
)
DELETE FROM durable.builds b USING unused u WHERE b.code = u.code
RETURNING b.code`,
};

export async function deleteUnusedBuilds(database: Database, before: string): Promise<number> {
  return (await database.query(DELETE_UNUSED_BUILDS, [before])).length;
}
