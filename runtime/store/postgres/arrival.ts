/** What a worker is given with an execution it has taken: the same for `claim` and `adopt`. */
import type { Dynamic } from "../../json.ts";
import type { Arrived, Claim } from "../store.ts";
import type { Row } from "./database.ts";
import { type Decoder, json, list, nullable, object, text, time } from "./decode.ts";
import { childState, execution, executionColumns } from "./execution.ts";
import { NOW } from "./records.ts";

/**
 * Reads the rows of a CTE called `claimed`, the events for the names they wait for (the earliest of each name), and the
 * children they wait for or run inline, the answer they wait for, and whether somebody cancelled the wait.
 */
export const READ_CLAIMED = `
SELECT ${executionColumns("e")}, ${NOW} AS now,
  (
    SELECT coalesce(jsonb_agg(
      jsonb_build_object('id', m.event_id, 'name', m.name, 'payload', m.payload) ORDER BY m.arrival), '[]')
    FROM (
      SELECT m.*
      FROM (SELECT DISTINCT jsonb_array_elements_text(e.wait->'names') AS name WHERE e.wait->>'on' = 'event') w
      -- However many lie behind it.
      CROSS JOIN LATERAL (
        SELECT m.event_id, m.name, m.payload, m.arrival
        FROM durable.mailbox m
        WHERE m.root_id = e.root_id AND m.logical_id = e.logical_id AND m.name = w.name AND m.consumed_by IS NULL
        ORDER BY m.arrival
        LIMIT 1
      ) m
    ) m
  ) AS events,
  (
    SELECT coalesce(jsonb_agg(
      jsonb_build_object('id', c.id, 'ref', c.ref, 'status', c.status, 'result', c.result, 'error', c.error)
      ORDER BY c.born), '[]')
    FROM durable.executions c
    WHERE c.root_id = e.root_id AND c.id = ANY (CASE
      WHEN e.wait->>'on' = 'child' THEN ARRAY[e.wait->>'id']
      WHEN e.wait->>'on' = 'join' THEN ARRAY(SELECT jsonb_array_elements_text(e.wait->'ids'))
      WHEN e.branches IS NOT NULL THEN ARRAY(
        SELECT i.id FROM durable.executions i
        WHERE i.root_id = e.root_id AND i.parent_id = e.id AND i.kind = 'inline')
    END)
  ) AS children,
  (
    SELECT coalesce(jsonb_agg(jsonb_build_object('name', i.name, 'value', i.response->'value')), '[]')
    FROM (
      SELECT i.name, i.response
      FROM durable.inputs i
      WHERE e.wait->>'on' = 'input' AND i.root_id = e.root_id AND i.id = e.id AND i.name = e.wait->>'name'
      ORDER BY i.seq DESC
      LIMIT 1
    ) i
    WHERE i.response IS NOT NULL
  ) AS inputs,
  e.wait->'cancelled' AS cancelled
FROM claimed e
ORDER BY e.priority DESC, e.born`;

const arrived = object<Required<Arrived> & { readonly now: string }>({
  events: list(object<Arrived["events"][number]>({ id: text, name: text, payload: json() })),
  children: list(childState),
  inputs: list(object({ name: text, value: json<Dynamic>() })),
  cancelled: nullable(object({ reason: text })),
  now: time,
});

export const claim: Decoder<Claim> = (row) => {
  const { now, ...come } = arrived(row);
  return { execution: execution(row as Row), arrived: come, now };
};
