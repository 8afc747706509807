/**
 * Records the transitions that nearly all transitions are: a step has completed and the next is about to begin, or the
 * workflow has. They write one row and its history, and no row of anybody else's, so the statement needs none of what
 * `commit` does for children, waits and parents: it costs the server half as much, and the worker a third.
 *
 * It says which it has applied. What it has not (fenced, or stored already) is for `commit` to judge.
 */
import type { HistoryEntry, Overlay, Transition } from "../../store.ts";
import type { Database, Statement } from "../database.ts";
import { int, object, rows } from "../decode.ts";
import { HISTORY_ENTRY, NOW, numbered, recordset } from "../records.ts";

const RECORD = `n integer, "rootId" text, id text, epoch integer, claim text, seq integer, status text, state text,
  "resumeKey" text, data jsonb, result jsonb, "of" text, step text, kind text, attempt integer, output jsonb, log jsonb, "startedAt" timestamptz,
  "endedAt" timestamptz, more jsonb`;

export const CHECKPOINT: Statement = {
  name: "durable_checkpoint",
  text: `
WITH given AS MATERIALIZED (
  -- In the order of ids, as a commit locks its rows.
  SELECT * FROM ${recordset("$1::jsonb", RECORD)} g ORDER BY g.id
),
moved AS (
  UPDATE durable.executions e SET
    seq = e.seq + 1, status = g.status, state = g.state, resume_key = g."resumeKey", data = g.data,
    owner = CASE WHEN g.status = 'running' THEN e.owner END,
    result = CASE WHEN g.status = 'completed' THEN coalesce(g.result, g.data) END,
    ended_at = CASE WHEN g.status = 'completed' THEN ${NOW} END,
    attempt = 1, attempt_started_at = NULL, overlay = '{"put": {}, "deleted": []}', saved = '{}', received = NULL,
    wait = NULL, branches = NULL, wake_at = NULL, step_deadline = NULL, error = NULL, compensations = NULL,
    failure = NULL, crashes = 0
  FROM given g
  WHERE e.id = g.id AND e.root_id = g."rootId" AND e.epoch = g.epoch AND e.seq = g.seq
    AND e.claim IS NOT DISTINCT FROM g.claim
  RETURNING g.n, e.root_id, e.id, e.seq, e.signals, g."of", g.step, g.kind, g.attempt, coalesce(g.output, e.data) AS output,
    coalesce(g.log, '[]') AS log, g."startedAt", g."endedAt", g.more
),
written AS (
  INSERT INTO durable.history (
    root_id, id, seq, n, state, step, kind, branch, compensates, attempt, status, output, error, log, started_at, ended_at)
  SELECT m.root_id, m.id, m.seq, 0, m."of", m.step, m.kind, NULL, NULL, m.attempt, 'completed', m.output, NULL, m.log,
    m."startedAt", m."endedAt"
  FROM moved m
  UNION ALL
  SELECT m.root_id, m.id, m.seq, h.n + 1, h.state, h.step, h.kind, h.branch, h.compensates, h.attempt, h.status,
    h.output, h.error, h.log, h."startedAt", h."endedAt"
  FROM moved m CROSS JOIN LATERAL ${recordset("m.more", HISTORY_ENTRY)} h
  WHERE m.more IS NOT NULL
)
SELECT n, signals FROM moved`,
};

const moved = object<{ readonly n: number; readonly signals: number }>({ n: int, signals: int });

/** True when `checkpoint` can record it. */
export function isCheckpoint({
  progress,
  history,
  children,
  consumed,
  opens,
  cascading,
  parentId,
}: Transition): boolean {
  const { status, wait, received, branches, stepDeadline, error, compensations, attempt, attemptStartedAt } = progress;
  return (
    (status === "running" || (status === "completed" && parentId === null)) &&
    children.length === 0 &&
    consumed.length === 0 &&
    (opens === undefined || opens.length === 0) &&
    !cascading &&
    wait === null &&
    received === null &&
    branches === null &&
    stepDeadline === null &&
    error === null &&
    (compensations ?? null) === null &&
    attemptStartedAt === null &&
    attempt === 1 &&
    isEmpty(progress.saved) &&
    isUnwritten(progress.overlay) &&
    history.length > 0 &&
    isPlain(history[0]!)
  );
}

/** The signals of those that were applied, by their place in the batch. */
export async function checkpoint(
  database: Database,
  batch: readonly Transition[],
): Promise<ReadonlyMap<number, number>> {
  const records = `[${batch.map(recordOf).join(",")}]`;
  const found = rows("checkpoint", await database.query(CHECKPOINT, [records]), moved);
  return new Map(found.map(({ n, signals }) => [n, signals]));
}

function isPlain({ status, branch, compensates, output, error }: HistoryEntry): boolean {
  return (
    status === "completed" && branch === null && (compensates ?? null) === null && output !== null && error === null
  );
}

function isUnwritten({ put, deleted, log }: Overlay): boolean {
  return isEmpty(put) && deleted.length === 0 && (log === undefined || log.length === 0);
}

function isEmpty(data: object): boolean {
  for (const _ in data) return false;
  return true;
}

/** As text at once: building an object for each first costs as much again. What a step gave is mostly what comes next. */
function recordOf({ rootId, id, epoch, claim, seq, progress, history }: Transition, n: number): string {
  const { status, state, resumeKey, result } = progress;
  const [first, ...others] = history;
  const { step, kind, attempt, startedAt, endedAt, log } = first!;
  const data = JSON.stringify(progress.data);
  const output = JSON.stringify(first!.output);
  const ending = result === null ? data : JSON.stringify(result);
  const named = JSON.stringify({
    n,
    rootId,
    id,
    epoch,
    claim,
    seq,
    status,
    state,
    resumeKey,
    of: first!.state,
    step,
    kind,
  });
  const timed = `"attempt":${attempt},"startedAt":"${startedAt}","endedAt":"${endedAt}"`;
  const logged = log.length === 0 ? "" : `,"log":${JSON.stringify(log)}`;
  const given = output === data ? "" : `,"output":${output}`;
  const came = ending === data ? "" : `,"result":${ending}`;
  const more = others.length === 0 ? "" : `,"more":${JSON.stringify(numbered(others))}`;
  return `${named.slice(0, -1)},${timed},"data":${data}${given}${came}${logged}${more}}`;
}
