/**
 * Records transitions, each guarded by (epoch, claim, seq), and everything that must happen with them.
 *
 * Nothing here looks at another row to decide whether to wake it. A sub-select reads the statement's snapshot, and a
 * parent that suspends, or a child that ends, in the same moment is not in it: child completed, parent waiting for ever.
 * So whoever ends updates its parent by id, and whoever suspends compares `signals` on the locked, newest version of its
 * own row. The look at what has already arrived (`again`) covers what was there before the worker read its signals.
 */
import { ended } from "../../../status.ts";
import type { CommitResult, ExecutionStatus, Transition } from "../../store.ts";
import type { Database, Statement } from "../database.ts";
import { int, json, list, nullable, object, oneOf, rows, text } from "../decode.ts";
import { status } from "../execution.ts";
import { TAKEN_BACK } from "../held.ts";
import type { Hint } from "../hints.ts";
import {
  HISTORY_ENTRY,
  INSERT_COLUMNS,
  insertValues,
  NEW_EXECUTION,
  NOW,
  numbered,
  OPENED_INPUT,
  records,
  recordset,
  TRANSITION,
} from "../records.ts";
import { wake } from "../wake.ts";

/** What is locked is held as the worker says. */
const HELD = "l.epoch = g.epoch AND l.claim IS NOT DISTINCT FROM g.claim";

export const COMMIT: Statement = {
  name: "durable_commit",
  text: `
WITH given AS MATERIALIZED (
  SELECT t.*, durable.ended(t.status) AS ended
  FROM ${recordset("$1::jsonb", TRANSITION)} t
),
-- Every row that will be written is locked first, in the order of ids, so that batches of two workers that share
-- parents cannot wait for each other in a circle; and a locked row's newest version is known. It costs 5 % more WAL.
-- A CTE of its own: see branches.ts.
touched AS MATERIALIZED (
  SELECT n, "rootId" AS root_id, id FROM given
  UNION ALL
  SELECT NULL, e.root_id, e.parent_id
  FROM given g JOIN durable.executions e ON e.id = g.id AND e.root_id = g."rootId"
  WHERE g.ended AND e.kind IN ('call', 'branch')
),
locked AS MATERIALIZED (
  SELECT t.n, e.logical_id, e.parent_id, e.kind, e.queue, e.epoch, e.claim, e.seq, e.status, e.signals
  FROM touched t JOIN durable.executions e ON e.id = t.id AND e.root_id = t.root_id
  ORDER BY e.id
  FOR UPDATE OF e
),
wanted AS MATERIALIZED (
  SELECT g.n AS transition, c.*,
    -- A paused queue begins nothing new, not even by hand-over.
    CASE WHEN c.kind = 'inline' OR NOT EXISTS (SELECT FROM durable.queues q WHERE q.name = c.queue AND q.paused)
      THEN c.owner END AS taker
  FROM given g CROSS JOIN LATERAL ${recordset("g.children", NEW_EXECUTION)} c
),
-- Children that exist for another call site.
conflict AS MATERIALIZED (
  SELECT DISTINCT ON (w.transition) w.transition, w.ref,
    jsonb_build_array(e.module, e.workflow, e.site, e.position) AS existing,
    jsonb_build_array(w.module, w.workflow, w.site, w.position) AS requested
  FROM wanted w JOIN durable.executions e ON e.id = w.id AND e.root_id = w."rootId"
  WHERE (e.module, e.workflow, e.site, e.position) IS DISTINCT FROM (w.module, w.workflow, w.site, w.position)
),
-- The events that are used up, as they are now: where branches of a workflow wait for one name, another may have been
-- faster, since this one was claimed or in this very batch.
used AS MATERIALIZED (
  SELECT g.n, g."rootId" AS root_id, l.logical_id, u.event_id
  FROM given g
  JOIN locked l ON l.n = g.n AND ${HELD} AND l.seq = g.seq
  CROSS JOIN LATERAL unnest(g.consumed) u(event_id)
),
letters AS MATERIALIZED (
  SELECT u.n, m.arrival, m.consumed_by
  FROM used u
  JOIN durable.mailbox m ON m.root_id = u.root_id AND m.logical_id = u.logical_id AND m.event_id = u.event_id
  ORDER BY m.arrival
  FOR UPDATE OF m
),
late AS MATERIALIZED (
  SELECT l.n FROM letters l
  WHERE l.consumed_by IS NOT NULL OR EXISTS (SELECT FROM letters o WHERE o.arrival = l.arrival AND o.n < l.n)
),
decided AS MATERIALIZED (
  SELECT g.*, l.logical_id, l.parent_id, l.kind, l.queue, l.status AS status_before, l.signals AS signals_now,
    c.ref, c.existing, c.requested,
    CASE
      WHEN ${HELD} AND l.seq = g.seq THEN CASE
        WHEN c.transition IS NOT NULL THEN 'refConflict'
        WHEN g.n IN (SELECT n FROM late) THEN 'late'
        ELSE 'applied'
      END
      -- This very transition is stored already: the answer to it was lost.
      WHEN ${HELD} AND l.seq = g.seq + 1 THEN 'repeated'
      ELSE 'fenced'
    END AS outcome,
    g.status = 'waiting' AND (
      l.signals <> g.signals
      OR CASE g.wait->>'on'
        WHEN 'child' THEN EXISTS (
          SELECT FROM durable.executions e
          WHERE e.id = g.wait->>'id' AND e.root_id = g."rootId" AND durable.ended(e.status))
        WHEN 'join' THEN (
          SELECT count(*) = jsonb_array_length(g.wait->'ids')
            OR coalesce(bool_or(e.status <> 'completed'), false) AND coalesce((g.wait->>'failFast')::boolean, false)
          FROM durable.executions e
          WHERE e.id = ANY (ARRAY(SELECT jsonb_array_elements_text(g.wait->'ids'))) AND e.root_id = g."rootId"
            AND durable.ended(e.status))
        WHEN 'event' THEN (
          SELECT CASE WHEN g.wait->>'mode' = 'all' THEN bool_and(a.arrived) ELSE bool_or(a.arrived) END
          FROM (
            SELECT EXISTS (
              SELECT FROM durable.mailbox m
              WHERE m.root_id = g."rootId" AND m.logical_id = l.logical_id AND m.name = w.name
                AND m.consumed_by IS NULL AND m.event_id <> ALL (g.consumed)) AS arrived
            FROM jsonb_array_elements_text(g.wait->'names') AS w(name)
          ) a)
        ELSE false
      END) AS again
  FROM given g
  LEFT JOIN locked l ON l.n = g.n
  LEFT JOIN conflict c ON c.transition = g.n
),
moved AS (
  UPDATE durable.executions e SET
    seq = e.seq + 1,
    status = CASE WHEN d.again THEN 'pending' ELSE d.status END,
    wake_at = CASE
      WHEN d.again THEN ${NOW}
      WHEN d.status = 'pending' THEN coalesce(d."wakeAt", ${NOW})
      WHEN d.status IN ('waiting', 'compensating') THEN d."wakeAt"
    END,
    -- A running execution stays with its worker; a compensating one too, unless it is to be looked at later; an inline
    -- child as long as it lives.
    owner = CASE
      WHEN d.status = 'running' OR (d.status = 'compensating' AND d."wakeAt" IS NULL) THEN e.owner
      WHEN e.kind = 'inline' AND NOT d.ended THEN e.owner
    END,
    state = d.state, resume_key = d."resumeKey", attempt = d.attempt, attempt_started_at = d."attemptStartedAt",
    data = d.data, overlay = d.overlay, saved = d.saved, received = d.received,
    wait = CASE WHEN NOT d.ended THEN d.wait END, branches = d.branches,
    step_deadline = d."stepDeadline", deadline = d.deadline, result = d.result, error = d.error,
    compensations = d.compensations, failure = CASE WHEN d.status = 'failed' THEN d.failure END,
    ended_at = CASE WHEN d.ended THEN ${NOW} END,
    crashes = 0,
    cascading = e.cascading OR d.cascading
  FROM decided d
  WHERE e.id = d.id AND e.root_id = d."rootId" AND d.outcome = 'applied'
),
-- To be claimed again, with what has come for it then.
returned AS (
  UPDATE durable.executions e SET ${TAKEN_BACK}
  FROM decided d
  WHERE e.id = d.id AND e.root_id = d."rootId" AND d.outcome = 'late'
  RETURNING e.queue
),
-- Two children of one parent that end in one batch wake it once: an UPDATE takes only one of several matches.
woken AS (
  UPDATE durable.executions p SET ${wake("p", "w.ids")}, signals = p.signals + w.signals
  FROM (
    SELECT d."rootId" AS root_id, d.parent_id, array_agg(d.id) AS ids, count(*)::integer AS signals
    FROM decided d
    -- Nobody waits for a started child; an inline one is ended by the very worker that holds its parent.
    WHERE d.outcome = 'applied' AND d.ended AND d.kind IN ('call', 'branch')
    GROUP BY d."rootId", d.parent_id
  ) w
  WHERE p.id = w.parent_id AND p.root_id = w.root_id
  RETURNING p.queue, p.status
),
born AS (
  INSERT INTO durable.executions (${INSERT_COLUMNS})
  SELECT ${insertValues("c.taker")}
  FROM wanted c JOIN decided d ON d.n = c.transition
  WHERE d.outcome = 'applied'
  ORDER BY c.transition, c.n
  ON CONFLICT (id, root_id) DO NOTHING
  RETURNING id, queue, owner
),
written AS (
  INSERT INTO durable.history (
    root_id, id, seq, n, state, step, kind, branch, compensates, attempt, status, output, error, log, started_at, ended_at)
  SELECT d."rootId", d.id, d.seq + 1, h.n, h.state, h.step, h.kind, h.branch, h.compensates, h.attempt, h.status,
    h.output, h.error, h.log, h."startedAt", h."endedAt"
  FROM decided d CROSS JOIN LATERAL ${recordset("d.history", HISTORY_ENTRY)} h
  WHERE d.outcome = 'applied'
  ORDER BY d.n, h.n
),
opened AS (
  INSERT INTO durable.inputs (
    root_id, logical_id, id, seq, name, type, prompt, fields, choices, metadata, on_timeout, until, opened_at)
  SELECT d."rootId", d.logical_id, d.id, d.seq + 1, o.name, o.type, o.prompt, o.fields, o.choices, o.metadata,
    o."onTimeout", o.until, ${NOW}
  FROM decided d CROSS JOIN LATERAL ${recordset("d.opens", OPENED_INPUT)} o
  WHERE d.outcome = 'applied'
),
consumed AS (
  UPDATE durable.mailbox m SET consumed_by = c.id
  FROM (
    SELECT d."rootId" AS root_id, d.logical_id, d.id, unnest(d.consumed) AS event_id
    FROM decided d WHERE d.outcome = 'applied'
  ) c
  WHERE m.root_id = c.root_id AND m.logical_id = c.logical_id AND m.event_id = c.event_id
)
SELECT d.outcome,
  CASE WHEN d.outcome <> 'applied' THEN d.status_before WHEN d.again THEN 'pending' ELSE d.status END AS status,
  d.signals_now AS signals,
  ARRAY(
    SELECT b.id FROM born b JOIN wanted c ON c.id = b.id WHERE c.transition = d.n AND b.owner IS NOT NULL
  ) AS "handedOver",
  CASE WHEN d.n = 0 THEN ARRAY(
    SELECT queue FROM decided WHERE outcome = 'applied' AND (again OR status = 'pending')
    UNION SELECT queue FROM returned
    UNION SELECT queue FROM woken WHERE status = 'pending'
    UNION SELECT queue FROM born WHERE owner IS NULL
  ) END AS queues,
  d.ref, d.existing, d.requested
FROM decided d
-- Two branches of a workflow that create a child of one ref at once: the second finds it there only when it inserts. Sent
-- again, it sees whose it is.
WHERE CASE WHEN EXISTS (
  SELECT FROM wanted c JOIN decided w ON w.n = c.transition
  WHERE w.outcome = 'applied'
    AND NOT EXISTS (SELECT FROM born b WHERE b.id = c.id)
    AND NOT EXISTS (SELECT FROM durable.executions e WHERE e.id = c.id AND e.root_id = c."rootId")
) THEN durable.again() ELSE true END
ORDER BY d.n`,
};

export const HANDED_OVER: Statement = {
  name: "durable_handed_over",
  text: `
SELECT e.id
FROM unnest($1::text[], $2::text[]) AS c(id, owner)
JOIN durable.executions e ON e.id = c.id AND e.owner = c.owner AND e.epoch = 1 AND e.claim IS NULL`,
};

interface Answer {
  readonly outcome: "applied" | "repeated" | "refConflict" | "late" | "fenced";
  readonly status: ExecutionStatus | null;
  readonly signals: number | null;
  readonly handedOver: readonly string[];
  /** On the first row only. */
  readonly queues: readonly string[] | null;
  readonly ref: string | null;
  readonly existing: Place | null;
  readonly requested: Place | null;
}

/** Module, workflow, call site, position in the loops around it. */
type Place = readonly [string | null, string | null, string | null, readonly number[] | null];

const answer = object<Answer>({
  outcome: oneOf("applied", "repeated", "refConflict", "late", "fenced"),
  status: nullable(status),
  signals: nullable(int),
  handedOver: list(text),
  queues: nullable(list(text)),
  ref: nullable(text),
  existing: nullable(json<Place>()),
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
  const before = await handedOverBefore(
    database,
    transitions.filter((_, n) => answers[n]?.outcome === "repeated"),
  );
  const results = answers.map((each, n) => resultOf(each, transitions[n]!, before));
  const over = transitions.filter(({ progress }, n) => ended(progress.status) && results[n]?.outcome === "applied");
  return { results, hint: { queues: answers[0]?.queues ?? [], ended: over.map(({ id }) => id) } };
}

/**
 * The children that repeated transitions handed over when they were applied. They are asked for apart: when the first
 * attempt was still under way, they are not in the snapshot of the second.
 */
async function handedOverBefore(database: Database, repeated: readonly Transition[]): Promise<ReadonlySet<string>> {
  const handed = repeated.flatMap(({ children }) => children.filter(({ owner }) => owner !== null));
  if (handed.length === 0) return new Set();
  const parameters = [handed.map(({ id }) => id), handed.map(({ owner }) => owner)];
  const found = rows("commit", await database.query(HANDED_OVER, parameters), object({ id: text }));
  return new Set(found.map(({ id }) => id));
}

function recordOf({ progress, history, children, opens = [], ...guard }: Transition): object {
  return { ...guard, ...progress, opens, history: numbered(history), children: numbered(children) };
}

function resultOf(
  { outcome, status, signals, handedOver, ...conflict }: Answer,
  { children }: Transition,
  before: ReadonlySet<string>,
): CommitResult {
  switch (outcome) {
    case "applied":
      return { outcome, status: status!, signals: signals!, handedOver };
    case "repeated": {
      const handed = children.map(({ id }) => id).filter((id) => before.has(id));
      return { outcome: "applied", status: status!, signals: signals!, handedOver: handed };
    }
    case "late":
    case "fenced":
      return { outcome: "fenced", status };
    case "refConflict":
      return {
        outcome,
        ref: conflict.ref ?? "",
        existing: placeName(conflict.existing!),
        requested: placeName(conflict.requested!),
      };
  }
}

function placeName([module, workflow, site, position]: Place): string {
  const loop = position !== null && position.length > 0 ? ` in round ${position.join(".")}` : "";
  return `${module}/${workflow}${site === null ? "" : ` at ${site}`}${loop}`;
}
