-- What waits for people, sagas, retries by hand, schedules and retention need beside the tables of 0001.
--
-- Older workers can run against it: every new column is nullable or fills itself, and no column changes its meaning. They
-- write no failure points, so what fails in their hands cannot be retried by hand. `history` is rewritten once.

-- Ends the statement so that it is sent again and sees what another has committed meanwhile.
CREATE FUNCTION durable.again() RETURNS boolean
LANGUAGE plpgsql VOLATILE
AS $$ BEGIN RAISE EXCEPTION 'another statement was first' USING ERRCODE = 'serialization_failure'; END $$;

-- `durable.now()` as it is at this moment, not at the statement's start: for what is decided after waiting for a lock.
CREATE FUNCTION durable.clock_now() RETURNS timestamptz
LANGUAGE sql VOLATILE
AS $$ SELECT date_trunc('milliseconds', clock_timestamp() + (SELECT ahead FROM durable.clock)) $$;

-- Where a failed execution can be taken up again; null for all others.
ALTER TABLE durable.executions ADD COLUMN failure jsonb;
-- What retention looks at: trees by the end of their root.
CREATE INDEX executions_ended ON durable.executions (ended_at) WHERE parent_id IS NULL AND ended_at IS NOT NULL;

ALTER TABLE durable.history
  -- The step that a compensation undoes.
  ADD COLUMN compensates text,
  -- Order of commits, over all executions: the steps of queued branches are undone in it.
  ADD COLUMN written bigint GENERATED ALWAYS AS IDENTITY;

-- A request is open while it has no response and its execution waits for it (wait.on = 'input', same name, the latest
-- request of that name, `until` not over). Nothing has to close it.
ALTER TABLE durable.inputs
  DROP CONSTRAINT inputs_pkey,
  ADD PRIMARY KEY (root_id, id, seq, name),
  ADD COLUMN until timestamptz(3),
  -- Which call gave the response: a repeated one recognises its own.
  ADD COLUMN answer text,
  ADD COLUMN opening bigint GENERATED ALWAYS AS IDENTITY;
CREATE INDEX inputs_latest ON durable.inputs (root_id, logical_id, name, opening);

ALTER TABLE durable.schedules
  ADD COLUMN last_error_at timestamptz(3),
  -- Set when failures in a row have turned it off; turning it on again clears it.
  ADD COLUMN auto_disabled_at timestamptz(3);

-- Builds of the code that workers have registered: what tells whether `code_keys` are still of use.
CREATE TABLE durable.builds (
  code text PRIMARY KEY,
  seen_at timestamptz(3) NOT NULL
);
INSERT INTO durable.builds (code, seen_at) SELECT DISTINCT code, now() FROM durable.code_keys;
