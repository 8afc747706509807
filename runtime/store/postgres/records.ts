/**
 * Rows travel to a statement as one JSON parameter, and these are their columns as `jsonb_to_recordset` reads them. One
 * parameter parses faster than thirty arrays, keeps a statement's text the same for every size of batch, and turns JSON's
 * null into SQL's by itself.
 */

const IDENTITY = `
  "rootId" text, id text, "logicalId" text, "parentId" text, kind text, ref text, site text, position jsonb,
  module text, workflow text, queue text, priority integer, input jsonb, trace jsonb`;

/** `NewExecution`, with `n`, its place in the batch. */
export const NEW_EXECUTION = `n integer, ${IDENTITY},
  data jsonb, state text, "resumeKey" text, "wakeAt" timestamptz, "timeoutMs" bigint, owner text`;

/** `Progress`. */
export const PROGRESS = `
  status text, state text, "resumeKey" text, attempt integer, "attemptStartedAt" timestamptz,
  data jsonb, overlay jsonb, saved jsonb, received jsonb, wait jsonb, branches jsonb,
  "wakeAt" timestamptz, "stepDeadline" timestamptz, deadline timestamptz, result jsonb, error jsonb,
  compensations jsonb, failure jsonb`;

/** `Transition` with its progress spread out, and `n`, its place in the batch. */
export const TRANSITION = `n integer, "rootId" text, id text, epoch integer, claim text, seq integer, signals integer,
  "parentId" text, cascading boolean, consumed text[], history jsonb, children jsonb, opens jsonb,
  ${PROGRESS}`;

/** `HistoryEntry`, with `n`, its place among the transition's. */
export const HISTORY_ENTRY = `n integer, state text, step text, kind text, branch text, compensates text,
  attempt integer, status text,  output jsonb, error jsonb, log jsonb, "startedAt" timestamptz, "endedAt" timestamptz`;

/** `EventDelivery`, with `n`, its place in the batch. */
export const EVENT_DELIVERY = `n integer, "executionId" text, "eventId" text, name text, payload jsonb, fits text[]`;

/** `InputAnswer`, with `n`, its place in the batch, and `answer`, the call that gives it. */
export const INPUT_ANSWER = `n integer, "executionId" text, name text, response jsonb, answer text`;

/** `OpenedInput`. */
export const OPENED_INPUT = `name text, type text, prompt text, fields jsonb, choices jsonb, metadata jsonb,
  "onTimeout" text, until timestamptz`;

/** `ScheduleRegistration`, with `n`, its place in the batch. */
export const SCHEDULE = `n integer, name text, module text, workflow text, state text, "resumeKey" text, cron text,
  timezone text, input jsonb, queue text, priority integer, "timeoutMs" bigint, overlap text, enabled boolean,
  "nextRunAt" timestamptz`;

/** `Firing`, with `n`, its place in the batch. */
export const FIRING = `n integer, name text, "dueAt" timestamptz, "nextRunAt" timestamptz, "executionId" text,
  trace jsonb`;

/**
 * What the function `durable.now()` gives, once a statement. Postgres plans a function like it anew for each statement that
 * calls it, which takes thirty microseconds.
 */
export const NOW = "(SELECT date_trunc('milliseconds', now() + ahead) FROM durable.clock)";

/** Inserts an execution from a NEW_EXECUTION record under the alias `c`. */
export const INSERT_COLUMNS = `
  root_id, id, logical_id, parent_id, kind, ref, site, position, module, workflow, queue, priority, input, trace, data,
  state, resume_key, deadline, created_at, status, owner, epoch, wake_at, started_at`;

/** The values for INSERT_COLUMNS. What is created claimed begins its life running, at epoch 1, due to nobody else. */
export function insertValues(owner = "c.owner"): string {
  return `
  c."rootId", c.id, c."logicalId", c."parentId", c.kind, c.ref, c.site, c.position, c.module, c.workflow, c.queue,
  c.priority, c.input, c.trace, coalesce(c.data, c.input), c.state, c."resumeKey",
  ${NOW} + c."timeoutMs" * interval '1 ms', ${NOW},
  CASE WHEN ${owner} IS NULL THEN 'pending' ELSE 'running' END, ${owner},
  CASE WHEN ${owner} IS NULL THEN 0 ELSE 1 END,
  CASE WHEN ${owner} IS NULL THEN coalesce(c."wakeAt", ${NOW}) END,
  CASE WHEN ${owner} IS NULL THEN NULL ELSE ${NOW} END`;
}

/**
 * The rows of a JSON array. The limit takes nothing away: it tells the planner how many rows there are, which it would
 * otherwise put at a hundred for each array, and a transition's children at ten thousand. Where a pooler keeps us from
 * setting `jit = off`, Postgres then compiled every commit, for a second.
 */
export function recordset(json: string, columns: string): string {
  return `(SELECT * FROM jsonb_to_recordset(${json}) AS r(${columns}) LIMIT jsonb_array_length(${json}))`;
}

/** A batch as the one parameter. */
export function records(batch: readonly object[]): string {
  return JSON.stringify(numbered(batch));
}

/** Gives each row its place as `n`. */
export function numbered(batch: readonly object[]): readonly object[] {
  return batch.map((row, n) => ({ ...row, n }));
}
