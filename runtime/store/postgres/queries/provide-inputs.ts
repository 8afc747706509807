/**
 * Answers requests for inputs. The request that is answered is the latest of its name that the statement's snapshot knows,
 * of queued branches that ask for one name the first that is open; whether it is still open is judged by the locked, newest
 * version of its execution. An execution that has moved on since the snapshot may have opened another one: nothing is done
 * then, and the answer is sent again.
 *
 * Whether the wait has timed out is asked of the clock after the lock is taken. So an answer that comes in time is there
 * for whoever claims the execution, and one that comes after the claim of its timeout is refused.
 */
import { randomUUID } from "node:crypto";
import type { AnswerResult, InputAnswer } from "../../inputs.ts";
import { awaitedInput } from "../awaited-input.ts";
import type { Database, Statement } from "../database.ts";
import { list, object, oneOf, rows, text } from "../decode.ts";
import type { Hint } from "../hints.ts";
import { INPUT_ANSWER, NOW, records, recordset } from "../records.ts";

export const PROVIDE_INPUTS: Statement = {
  name: "durable_provide_inputs",
  text: `
WITH given AS MATERIALIZED (
  SELECT g.*, w.root_id, w.status
  FROM ${recordset("$1::jsonb", INPUT_ANSWER)} g
  LEFT JOIN durable.executions w ON w.id = g."executionId"
),
asked AS MATERIALIZED (
  SELECT g.n, i.*
  FROM given g
  CROSS JOIN LATERAL (
    SELECT i.root_id, i.id, i.opened_by, i.name, i.response, i.answer, e.seq AS seen
    FROM (
      SELECT DISTINCT ON (i.id) i.root_id, i.id, i.seq AS opened_by, i.name, i.response, i.answer, i.opening
      FROM durable.inputs i
      WHERE i.root_id = g.root_id AND i.logical_id = g."executionId" AND i.name = g.name
      ORDER BY i.id, i.opening DESC
    ) i
    JOIN durable.executions e ON e.id = i.id AND e.root_id = i.root_id
    CROSS JOIN LATERAL (SELECT i.response IS NULL AND ${awaitedInput("e", "i.name")}) o(open)
    -- The one that this very answer was given to, sent before; of those that are open, the one that is listed first.
    ORDER BY coalesce(i.answer = g.answer, false) DESC, coalesce(o.open, false) DESC,
      CASE WHEN o.open THEN (e.wait->>'until')::timestamptz END,
      CASE WHEN o.open THEN i.opening ELSE -i.opening END
    LIMIT 1
  ) i
),
locked AS MATERIALIZED (
  SELECT a.n, e.seq, e.wait
  FROM asked a JOIN durable.executions e ON e.id = a.id AND e.root_id = a.root_id
  ORDER BY e.id
  FOR UPDATE OF e
),
decided AS MATERIALIZED (
  SELECT g.n, g.response, g.answer, a.root_id, a.id, a.opened_by, a.name,
    CASE
      WHEN g.root_id IS NULL THEN 'unknown_execution'
      WHEN a.answer = g.answer THEN 'answered'
      WHEN l.seq <> a.seen THEN 'again'
      WHEN durable.ended(g.status) THEN 'ended_execution'
      WHEN a.response IS NOT NULL THEN 'already_answered'
      WHEN ${awaitedInput("l", "a.name")}
        AND coalesce((l.wait->>'until')::timestamptz > durable.clock_now(), true) THEN 'open'
      ELSE 'not_found'
    END AS result
  FROM given g
  LEFT JOIN asked a ON a.n = g.n
  LEFT JOIN locked l ON l.n = g.n
),
-- Of two answers that met at the lock, the second finds the response of the first. Asked in a form that no index has:
-- the index on what is unanswered looks so short while the table is young that it would be read from end to end.
answered AS (
  UPDATE durable.inputs i SET
    response = jsonb_build_object('value', d.response), answer = d.answer, answered_at = ${NOW}
  FROM decided d
  WHERE d.result = 'open' AND i.root_id = d.root_id AND i.id = d.id AND i.seq = d.opened_by AND i.name = d.name
    AND coalesce(i.response IS NULL, false)
  RETURNING d.n, i.root_id, i.id
),
woken AS (
  UPDATE durable.executions e SET
    signals = e.signals + 1,
    -- So that nobody cancels a wait whose answer was accepted.
    wait = e.wait || '{"answered": true}',
    status = CASE WHEN e.status = 'waiting' THEN 'pending' ELSE e.status END,
    wake_at = CASE WHEN e.status = 'waiting' THEN ${NOW} ELSE e.wake_at END
  FROM answered a
  WHERE e.id = a.id AND e.root_id = a.root_id
  RETURNING e.queue, e.status
)
SELECT
  CASE WHEN d.result <> 'open' THEN d.result WHEN a.n IS NULL THEN 'already_answered' ELSE 'answered' END AS result,
  (SELECT coalesce(jsonb_agg(DISTINCT queue), '[]') FROM woken WHERE status = 'pending') AS queues
FROM decided d LEFT JOIN answered a ON a.n = d.n
ORDER BY d.n`,
};

const answer = object<{ readonly result: AnswerResult | "again"; readonly queues: readonly string[] }>({
  result: oneOf("answered", "already_answered", "not_found", "unknown_execution", "ended_execution", "again"),
  queues: list(text),
});

export interface Provided {
  /** In the order of the answers. */
  readonly results: readonly AnswerResult[];
  readonly hint: Hint;
}

/** No execution may occur twice: see batch.ts. */
export async function provideInputs(database: Database, answers: readonly InputAnswer[]): Promise<Provided> {
  const given = answers.map((each) => ({ ...each, answer: randomUUID() }));
  const results = new Map<string, AnswerResult>();
  const queues = new Set<string>();
  for (let left = given; left.length > 0; left = left.filter((each) => !results.has(each.answer))) {
    const found = rows("provideInputs", await database.query(PROVIDE_INPUTS, [records(left)]), answer);
    for (const [n, { result, queues: woken }] of found.entries()) {
      if (result !== "again") results.set(left[n]!.answer, result);
      for (const queue of woken) queues.add(queue);
    }
  }
  return { results: given.map((each) => results.get(each.answer)!), hint: { queues: [...queues], ended: [] } };
}
