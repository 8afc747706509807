/** Inserts executions; one whose id exists is left as it is. */
import type { NewExecution } from "../../store.ts";
import type { Database, Statement } from "../database.ts";
import { bool, object, rows, text } from "../decode.ts";
import { carries, type Hint } from "../hints.ts";
import { INSERT_COLUMNS, insertValues, NEW_EXECUTION, records, recordset } from "../records.ts";

export const START: Statement = {
  name: "durable_start",
  text: `
INSERT INTO durable.executions (${INSERT_COLUMNS})
SELECT ${insertValues()}
FROM ${recordset("$1::jsonb", NEW_EXECUTION)} c
ORDER BY c.n
ON CONFLICT (id, root_id) DO NOTHING
RETURNING id, queue, ${carries("$2::text", "queue")} AS told`,
};

const inserted = object<{ readonly id: string; readonly queue: string; readonly told: boolean }>({
  id: text,
  queue: text,
  told: bool,
});

export interface Started {
  readonly results: readonly { readonly id: string; readonly created: boolean }[];
  readonly hint: Hint;
}

/** A repeated id, in the batch or in the database, is created once. On `channel` its commit may tell of what is created. */
export async function start(
  database: Database,
  executions: readonly NewExecution[],
  channel: string | null,
): Promise<Started> {
  const created = rows("start", await database.query(START, [records(executions), channel]), inserted);
  const first = new Map(executions.map(({ id }, n) => [id, n] as const).reverse());
  const queues = new Map(created.map(({ id, queue }) => [id, queue]));
  const results = executions.map(({ id }, n) => ({ id, created: queues.has(id) && first.get(id) === n }));
  return {
    results,
    hint: { queues: [...new Set(queues.values())], ended: [], told: created.every(({ told }) => told) },
  };
}
