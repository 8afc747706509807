import { NOW } from "./records.ts";

/**
 * How a parent is woken by the end of a child, whatever ended it. Written for the target row of an UPDATE that finds it by
 * id alone: Postgres then evaluates it on the newest version of the row, not on the statement's snapshot.
 *
 * A join wakes with each of its branches: with fail_fast the first failure decides.
 */
export function wake(row: string, endedIds: string): string {
  const wakes = `${row}.status = 'waiting' AND CASE ${row}.wait->>'on'
      WHEN 'child' THEN ${row}.wait->>'id' = ANY (${endedIds})
      WHEN 'join' THEN ${row}.wait->'ids' ?| ${endedIds}
      ELSE false
    END`;
  return `
    status = CASE WHEN ${wakes} THEN 'pending' ELSE ${row}.status END,
    wake_at = CASE WHEN ${wakes} THEN ${NOW} ELSE ${row}.wake_at END`;
}
