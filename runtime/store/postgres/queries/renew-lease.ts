/**
 * Renews a worker's lease, and gives back what is in its name and will not be run: what a claim took whose answer never came,
 * and what the worker says it does not have in hand. As it lives, nobody else would ever take these.
 */
import type { Hold, Renewal } from "../../store.ts";
import type { Database, Statement } from "../database.ts";
import { int, list, nullable, object, rows, text } from "../decode.ts";
import { TAKEN_BACK } from "../held.ts";
import { recordset } from "../records.ts";

export const RENEW_LEASE: Statement = {
  name: "durable_renew_lease",
  text: `
WITH returned AS (
  UPDATE durable.executions e SET ${TAKEN_BACK}
  WHERE e.owner = $1 AND (
    e.claim = ANY ($3::text[])
    OR EXISTS (
      SELECT FROM ${recordset("$5::jsonb", "id text, epoch integer, claim text")} r
      WHERE r.id = e.id AND r.epoch = e.epoch AND r.claim IS NOT DISTINCT FROM e.claim))
)
UPDATE durable.workers SET lease_until = now() + $2 * interval '1 ms'
WHERE worker = $1
RETURNING (
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'epoch', e.epoch, 'claim', e.claim)), '[]')
  FROM durable.executions e
  -- An inline child is its parent's to run.
  WHERE e.owner = $1 AND e.kind <> 'inline' AND e.id <> ALL ($4::text[])
) AS beside`,
};

const renewed = object({ beside: list(object<Hold>({ id: text, epoch: int, claim: nullable(text) })) });

/** As `renewLease` of the store. `unanswered` are the tokens of claims without an answer. */
export async function renewLease(
  database: Database,
  { worker, leaseMs, inHand, astray }: Renewal,
  unanswered: readonly string[],
): Promise<readonly Hold[] | null> {
  const parameters = [worker, leaseMs, unanswered, inHand, JSON.stringify(astray)];
  const [found] = rows("renewLease", await database.query(RENEW_LEASE, parameters), renewed);
  return found?.beside ?? null;
}
