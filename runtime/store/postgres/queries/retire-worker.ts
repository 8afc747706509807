/** Gives back all that a worker holds, without counting a crash, and forgets it. */
import type { Database, Statement } from "../database.ts";
import { object, rows, text } from "../decode.ts";
import { TAKEN_BACK } from "../held.ts";
import type { Hint } from "../hints.ts";

export const RETIRE_WORKER: Statement = {
  name: "durable_retire_worker",
  text: `
WITH gone AS (DELETE FROM durable.workers WHERE worker = $1),
released AS (
  UPDATE durable.executions e SET ${TAKEN_BACK} WHERE e.owner = $1 RETURNING e.queue
)
SELECT DISTINCT queue FROM released`,
};

export async function retireWorker(database: Database, worker: string): Promise<Hint> {
  const found = await database.query(RETIRE_WORKER, [worker]);
  return { queues: rows("retireWorker", found, object({ queue: text })).map(({ queue }) => queue), ended: [] };
}
