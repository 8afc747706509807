/** Parked is a reading, not a status: due, and no live worker will take it. */
import type { Parked } from "../../upkeep.ts";
import type { Database, Statement } from "../database.ts";
import { nullable, object, oneOf, rows, text, time } from "../decode.ts";
import { CLAIMABLE, UNKNOWN } from "../timers.ts";
import { NOW } from "../records.ts";

export const PARKED: Statement = {
  name: "durable_parked",
  text: `
WITH due AS (
  SELECT e.*,
    CASE
      WHEN EXISTS (SELECT FROM durable.queues q WHERE q.name = e.queue AND q.paused) THEN 'queue_paused'
      WHEN NOT EXISTS (
        SELECT FROM durable.workers w WHERE w.lease_until > now() AND e.queue = ANY (w.queues)) THEN 'no_worker'
      WHEN NOT EXISTS (
        SELECT FROM durable.workers w JOIN durable.code_keys k ON k.code = w.code
        WHERE w.lease_until > now() AND e.queue = ANY (w.queues) AND k.resume_key = e.resume_key) THEN 'unknown_code'
    END AS reason
  FROM (
    SELECT * FROM durable.executions e WHERE ${CLAIMABLE}
    UNION ALL
    SELECT * FROM durable.executions e WHERE ${UNKNOWN}
  ) e
  WHERE e.wake_at <= ${NOW}
    AND (e.status = 'compensating' OR NOT EXISTS (
      SELECT FROM durable.executions p
      WHERE p.id = e.parent_id AND p.root_id = e.root_id AND p.status = 'cancelled'))
)
SELECT d.id, d.module, d.workflow, d.queue, d.state, d.wake_at AS "dueSince", d.reason
FROM due d
WHERE d.reason IS NOT NULL
ORDER BY d.wake_at, d.born
LIMIT $1`,
};

const parkedOne = object<Parked>({
  id: text,
  module: text,
  workflow: text,
  queue: text,
  state: nullable(text),
  dueSince: time,
  reason: oneOf("no_worker", "unknown_code", "queue_paused"),
});

export async function parked(database: Database, limit: number): Promise<readonly Parked[]> {
  return rows("parked", await database.query(PARKED, [limit]), parkedOne);
}
