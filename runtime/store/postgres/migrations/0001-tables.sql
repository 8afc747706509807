-- The tables of durable executions.
--
-- How they work together. An execution is one row of `executions`: who it is (never changes), where it is and what it
-- carries (changed by its own transitions), and how it is held (owner, epoch, signals). It moves
--     pending -> running -> (waiting <-> pending) -> ended
-- by single statements:
--   start     inserts it pending;
--   claim     gives it an owner and a new epoch; from then on only writes that carry this epoch are accepted;
--   commit    checks (epoch, seq), stores the next progress with seq + 1, appends the attempts to `history`, inserts the
--             children, takes the consumed entries out of `mailbox`, and wakes the parent of what has ended;
--   wake-ups  (a child's end, an event, an answer) update the row by its id alone: signals + 1, and pending if it is
--             waiting for this. A suspension that finds other signals than its worker had read becomes pending at once,
--             so whichever comes first, none is lost;
--   cancel    ends it under a new epoch and marks it `cascading`; whoever sees the mark cancels the live descendants.
-- A worker's lease is one row of `workers`, not a column of every execution: renewing it rewrites one small row, and one
-- statement takes back all that a dead worker held.
--
-- Keys. Every row of an execution's tables carries `root_id`, the id of the tree's root, and every key contains it: a tree
-- can live on one shard. `workers`, `code_keys`, `queues`, `schedules` and `clock` are small and belong to no tree.
-- The primary key of `executions` begins with `id`, because clients know only that.
--
-- Older workers: none exist before this migration.

-- What is final; runtime/status.ts spells the same list for TypeScript.
CREATE FUNCTION durable.ended(status text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT status IN ('completed', 'failed', 'cancelled', 'compensated', 'compensation_failed') $$;

-- One row: how far virtual time is ahead of the clock. Only testing moves it.
CREATE TABLE durable.clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  ahead interval NOT NULL DEFAULT '0'
);
INSERT INTO durable.clock DEFAULT VALUES;

-- The time of timers, deadlines and schedules, in whole milliseconds so that it survives a trip through JavaScript.
-- Leases use now() itself.
CREATE FUNCTION durable.now() RETURNS timestamptz
LANGUAGE sql STABLE
AS $$ SELECT date_trunc('milliseconds', pg_catalog.now() + (SELECT ahead FROM durable.clock)) $$;

CREATE TABLE durable.executions (
  -- who it is
  root_id text NOT NULL,
  id text NOT NULL,
  logical_id text NOT NULL,
  parent_id text,
  kind text NOT NULL CHECK (kind IN ('root', 'call', 'start', 'inline', 'branch')),
  ref text,
  site text,
  position jsonb NOT NULL DEFAULT '[]',
  module text NOT NULL,
  workflow text NOT NULL,
  queue text NOT NULL,
  priority integer NOT NULL,
  input jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  -- Order of creation, which `created_at` alone does not give for children of one transition.
  born bigint GENERATED ALWAYS AS IDENTITY,

  -- where it is, what it carries
  status text NOT NULL CHECK (status IN ('pending', 'running', 'waiting', 'compensating') OR durable.ended(status)),
  state text,
  resume_key text,
  attempt integer NOT NULL DEFAULT 1,
  attempt_started_at timestamptz(3),
  data jsonb NOT NULL,
  overlay jsonb NOT NULL DEFAULT '{"put": {}, "deleted": []}',
  saved jsonb NOT NULL DEFAULT '{}',
  received jsonb,
  wait jsonb,
  branches jsonb,
  step_deadline timestamptz(3),
  deadline timestamptz(3),
  result jsonb,
  error jsonb,
  compensations jsonb,
  started_at timestamptz(3),
  ended_at timestamptz(3),

  -- how it is held
  -- When somebody must look at it. Null while it has an owner, once it has ended, and while only a signal can wake it.
  wake_at timestamptz(3),
  owner text,
  -- Which claim of the owner gave it: a claim whose answer was lost is given back by this.
  claim text,
  epoch integer NOT NULL DEFAULT 0,
  seq integer NOT NULL DEFAULT 0,
  signals integer NOT NULL DEFAULT 0,
  crashes integer NOT NULL DEFAULT 0,
  cascading boolean NOT NULL DEFAULT false,

  PRIMARY KEY (id, root_id),
  CHECK (NOT durable.ended(status) OR (owner IS NULL AND wake_at IS NULL AND wait IS NULL)),
  CHECK (status <> 'running' OR owner IS NOT NULL OR kind = 'inline')
)
-- Checkpoints of a running execution touch no indexed column, so with room in the page they are HOT updates.
WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- What is claimable now or by the clock, in the order of claiming. Pending, waiting with a timer and compensating rows
-- are all in here; inline children are not: they belong to whoever holds their parent.
CREATE INDEX executions_due ON durable.executions (queue, priority DESC, wake_at)
  WHERE owner IS NULL AND wake_at IS NOT NULL AND kind <> 'inline';
-- What a worker holds: for taking it back.
CREATE INDEX executions_held ON durable.executions (owner) WHERE owner IS NOT NULL;
-- The tree: children, branches, descendants to cancel, retention.
CREATE INDEX executions_tree ON durable.executions (root_id, parent_id) WHERE parent_id IS NOT NULL;
-- Newest first, for lists. Costs 5 % more WAL for a claim.
CREATE INDEX executions_newest ON durable.executions (born);
CREATE INDEX executions_cascading ON durable.executions (id) WHERE cascading;

-- One row for each attempt of a step, decision or compensation; only ever appended.
CREATE TABLE durable.history (
  root_id text NOT NULL,
  id text NOT NULL,
  -- The transition that wrote it, and its place among that transition's rows.
  seq integer NOT NULL,
  n integer NOT NULL,
  state text NOT NULL,
  step text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('step', 'decision', 'compensation', 'into')),
  branch text,
  attempt integer NOT NULL,
  status text NOT NULL CHECK (status IN ('completed', 'failed', 'aborted')),
  output jsonb,
  error jsonb,
  log jsonb NOT NULL,
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3) NOT NULL,
  PRIMARY KEY (root_id, id, seq, n)
);

-- Events, kept until a wait of their name consumes them, and after that so that a redelivery is recognised.
CREATE TABLE durable.mailbox (
  root_id text NOT NULL,
  logical_id text NOT NULL,
  event_id text NOT NULL,
  name text NOT NULL,
  payload jsonb,
  arrival bigint GENERATED ALWAYS AS IDENTITY,
  arrived_at timestamptz(3) NOT NULL,
  consumed_by text,
  PRIMARY KEY (root_id, logical_id, event_id)
);
CREATE INDEX mailbox_unconsumed ON durable.mailbox (root_id, logical_id, name, arrival) WHERE consumed_by IS NULL;

-- What a human was asked for. A request is open while its execution waits for an input of this name and seq, so
-- nothing has to close it.
CREATE TABLE durable.inputs (
  root_id text NOT NULL,
  logical_id text NOT NULL,
  id text NOT NULL,
  seq integer NOT NULL,
  name text NOT NULL,
  type text NOT NULL CHECK (type IN ('approval', 'single_choice', 'multi_choice', 'free_text', 'form')),
  prompt text,
  fields jsonb,
  choices jsonb,
  metadata jsonb,
  on_timeout text NOT NULL DEFAULT 'resume' CHECK (on_timeout IN ('resume', 'fail')),
  opened_at timestamptz(3) NOT NULL,
  -- Wrapped in {"value": …}, because nil is an answer.
  response jsonb,
  answered_at timestamptz(3),
  PRIMARY KEY (root_id, id, seq)
);
CREATE INDEX inputs_unanswered ON durable.inputs (root_id, logical_id, name) WHERE response IS NULL;

CREATE TABLE durable.schedules (
  name text PRIMARY KEY,
  module text NOT NULL,
  workflow text NOT NULL,
  state text,
  resume_key text,
  cron text NOT NULL,
  timezone text NOT NULL DEFAULT 'Etc/UTC',
  input jsonb NOT NULL DEFAULT '{}',
  queue text NOT NULL,
  priority integer NOT NULL DEFAULT 0,
  timeout_ms bigint,
  overlap text NOT NULL DEFAULT 'allow' CHECK (overlap IN ('allow', 'skip')),
  enabled boolean NOT NULL DEFAULT true,
  next_run_at timestamptz(3),
  last_run_at timestamptz(3),
  last_execution_id text,
  last_error jsonb,
  consecutive_failures integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX schedules_due ON durable.schedules (next_run_at) WHERE enabled;

-- Live workers. A worker whose row is gone has lost everything it held.
CREATE TABLE durable.workers (
  worker text PRIMARY KEY,
  host text NOT NULL,
  pid integer NOT NULL,
  queues text[] NOT NULL,
  code text NOT NULL,
  registered_at timestamptz(3) NOT NULL,
  lease_until timestamptz(3) NOT NULL
) WITH (fillfactor = 50);

-- The resume keys each build of the code knows, registered once for all workers that run it.
CREATE TABLE durable.code_keys (
  code text NOT NULL,
  resume_key text NOT NULL,
  PRIMARY KEY (code, resume_key)
);

-- A queue without a row is not paused.
CREATE TABLE durable.queues (
  name text PRIMARY KEY,
  paused boolean NOT NULL DEFAULT false
);
