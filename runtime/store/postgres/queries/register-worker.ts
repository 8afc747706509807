/** Makes a worker known, and once for all workers of one build, the resume keys their code can carry on from. */
import { createHash } from "node:crypto";
import type { RegisterWorker } from "../../store.ts";
import type { Database, Statement } from "../database.ts";

export const REGISTER_WORKER: Statement = {
  name: "durable_register_worker",
  text: `
WITH build AS (
  INSERT INTO durable.builds (code, seen_at) VALUES ($6, now())
  ON CONFLICT (code) DO UPDATE SET seen_at = excluded.seen_at
  RETURNING code
),
-- After the build's row is ours: see delete-unused-builds.ts.
keys AS (
  INSERT INTO durable.code_keys (code, resume_key)
  SELECT b.code, k FROM build b CROSS JOIN unnest($7::text[]) AS k
  ON CONFLICT DO NOTHING
)
INSERT INTO durable.workers (worker, host, pid, queues, code, registered_at, lease_until)
VALUES ($1, $2, $3, $4::text[], $6, now(), now() + $5 * interval '1 ms')
ON CONFLICT (worker) DO UPDATE SET
  host = excluded.host, pid = excluded.pid, queues = excluded.queues, code = excluded.code,
  registered_at = excluded.registered_at, lease_until = excluded.lease_until`,
};

export async function registerWorker(database: Database, worker: RegisterWorker): Promise<void> {
  const keys = [...new Set(worker.resumeKeys)].sort();
  const code = createHash("sha256").update(keys.join("\n")).digest("hex").slice(0, 32);
  const { host, pid, queues, leaseMs } = worker;
  await database.query(REGISTER_WORKER, [worker.worker, host, pid, queues, leaseMs, code, keys]);
}
