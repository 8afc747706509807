-- What is due and no live worker has code for is marked, and left out of the index of what is due: a claim passed all of it,
-- which took 150 ms with a hundred thousand of them.
--
-- Older workers can run against it. They neither mark nor look at the mark, and find what is due without the index.

-- The resume key, when no live worker had code for it as somebody last looked. A column of its own, because the resume key changes
-- with every checkpoint, which is a HOT update only as long as no index has what it changes.
ALTER TABLE durable.executions ADD COLUMN unknown_code text;

DROP INDEX durable.executions_due;
CREATE INDEX executions_due ON durable.executions (queue, priority DESC, wake_at)
  WHERE owner IS NULL AND wake_at IS NOT NULL AND kind <> 'inline' AND unknown_code IS NULL;
CREATE INDEX executions_unknown ON durable.executions (unknown_code)
  WHERE owner IS NULL AND wake_at IS NOT NULL AND kind <> 'inline' AND unknown_code IS NOT NULL;
