/**
 * Renews a worker's lease, and gives back what a claim took whose answer never came: its worker does not know that it holds
 * these, and as it lives, nobody else would ever take them back.
 */
import type { Database, Statement } from "../database.ts";
import { TAKEN_BACK } from "../held.ts";

export const RENEW_LEASE: Statement = {
  name: "durable_renew_lease",
  text: `
WITH unanswered AS (
  UPDATE durable.executions e SET ${TAKEN_BACK}
  WHERE e.owner = $1 AND e.claim = ANY ($3::text[])
)
UPDATE durable.workers SET lease_until = now() + $2 * interval '1 ms'
WHERE worker = $1
RETURNING worker`,
};

/** False when the worker is not known any more. `unanswered` are the tokens of claims without an answer. */
export async function renewLease(
  database: Database,
  worker: string,
  leaseMs: number,
  unanswered: readonly string[],
): Promise<boolean> {
  const found = await database.query(RENEW_LEASE, [worker, leaseMs, unanswered]);
  return found.length > 0;
}
