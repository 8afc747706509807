/** Takes over an inline child for the worker that holds its parent. */
import type { Claim } from "../../store.ts";
import { claim as adopted, READ_CLAIMED } from "../arrival.ts";
import type { Database, Statement } from "../database.ts";
import { rows } from "../decode.ts";
import { NOW } from "../records.ts";

export const ADOPT: Statement = {
  name: "durable_adopt",
  // Status and wake time stay: whether it backs off or may run is for its worker to decide.
  text: `
WITH claimed AS (
  UPDATE durable.executions e SET
    owner = $1, epoch = e.epoch + 1, started_at = coalesce(e.started_at, ${NOW})
  FROM durable.executions p
  WHERE e.id = $3 AND e.root_id = $2 AND NOT durable.ended(e.status)
    AND p.id = e.parent_id AND p.root_id = e.root_id AND p.owner = $1
  RETURNING e.*
)
${READ_CLAIMED}`,
};

export async function adopt(database: Database, worker: string, rootId: string, id: string): Promise<Claim | null> {
  return rows("adopt", await database.query(ADOPT, [worker, rootId, id]), adopted)[0] ?? null;
}
