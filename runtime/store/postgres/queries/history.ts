/** The attempts of one execution and of its queued branches, in the order in which they were recorded. */
import type { ExecutionError, HistoryEntry, LogEntry } from "../../store.ts";
import { withBranches } from "../branches.ts";
import type { Database, Statement } from "../database.ts";
import { int, json, list, nullable, object, oneOf, rows, text, time, written } from "../decode.ts";

export const HISTORY: Statement = {
  name: "durable_history",
  text: `
SELECT h.seq, h.state, h.step, h.kind, h.branch, h.compensates, h.attempt, h.status, h.output, h.error, h.log,
  h.started_at AS "startedAt", h.ended_at AS "endedAt"
FROM durable.executions e
CROSS JOIN LATERAL (${withBranches("e")}) m(id)
JOIN durable.history h ON h.root_id = e.root_id AND h.id = m.id
WHERE e.id = $1
ORDER BY h.written`,
};

type Entry = HistoryEntry & { readonly seq: number };

const entry = object<Required<Entry>>({
  seq: int,
  state: text,
  step: text,
  kind: oneOf("step", "decision", "compensation", "into"),
  branch: nullable(text),
  compensates: nullable(text),
  attempt: int,
  status: oneOf("completed", "failed", "aborted"),
  output: json(),
  error: nullable(written<ExecutionError>()),
  log: list(written<LogEntry>()),
  startedAt: time,
  endedAt: time,
});

export async function history(database: Database, id: string): Promise<readonly Entry[]> {
  return rows("history", await database.query(HISTORY, [id]), entry);
}
