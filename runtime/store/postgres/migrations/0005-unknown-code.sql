-- What is due and no live worker has code for is marked, and left out of the index of what is due: a claim passed all of it,
-- which took 150 ms with a hundred thousand of them.
--
-- Older workers can run against it. They neither mark nor look at the mark, and find what is due without the index.

-- No live worker had code for its state when somebody last looked.
ALTER TABLE durable.executions ADD COLUMN unknown_code boolean NOT NULL DEFAULT false;

DROP INDEX durable.executions_due;
CREATE INDEX executions_due ON durable.executions (queue, priority DESC, wake_at)
  WHERE owner IS NULL AND wake_at IS NOT NULL AND kind <> 'inline' AND NOT unknown_code;
CREATE INDEX executions_unknown ON durable.executions (resume_key)
  WHERE owner IS NULL AND wake_at IS NOT NULL AND kind <> 'inline' AND unknown_code;
