/**
 * Gives back what a claim has taken when some of it cannot be read: the readable at once, the rest after a while, so that one
 * spoilt row neither keeps the others of its queue from running nor is claimed over and over. Nothing of it is changed.
 */
import type { Database, Statement } from "../database.ts";
import { NOW } from "../records.ts";

export const SET_ASIDE: Statement = {
  name: "durable_set_aside",
  text: `
UPDATE durable.executions e SET
  owner = NULL, epoch = e.epoch + 1,
  status = CASE WHEN e.status = 'running' THEN 'pending' ELSE e.status END,
  wake_at = ${NOW} + CASE WHEN e.id = ANY ($3::text[]) THEN interval '1 minute' ELSE interval '0' END
WHERE e.owner = $1 AND e.claim = $2`,
};

export async function setAside(
  database: Database,
  worker: string,
  token: string,
  unreadable: readonly string[],
): Promise<void> {
  await database.query(SET_ASIDE, [worker, token, unreadable]);
}
