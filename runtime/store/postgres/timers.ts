/**
 * Looking at a queue's timers without reading them all. Their index is by queue, priority and time, so a look for what is due
 * would pass every sleeping execution; asked for one priority after the other it goes to the place. There are few priorities.
 */

/** Somebody is to look at it by the clock. */
export const TIMER = "e.owner IS NULL AND e.wake_at IS NOT NULL AND e.kind <> 'inline'";

/** What `executions_due` holds: those that somebody has code for, as far as it is known. */
export const CLAIMABLE = `${TIMER} AND e.unknown_code IS NULL`;

/** What `executions_unknown` holds: those that nobody has code for. */
export const UNKNOWN = `${TIMER} AND e.unknown_code IS NOT NULL`;

/** A FROM item with a column `priority`: those of the queue's timers, the highest first. */
export function priorities(queue: string): string {
  const highest = (condition: string) => `
      SELECT e.priority FROM durable.executions e
      WHERE e.queue = ${queue} AND ${CLAIMABLE}${condition}
      ORDER BY e.priority DESC
      LIMIT 1`;
  return `LATERAL (
    WITH RECURSIVE level AS (
      (${highest("")})
      UNION ALL
      SELECT next.priority FROM level CROSS JOIN LATERAL (${highest(" AND e.priority < level.priority")}) next
    )
    SELECT priority FROM level
  )`;
}
