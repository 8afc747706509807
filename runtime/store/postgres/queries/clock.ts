/** `durable.now()`, when it next matters, and moving it on: testing and `--skip-time` only. */

import type { NextWake } from "../../store.ts";
import type { Database, Statement } from "../database.ts";
import { nullable, object, rows, time } from "../decode.ts";
import { NOW } from "../records.ts";
import { CLAIMABLE, priorities } from "../timers.ts";

export const ASK_NOW: Statement = { name: "durable_now", text: `SELECT ${NOW} AS now` };

export const ADVANCE_CLOCK: Statement = {
  name: "durable_advance_clock",
  // Before anything was started, a test may begin in the past.
  text: `
UPDATE durable.clock SET ahead = CASE
  WHEN EXISTS (SELECT FROM durable.executions) OR EXISTS (SELECT FROM durable.schedules)
    THEN greatest(ahead, $1::timestamptz - now())
  ELSE $1::timestamptz - now()
END`,
};

export const NEXT_WAKE: Statement = {
  name: "durable_next_wake",
  text: `
SELECT ${NOW} AS now, min(t.wake_at) AS at
FROM unnest($1::text[]) AS q(name)
CROSS JOIN ${priorities("q.name")} p
CROSS JOIN LATERAL (
  SELECT e.wake_at
  FROM durable.executions e
  WHERE e.queue = q.name AND e.priority = p.priority AND ${CLAIMABLE}
    AND e.wake_at > least($2::timestamptz, ${NOW})
  ORDER BY e.wake_at
  LIMIT 1
) t`,
};

export async function now(database: Database): Promise<string> {
  return rows("now", await database.query(ASK_NOW, []), object({ now: time }))[0]!.now;
}

export async function advanceClock(database: Database, to: string): Promise<void> {
  await database.query(ADVANCE_CLOCK, [to]);
}

export async function nextWake(database: Database, queues: readonly string[], since: string): Promise<NextWake> {
  const found = await database.query(NEXT_WAKE, [queues, since]);
  return rows("nextWake", found, object({ now: time, at: nullable(time) }))[0]!;
}
