/**
 * Takes due executions for a worker, each with what has come for it.
 *
 * `FOR UPDATE` gives the newest version of a row, while every other look of the statement is at its snapshot. A row that
 * somebody woke in between is left for the next claim: here, the child that woke it would still look unfinished.
 *
 * It does not wait for the disk. A claim that a crash of the server has undone leaves its worker with what is due again,
 * and whoever claims it next may get the same epoch: so a worker's writes carry the claim's token as well. What they write
 * is on the disk behind the claim.
 */
import type { Claim, ClaimRequest } from "../../store.ts";
import { claim as claimed, READ_CLAIMED } from "../arrival.ts";
import type { Database, Statement } from "../database.ts";
import { readable, rows } from "../decode.ts";
import { NOW, recordset } from "../records.ts";
import { CLAIMABLE, priorities } from "../timers.ts";
import { setAside } from "./set-aside.ts";

export const CLAIM: Statement = {
  name: "durable_claim",
  text: `
WITH unhurried AS MATERIALIZED (
  SELECT set_config('synchronous_commit', 'off', true)
),
due AS MATERIALIZED (
  SELECT d.*
  FROM unhurried CROSS JOIN ${recordset("$3::jsonb", 'name text, "limit" integer')} q
  CROSS JOIN LATERAL (
    SELECT d.root_id, d.id, d.signals
    FROM ${priorities("q.name")} p
    -- A nested loop, so no more rows are locked than are taken.
    CROSS JOIN LATERAL (
      SELECT e.root_id, e.id, e.signals
      FROM durable.executions e
      WHERE e.queue = q.name AND e.priority = p.priority AND e.wake_at <= ${NOW} AND ${CLAIMABLE}
        -- only what this worker's code can carry on
        AND EXISTS (
          SELECT FROM durable.workers w JOIN durable.code_keys k ON k.code = w.code
          WHERE w.worker = $1 AND k.resume_key = e.resume_key)
        -- the cascade of a cancel has not come this far yet; what compensates goes on
        AND (e.status = 'compensating' OR NOT EXISTS (
          SELECT FROM durable.executions p
          WHERE p.id = e.parent_id AND p.root_id = e.root_id AND p.status = 'cancelled'))
      ORDER BY e.wake_at
      LIMIT q."limit"
      FOR UPDATE OF e SKIP LOCKED
    ) d
    LIMIT q."limit"
  ) d
  WHERE NOT EXISTS (SELECT FROM durable.queues p WHERE p.name = q.name AND p.paused)
),
settled AS MATERIALIZED (
  SELECT d.root_id, d.id
  FROM due d JOIN durable.executions seen ON seen.id = d.id AND seen.root_id = d.root_id
  WHERE seen.signals = d.signals
),
claimed AS (
  UPDATE durable.executions e SET
    owner = $1, claim = $2, epoch = e.epoch + 1, wake_at = NULL,
    status = CASE WHEN e.status = 'compensating' THEN e.status ELSE 'running' END,
    started_at = coalesce(e.started_at, ${NOW})
  FROM settled d
  WHERE e.id = d.id AND e.root_id = d.root_id
  RETURNING e.*
)
${READ_CLAIMED}`,
};

/**
 * `token` marks what this claim takes, so that it can be given back should the answer be lost. When something of it cannot be
 * read, all is given back, that for later, and a `StoreError` names it.
 */
export async function claim(database: Database, request: ClaimRequest, token: string): Promise<readonly Claim[]> {
  const parameters = [request.worker, token, JSON.stringify(request.queues)];
  const found = await database.query(CLAIM, parameters);
  const unreadable = found.filter((row) => !readable(row, claimed)).map(({ id }) => String(id));
  if (unreadable.length > 0) await setAside(database, request.worker, token, unreadable);
  return rows("claim", found, claimed);
}
