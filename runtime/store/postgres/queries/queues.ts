/** Queues: paused or not, and what is in them. */
import type { ExecutionStatus } from "../../store.ts";
import type { QueueStats } from "../../upkeep.ts";
import type { Database, Statement } from "../database.ts";
import { bool, int, object, rows, text, written } from "../decode.ts";
import { NOW } from "../records.ts";

export const PAUSE_QUEUE: Statement = {
  name: "durable_pause_queue",
  text: `
INSERT INTO durable.queues (name, paused) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET paused = excluded.paused`,
};

export const QUEUES: Statement = {
  name: "durable_queues",
  text: `
WITH counted AS MATERIALIZED (
  SELECT e.queue, e.status, count(*)::integer AS count,
    (count(*) FILTER (WHERE e.status = 'pending' AND e.wake_at <= ${NOW}))::integer AS due,
    (count(*) FILTER (WHERE e.status = 'pending' AND e.wake_at > ${NOW}))::integer AS later
  FROM durable.executions e
  GROUP BY e.queue, e.status
),
taken AS MATERIALIZED (
  SELECT q.name, count(*)::integer AS workers
  FROM durable.workers w CROSS JOIN LATERAL unnest(w.queues) AS q(name)
  WHERE w.lease_until > now()
  GROUP BY q.name
)
SELECT n.name,
  EXISTS (SELECT FROM durable.queues p WHERE p.name = n.name AND p.paused) AS paused,
  (SELECT coalesce(sum(c.due), 0)::integer FROM counted c WHERE c.queue = n.name) AS due,
  (SELECT coalesce(sum(c.later), 0)::integer FROM counted c WHERE c.queue = n.name) AS later,
  (SELECT coalesce(jsonb_object_agg(c.status, c.count), '{}') FROM counted c WHERE c.queue = n.name) AS counts,
  coalesce((SELECT t.workers FROM taken t WHERE t.name = n.name), 0) AS workers
FROM (
  SELECT queue FROM counted UNION SELECT name FROM taken UNION SELECT name FROM durable.queues WHERE paused
) n(name)
ORDER BY n.name`,
};

export const HELD_IN: Statement = {
  name: "durable_held_in",
  text: `
SELECT count(*)::integer AS held
FROM durable.executions e
WHERE e.owner IS NOT NULL AND e.queue = $1 AND e.kind <> 'inline'`,
};

const stats = object<QueueStats>({
  name: text,
  paused: bool,
  due: int,
  later: int,
  counts: written<{ readonly [Status in ExecutionStatus]?: number }>(),
  workers: int,
});

export async function pauseQueue(database: Database, name: string): Promise<void> {
  await database.query(PAUSE_QUEUE, [name, true]);
}

export async function resumeQueue(database: Database, name: string): Promise<void> {
  await database.query(PAUSE_QUEUE, [name, false]);
}

export async function queues(database: Database): Promise<readonly QueueStats[]> {
  return rows("queues", await database.query(QUEUES, []), stats);
}

export async function heldIn(database: Database, queue: string): Promise<number> {
  return rows("heldIn", await database.query(HELD_IN, [queue]), object({ held: int }))[0]!.held;
}
