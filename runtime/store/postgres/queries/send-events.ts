/**
 * Puts events into the mailbox of their workflow and wakes whoever waits for the name, by id alone: the mailbox row and
 * the wake-up commit together, and a wait that begins afterwards finds the row.
 */
import type { EventDelivery, EventResult } from "../../store.ts";
import { withBranches } from "../branches.ts";
import type { Database, Statement } from "../database.ts";
import { bool, list, object, oneOf, rows, text } from "../decode.ts";
import { carries, type Hint } from "../hints.ts";
import { EVENT_DELIVERY, NOW, records, recordset } from "../records.ts";

const WAITS = `e.status = 'waiting' AND e.wait->>'on' = 'event' AND e.wait->'names' ?| t.names`;

export const SEND_EVENTS: Statement = {
  name: "durable_send_events",
  text: `
WITH given AS MATERIALIZED (
  SELECT g.*, e.root_id, e.seq AS seen, g.fits IS NULL OR e.module || '/' || e.workflow = ANY (g.fits) AS fitting
  FROM ${recordset("$1::jsonb", EVENT_DELIVERY)} g
  LEFT JOIN durable.executions e ON e.id = g."executionId"
),
-- The workflow and those of its queued branches that are executions of their own.
addressed AS MATERIALIZED (
  SELECT t.root_id, m.id, t.id AS target, t.seen, t.names
  FROM (
    SELECT root_id, "executionId" AS id, seen, array_agg(name) AS names
    FROM given WHERE fitting AND root_id IS NOT NULL GROUP BY 1, 2, 3
  ) t
  CROSS JOIN LATERAL (${withBranches("t")}) m(id)
),
touched AS MATERIALIZED (
  SELECT e.root_id, e.id, e.logical_id, e.seq, a.target, a.seen, a.names
  FROM addressed a JOIN durable.executions e ON e.id = a.id AND e.root_id = a.root_id
  ORDER BY e.id
  FOR UPDATE OF e
),
-- A workflow that has moved on since the snapshot may have inserted branches that are not in it. Nothing is done then;
-- the event is sent again.
moved_on AS MATERIALIZED (
  SELECT t.root_id, t.id FROM touched t WHERE t.id = t.target AND t.seq <> t.seen
),
woken AS (
  UPDATE durable.executions e SET
    signals = e.signals + 1,
    status = CASE WHEN ${WAITS} THEN 'pending' ELSE e.status END,
    wake_at = CASE WHEN ${WAITS} THEN ${NOW} ELSE e.wake_at END
  FROM touched t
  WHERE e.id = t.id AND e.root_id = t.root_id
    AND NOT EXISTS (SELECT FROM moved_on m WHERE m.id = t.target AND m.root_id = t.root_id)
  RETURNING e.root_id, e.id, e.logical_id, e.status, e.queue
),
put AS (
  INSERT INTO durable.mailbox (root_id, logical_id, event_id, name, payload, arrived_at)
  SELECT g.root_id, w.logical_id, g."eventId", g.name, g.payload, ${NOW}
  FROM given g JOIN woken w ON w.id = g."executionId" AND w.root_id = g.root_id
  WHERE NOT durable.ended(w.status)
  ORDER BY g.n
  ON CONFLICT (root_id, logical_id, event_id) DO NOTHING
  RETURNING logical_id, event_id
)
SELECT
  CASE
    WHEN g.root_id IS NULL THEN 'unknown_execution'
    WHEN NOT g.fitting THEN 'unfit'
    WHEN w.id IS NULL THEN 'again'
    WHEN durable.ended(w.status) THEN 'ended_execution'
    WHEN p.event_id IS NULL THEN 'repeated'
    ELSE 'delivered'
  END AS result,
  (SELECT coalesce(jsonb_agg(DISTINCT queue), '[]') FROM woken WHERE status = 'pending') AS queues,
  (SELECT coalesce(bool_and(${carries("$2::text", "queue")}), true) FROM woken WHERE status = 'pending') AS told
FROM given g
LEFT JOIN woken w ON w.id = g."executionId" AND w.root_id = g.root_id
LEFT JOIN put p ON p.logical_id = w.logical_id AND p.event_id = g."eventId"
ORDER BY g.n`,
};

interface Answer {
  readonly result: EventResult | "again";
  readonly queues: readonly string[];
  readonly told: boolean;
}

const answer = object<Answer>({
  result: oneOf("delivered", "repeated", "unfit", "unknown_execution", "ended_execution", "again"),
  queues: list(text),
  told: bool,
});

export interface Sent {
  /** In the order of the events. */
  readonly results: readonly EventResult[];
  readonly hint: Hint;
}

/** No event id may occur twice for one execution: see batch.ts. On `channel` the commit may tell of what it wakes. */
export async function sendEvents(
  database: Database,
  events: readonly EventDelivery[],
  channel: string | null,
): Promise<Sent> {
  const results = new Map<EventDelivery, EventResult>();
  const queues = new Set<string>();
  let told = true;
  for (let left = events; left.length > 0; left = left.filter((event) => !results.has(event))) {
    const answers = rows("sendEvents", await database.query(SEND_EVENTS, [records(left), channel]), answer);
    for (const [n, { result, queues: woken, told: all }] of answers.entries()) {
      told &&= all;
      if (result !== "again") results.set(left[n]!, result);
      for (const queue of woken) queues.add(queue);
    }
  }
  return { results: events.map((event) => results.get(event)!), hint: { queues: [...queues], ended: [], told } };
}
