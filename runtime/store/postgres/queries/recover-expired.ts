/**
 * Forgets workers whose lease is over and takes back what nobody known holds. That is more than what the forgotten ones
 * held: a claim or a hand-over that was under way when its worker was forgotten is found by the next pass.
 */
import type { Database, Statement } from "../database.ts";
import { object, rows, text } from "../decode.ts";
import { TAKEN_BACK } from "../held.ts";
import type { Hint } from "../hints.ts";

export const RECOVER_EXPIRED: Statement = {
  name: "durable_recover_expired",
  text: `
WITH expired AS (
  DELETE FROM durable.workers WHERE lease_until < now() RETURNING worker
),
lost AS MATERIALIZED (
  SELECT e.root_id, e.id, e.epoch
  FROM durable.executions e
  WHERE e.owner IS NOT NULL AND (
    e.owner IN (SELECT worker FROM expired)
    OR NOT EXISTS (SELECT FROM durable.workers w WHERE w.worker = e.owner))
)
UPDATE durable.executions e SET ${TAKEN_BACK}, crashes = e.crashes + 1
FROM lost l
-- Somebody else may have taken it back, and a third claimed it, since the snapshot: then the epoch has changed.
WHERE e.id = l.id AND e.root_id = l.root_id AND e.epoch = l.epoch
RETURNING e.queue`,
};

export interface Recovered {
  readonly count: number;
  readonly hint: Hint;
}

export async function recoverExpired(database: Database): Promise<Recovered> {
  const found = rows("recoverExpired", await database.query(RECOVER_EXPIRED, []), object({ queue: text }));
  return { count: found.length, hint: { queues: [...new Set(found.map(({ queue }) => queue))], ended: [] } };
}
