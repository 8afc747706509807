-- Lets executions carry the place in a trace where they were started, so that whatever resumes them joins that trace.
--
-- Older workers can run against it: the column is nullable, and they neither read nor write it. What they start has none.

ALTER TABLE durable.executions ADD COLUMN trace jsonb;
