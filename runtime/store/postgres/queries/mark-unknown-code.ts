/**
 * Marks what is due and no live worker has code for, and unmarks what has come to be known. A claim looks at each execution in
 * the order it is due until it has enough that its worker can carry on; what nobody can would be passed by every claim.
 *
 * Only the head of each queue is looked at, as a claim does: what is passed gathers there. What is locked is being
 * changed, and is looked at next time.
 */
import type { Database, Statement } from "../database.ts";
import { list, object, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { NOW } from "../records.ts";
import { CLAIMABLE, priorities, TIMER, UNKNOWN } from "../timers.ts";

/** Of each queue and priority, and of each state that has come to be known, at once. */
const AT_ONCE = 1_000;

const known = (resumeKey: string) => `EXISTS (
      SELECT FROM durable.workers w JOIN durable.code_keys k ON k.code = w.code
      WHERE w.lease_until > now() AND k.resume_key = ${resumeKey})`;

const firstMarked = (condition: string) => `
    SELECT e.unknown_code FROM durable.executions e
    WHERE ${UNKNOWN}${condition}
    ORDER BY e.unknown_code
    LIMIT 1`;

export const MARK_UNKNOWN_CODE: Statement = {
  name: "durable_mark_unknown_code",
  text: `
WITH RECURSIVE served AS MATERIALIZED (
  SELECT DISTINCT q.name FROM durable.workers w CROSS JOIN LATERAL unnest(w.queues) AS q(name) WHERE w.lease_until > now()
),
head AS MATERIALIZED (
  SELECT d.*
  FROM served q
  CROSS JOIN ${priorities("q.name")} p
  CROSS JOIN LATERAL (
    SELECT e.root_id, e.id, e.resume_key
    FROM durable.executions e
    WHERE e.queue = q.name AND e.priority = p.priority AND ${CLAIMABLE} AND e.wake_at <= ${NOW}
    ORDER BY e.wake_at
    LIMIT ${AT_ONCE}
  ) d
),
unknown AS MATERIALIZED (
  SELECT l.*
  FROM head h
  CROSS JOIN LATERAL (
    SELECT e.root_id, e.id
    FROM durable.executions e
    WHERE e.id = h.id AND e.root_id = h.root_id AND ${TIMER} AND NOT ${known("h.resume_key")}
    FOR UPDATE OF e SKIP LOCKED
  ) l
),
marked AS (
  UPDATE durable.executions e SET unknown_code = e.resume_key
  FROM unknown u WHERE e.id = u.id AND e.root_id = u.root_id
),
states AS (
  (${firstMarked("")})
  UNION ALL
  SELECT next.unknown_code FROM states CROSS JOIN LATERAL (${firstMarked(" AND e.unknown_code > states.unknown_code")}) next
),
come AS MATERIALIZED (
  SELECT s.unknown_code FROM states s WHERE ${known("s.unknown_code")}
),
found AS MATERIALIZED (
  SELECT d.*
  FROM come s
  CROSS JOIN LATERAL (
    SELECT e.root_id, e.id
    FROM durable.executions e
    WHERE ${UNKNOWN} AND e.unknown_code = s.unknown_code
    LIMIT ${AT_ONCE}
    FOR UPDATE OF e SKIP LOCKED
  ) d
),
unmarked AS (
  UPDATE durable.executions e SET unknown_code = NULL
  FROM found f WHERE e.id = f.id AND e.root_id = f.root_id
  RETURNING e.queue
)
SELECT coalesce(jsonb_agg(DISTINCT queue), '[]') AS queues FROM unmarked`,
};

const answer = object<{ readonly queues: readonly string[] }>({ queues: list(text) });

/** The queues in which something has become claimable. */
export async function markUnknownCode(database: Database): Promise<Hint> {
  const [found] = rows("markUnknownCode", await database.query(MARK_UNKNOWN_CODE, []), answer);
  return { queues: found!.queues, ended: [] };
}
