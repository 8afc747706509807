/** What waits for workers, by queue: for those who watch. It reads the index of what is due, and only so far. */
import type { Backlog } from "../../../telemetry.ts";
import type { Database, Statement } from "../database.ts";
import { int, object, rows, text } from "../decode.ts";
import { CLAIMABLE, priorities } from "../timers.ts";
import { NOW } from "../records.ts";

export const BACKLOGS: Statement = {
  name: "durable_backlogs",
  text: `
SELECT q.name AS queue, d.due,
  least(coalesce(extract(epoch FROM ${NOW} - d.since) * 1000, 0), 2147483647)::integer AS "lagMs"
FROM unnest($1::text[]) AS q(name)
CROSS JOIN LATERAL (
  SELECT count(*)::integer AS due, min(e.wake_at) AS since
  FROM (
    SELECT e.wake_at
    FROM ${priorities("q.name")} p
    CROSS JOIN LATERAL (
      SELECT e.wake_at
      FROM durable.executions e
      WHERE e.queue = q.name AND e.priority = p.priority AND ${CLAIMABLE}
        AND e.wake_at <= ${NOW}
      ORDER BY e.wake_at
      LIMIT 10000
    ) e
    LIMIT 10000
  ) e
) d`,
};

const backlog = object<Backlog>({ queue: text, due: int, lagMs: int });

export async function backlogs(database: Database, queues: readonly string[]): Promise<readonly Backlog[]> {
  return rows("backlogs", await database.query(BACKLOGS, [queues]), backlog);
}
