/**
 * Records transitions, each guarded by (epoch, seq), and everything that must happen with them: see the steps below.
 *
 * Nothing here looks at another row to decide whether to wake it. A sub-select reads the statement's snapshot, and a
 * parent that suspends, or a child that ends, in the same moment is not in it: child completed, parent waiting for ever.
 * The two looks that there are (`ready`, `conflict`) see what was committed before; what came later changed `signals`.
 */
import { ended } from "../../../status.ts";
import type { CommitResult, ExecutionStatus, Transition } from "../../store.ts";
import type { Database, Statement } from "../database.ts";
import { int, json, list, nullable, object, oneOf, rows, text } from "../decode.ts";
import { status } from "../execution.ts";
import type { Hint } from "../hints.ts";
import {
  HISTORY_ENTRY,
  INSERT_COLUMNS,
  INSERT_VALUES,
  NEW_EXECUTION,
  numbered,
  records,
  TRANSITION,
} from "../records.ts";

export const COMMIT: Statement = {
  name: "durable_commit",
  text: `
WITH given AS MATERIALIZED (
  SELECT t.*, durable.ended(t.status) AS ended,
    -- A running execution stays with its worker; a compensating one too, unless it is to be looked at later.
    t.status = 'running' OR (t.status = 'compensating' AND t."wakeAt" IS NULL) AS kept
  FROM jsonb_to_recordset($1::jsonb) AS t(${TRANSITION})
),
wanted AS MATERIALIZED (
  SELECT g.n AS transition, c.*
  FROM given g, jsonb_to_recordset(g.children) AS c(${NEW_EXECUTION})
),
conflict AS MATERIALIZED (
  SELECT w.transition, w.ref, e.module, e.workflow, e.site, e.position, w.id
  FROM wanted w JOIN durable.executions e ON e.id = w.id AND e.root_id = w."rootId"
  WHERE (e.module, e.workflow, e.site, e.position) IS DISTINCT FROM (w.module, w.workflow, w.site, w.position)
),
-- Every row that will be written is locked first, in the order of ids, so that batches of two workers that share
-- parents cannot wait for each other in a circle. The lock also gives the newest version of each row.
locked AS MATERIALIZED (
  SELECT e.root_id, e.id, e.epoch, e.seq, e.status, e.signals
  FROM (
    SELECT "rootId", id FROM given
    UNION
    SELECT g."rootId", e.parent_id
    FROM given g JOIN durable.executions e ON e.id = g.id AND e.root_id = g."rootId"
    WHERE g.ended AND e.kind IN ('call', 'branch')
  ) t
  JOIN durable.executions e ON e.id = t.id AND e.root_id = t."rootId"
  ORDER BY e.id
  FOR UPDATE OF e
),
moved AS (
  UPDATE durable.executions e SET
    seq = e.seq + 1,
    (status, wake_at) = (
      SELECT
        CASE WHEN s.again THEN 'pending' ELSE g.status END,
        CASE
          WHEN s.again THEN durable.now()
          WHEN g.status = 'pending' THEN coalesce(g."wakeAt", durable.now())
          WHEN g.status IN ('waiting', 'compensating') THEN g."wakeAt"
        END
      FROM (
        SELECT g.status = 'waiting' AND (
          -- somebody woke it after its worker last looked
          l.signals <> g.signals
          -- or what it waits for is there already
          OR CASE g.wait->>'on'
            WHEN 'child' THEN EXISTS (
              SELECT FROM durable.executions c
              WHERE c.id = g.wait->>'id' AND c.root_id = g."rootId" AND durable.ended(c.status))
            WHEN 'join' THEN EXISTS (
              SELECT FROM jsonb_array_elements_text(g.wait->'ids') AS j(id)
              JOIN durable.executions c ON c.id = j.id AND c.root_id = g."rootId"
              WHERE durable.ended(c.status))
            WHEN 'event' THEN (
              SELECT CASE WHEN g.wait->>'mode' = 'all' THEN bool_and(a.arrived) ELSE bool_or(a.arrived) END
              FROM (
                SELECT EXISTS (
                  SELECT FROM durable.mailbox m
                  WHERE m.root_id = e.root_id AND m.logical_id = e.logical_id AND m.name = w.name
                    AND m.consumed_by IS NULL AND m.event_id <> ALL (g.consumed)) AS arrived
                FROM jsonb_array_elements_text(g.wait->'names') AS w(name)
              ) a)
            ELSE false
          END) AS again
      ) s
    ),
    owner = CASE WHEN g.kept OR (e.kind = 'inline' AND NOT g.ended) THEN e.owner END,
    state = g.state, resume_key = g."resumeKey", attempt = g.attempt, attempt_started_at = g."attemptStartedAt",
    data = g.data, overlay = g.overlay, saved = g.saved, received = g.received, wait = g.wait, branches = g.branches,
    step_deadline = g."stepDeadline", deadline = g.deadline, result = g.result, error = g.error,
    ended_at = CASE WHEN g.ended THEN durable.now() END,
    crashes = 0,
    cascading = e.cascading OR g.cascading
  FROM given g JOIN locked l ON l.id = g.id AND l.root_id = g."rootId"
  WHERE e.id = g.id AND e.root_id = g."rootId"
    AND l.epoch = g.epoch AND l.seq = g.seq
    AND NOT EXISTS (SELECT FROM conflict c WHERE c.transition = g.n)
  RETURNING g.n, g.ended, e.root_id, e.id, e.logical_id, e.parent_id, e.kind, e.queue, e.seq, e.status, e.signals
),
-- Two children of one parent that end in one batch wake it once: an UPDATE takes only one of several matches.
woken AS (
  UPDATE durable.executions p SET
    signals = p.signals + w.signals,
    (status, wake_at) = (
      SELECT CASE WHEN s.wakes THEN 'pending' ELSE p.status END, CASE WHEN s.wakes THEN durable.now() ELSE p.wake_at END
      FROM (
        SELECT p.status = 'waiting' AND CASE p.wait->>'on'
          WHEN 'child' THEN p.wait->>'id' = ANY (w.ids)
          WHEN 'join' THEN p.wait->'ids' ?| w.ids
          ELSE false
        END AS wakes
      ) s
    )
  FROM (
    SELECT root_id, parent_id, array_agg(id) AS ids, count(*)::integer AS signals
    FROM moved
    -- Nobody waits for a started child; an inline one is ended by the very worker that holds its parent.
    WHERE ended AND kind IN ('call', 'branch')
    GROUP BY root_id, parent_id
  ) w
  WHERE p.id = w.parent_id AND p.root_id = w.root_id
  RETURNING p.queue, p.status
),
born AS (
  INSERT INTO durable.executions (${INSERT_COLUMNS})
  SELECT ${INSERT_VALUES}
  FROM wanted c JOIN moved m ON m.n = c.transition
  ORDER BY c.id, c.n
  ON CONFLICT (id, root_id) DO NOTHING
  RETURNING id, root_id, queue, owner
),
written AS (
  INSERT INTO durable.history (
    root_id, id, seq, n, state, step, kind, branch, attempt, status, output, error, log, started_at, ended_at)
  SELECT m.root_id, m.id, m.seq, h.n, h.state, h.step, h.kind, h.branch, h.attempt, h.status, h.output, h.error, h.log,
    h."startedAt", h."endedAt"
  FROM moved m JOIN given g ON g.n = m.n, jsonb_to_recordset(g.history) AS h(${HISTORY_ENTRY})
),
consumed AS (
  UPDATE durable.mailbox b SET consumed_by = m.id
  FROM moved m JOIN given g ON g.n = m.n
  WHERE b.root_id = m.root_id AND b.logical_id = m.logical_id AND b.event_id = ANY (g.consumed)
)
SELECT g.n,
  CASE
    WHEN m.n IS NOT NULL THEN 'applied'
    WHEN c.transition IS NOT NULL THEN 'refConflict'
    -- This very transition is stored: the answer to an earlier attempt was lost.
    WHEN l.epoch = g.epoch AND l.seq = g.seq + 1 THEN 'applied'
    ELSE 'fenced'
  END AS outcome,
  coalesce(m.status, l.status) AS status,
  coalesce(m.signals, l.signals) AS signals,
  CASE
    WHEN m.n IS NOT NULL THEN (
      SELECT coalesce(jsonb_agg(b.id), '[]') FROM wanted w JOIN born b ON b.id = w.id AND b.root_id = w."rootId"
      WHERE w.transition = g.n AND b.owner IS NOT NULL)
    ELSE (
      SELECT coalesce(jsonb_agg(e.id), '[]')
      FROM wanted w JOIN durable.executions e ON e.id = w.id AND e.root_id = w."rootId"
      WHERE w.transition = g.n AND e.owner = w.owner AND e.epoch = 1)
  END AS "handedOver",
  (SELECT coalesce(jsonb_agg(DISTINCT q.queue), '[]') FROM (
    SELECT queue FROM moved WHERE status = 'pending'
    UNION ALL SELECT queue FROM woken WHERE status = 'pending'
    UNION ALL SELECT queue FROM born WHERE owner IS NULL) q) AS queues,
  c.ref,
  jsonb_build_array(c.module, c.workflow, c.site, c.position) AS existing,
  (SELECT jsonb_build_array(w.module, w.workflow, w.site, w.position)
    FROM wanted w WHERE w.transition = c.transition AND w.id = c.id) AS requested
FROM given g
LEFT JOIN locked l ON l.id = g.id AND l.root_id = g."rootId"
LEFT JOIN moved m ON m.n = g.n
LEFT JOIN LATERAL (SELECT * FROM conflict c WHERE c.transition = g.n LIMIT 1) c ON true
ORDER BY g.n`,
};

interface Answer {
  readonly outcome: "applied" | "refConflict" | "fenced";
  readonly status: ExecutionStatus | null;
  readonly signals: number | null;
  readonly handedOver: readonly string[];
  readonly queues: readonly string[];
  readonly ref: string | null;
  readonly existing: Place;
  readonly requested: Place | null;
}

/** Module, workflow, call site, position in the loops around it. */
type Place = readonly [string | null, string | null, string | null, readonly number[] | null];

const answer = object<Answer>({
  outcome: oneOf("applied", "refConflict", "fenced"),
  status: nullable(status),
  signals: nullable(int),
  handedOver: list(text),
  queues: list(text),
  ref: nullable(text),
  existing: json<Place>(),
  requested: nullable(json<Place>()),
});

export interface Committed {
  /** In the order of the transitions. */
  readonly results: readonly CommitResult[];
  readonly hint: Hint;
}

/** Records the transitions in one statement. No two of them may touch the same row: see batch.ts. */
export async function commit(database: Database, transitions: readonly Transition[]): Promise<Committed> {
  const answers = rows("commit", await database.query(COMMIT, [records(transitions.map(recordOf))]), answer);
  const results = answers.map(resultOf);
  const over = transitions.filter(({ progress }, n) => ended(progress.status) && results[n]?.outcome === "applied");
  return { results, hint: { queues: answers[0]?.queues ?? [], ended: over.map(({ id }) => id) } };
}

function recordOf({ progress, history, children, ...guard }: Transition): object {
  return { ...guard, ...progress, history: numbered(history), children: numbered(children) };
}

function resultOf({ outcome, status, signals, handedOver, ...conflict }: Answer): CommitResult {
  switch (outcome) {
    case "applied":
      return { outcome, status: status!, signals: signals!, handedOver };
    case "fenced":
      return { outcome, status };
    case "refConflict":
      return {
        outcome,
        ref: conflict.ref ?? "",
        existing: placeName(conflict.existing),
        requested: placeName(conflict.requested!),
      };
  }
}

function placeName([module, workflow, site, position]: Place): string {
  const loop = position !== null && position.length > 0 ? ` in round ${position.join(".")}` : "";
  return `${module}/${workflow}${site === null ? "" : ` at ${site}`}${loop}`;
}
