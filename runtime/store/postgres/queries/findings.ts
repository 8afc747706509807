/** What is not as it should be. Every transition is one statement, so one snapshot shows no half of any. */
import type { Finding, FindingCode } from "../../upkeep.ts";
import type { Database, Statement } from "../database.ts";
import { object, oneOf, rows, text, time } from "../decode.ts";
import { NOW } from "../records.ts";

/** For each kind: its rows, as `id` and `since`. */
const KINDS: { readonly [Code in FindingCode]: string } = {
  expired_worker: `SELECT w.worker, w.lease_until FROM durable.workers w WHERE w.lease_until < now()`,
  lost_execution: `
    SELECT e.id, e.started_at FROM durable.executions e
    WHERE e.owner IS NOT NULL AND NOT EXISTS (SELECT FROM durable.workers w WHERE w.worker = e.owner)`,
  unfinished_cancel: `SELECT e.id, coalesce(e.ended_at, e.started_at) FROM durable.executions e WHERE e.cascading`,
  stuck_wait: `
    SELECT e.id, coalesce(e.started_at, e.created_at) FROM durable.executions e
    WHERE e.status = 'waiting' AND coalesce(e.wake_at > ${NOW}, true) AND CASE e.wait->>'on'
      WHEN 'child' THEN NOT EXISTS (
        SELECT FROM durable.executions c
        WHERE c.id = e.wait->>'id' AND c.root_id = e.root_id AND NOT durable.ended(c.status))
      WHEN 'join' THEN NOT EXISTS (
        SELECT FROM durable.executions c
        WHERE c.id = ANY (ARRAY(SELECT jsonb_array_elements_text(e.wait->'ids'))) AND c.root_id = e.root_id
          AND NOT durable.ended(c.status))
      WHEN 'event' THEN e.wait->>'mode' <> 'all' AND EXISTS (
        SELECT FROM durable.mailbox m
        WHERE m.root_id = e.root_id AND m.logical_id = e.logical_id AND m.consumed_by IS NULL AND e.wait->'names' ? m.name)
      WHEN 'input' THEN NOT EXISTS (
        SELECT FROM durable.inputs i
        WHERE i.root_id = e.root_id AND i.logical_id = e.logical_id AND i.name = e.wait->>'name' AND i.response IS NULL)
      ELSE e.wake_at IS NULL
    END`,
  crashing: `SELECT e.id, e.started_at FROM durable.executions e WHERE e.crashes >= $1 AND NOT durable.ended(e.status)`,
  disabled_schedule: `SELECT s.name, s.auto_disabled_at FROM durable.schedules s WHERE s.auto_disabled_at IS NOT NULL`,
};

const CODES = Object.keys(KINDS) as readonly FindingCode[];

export const FINDINGS: Statement = {
  name: "durable_findings",
  text: `${CODES.map(
    (code) => `(SELECT '${code}' AS code, f.id, f.since FROM (${KINDS[code]}) f(id, since) ORDER BY f.since LIMIT $2)`,
  ).join("\nUNION ALL\n")}`,
};

const finding = object<Finding>({ code: oneOf(...CODES), id: text, since: time });

export async function findings(
  database: Database,
  { crashes, limit }: { readonly crashes: number; readonly limit: number },
): Promise<readonly Finding[]> {
  return rows("findings", await database.query(FINDINGS, [crashes, limit]), finding);
}
