/** The workers that the database knows. */
import type { WorkerState } from "../../upkeep.ts";
import type { Database, Statement } from "../database.ts";
import { bool, int, list, object, rows, text, time } from "../decode.ts";

export const WORKERS: Statement = {
  name: "durable_workers",
  text: `
SELECT w.worker, w.host, w.pid, w.queues, w.registered_at AS "registeredAt", w.lease_until AS "leaseUntil",
  w.lease_until > now() AS live,
  (SELECT count(*)::integer FROM durable.executions e WHERE e.owner = w.worker) AS held
FROM durable.workers w
ORDER BY w.registered_at, w.worker`,
};

const state = object<WorkerState>({
  worker: text,
  host: text,
  pid: int,
  queues: list(text),
  registeredAt: time,
  leaseUntil: time,
  live: bool,
  held: int,
});

export async function workers(database: Database): Promise<readonly WorkerState[]> {
  return rows("workers", await database.query(WORKERS, []), state);
}
