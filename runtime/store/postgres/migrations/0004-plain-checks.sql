-- The same checks without a function: Postgres takes a function in a check apart again for every statement that writes,
-- which was a fourth of what a start or a checkpoint cost the server.
--
-- Older workers can run against it: the checks mean what they meant. `executions` is read once to see that they hold.

ALTER TABLE durable.executions
  DROP CONSTRAINT executions_status_check,
  DROP CONSTRAINT executions_check,
  ADD CONSTRAINT executions_status_check CHECK (status IN (
    'pending', 'running', 'waiting', 'compensating',
    'completed', 'failed', 'cancelled', 'compensated', 'compensation_failed')),
  ADD CONSTRAINT executions_ended_check CHECK (
    status IN ('pending', 'running', 'waiting', 'compensating')
    OR (owner IS NULL AND wake_at IS NULL AND wait IS NULL));
