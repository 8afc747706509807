/** What clients ask about executions. None of these locks anything. */
import type { Execution, ExecutionFilter, ExecutionStatus } from "../../store.ts";
import { withBranches } from "../branches.ts";
import type { Database, Statement } from "../database.ts";
import { int, object, rows } from "../decode.ts";
import { execution, executionColumns, status } from "../execution.ts";

export const GET: Statement = {
  name: "durable_get",
  text: `SELECT ${executionColumns("e")} FROM durable.executions e WHERE e.id = $1`,
};

export const LIST: Statement = {
  name: "durable_list",
  text: `
SELECT ${executionColumns("e")}
FROM durable.executions e
WHERE ($1::text IS NULL OR e.module = $1)
  AND ($2::text IS NULL OR e.workflow = $2)
  AND ($3::text[] IS NULL OR e.status = ANY ($3))
  AND ($4::text IS NULL OR e.queue = $4)
  AND ($5::text IS NULL OR e.parent_id = $5)
  AND (NOT $6::boolean OR e.parent_id IS NULL)
  AND ($7::timestamptz IS NULL OR e.created_at >= $7)
  AND ($8::timestamptz IS NULL OR e.created_at < $8)
  AND ($9::text IS NULL OR starts_with(e.id, $9))
  -- One comparison, which the index begins at whatever is given; an OR would read all that is newer.
  AND e.born < CASE
    WHEN $10::text IS NULL THEN 9223372036854775807
    ELSE (SELECT born FROM durable.executions WHERE id = $10) END
ORDER BY e.born DESC
LIMIT $11`,
};

export const CHILDREN: Statement = {
  name: "durable_children",
  // A queued branch is part of its workflow: its children are the workflow's, itself it is no child.
  text: `
SELECT ${executionColumns("c")}
FROM durable.executions w
CROSS JOIN LATERAL (${withBranches("w")}) p(id)
JOIN durable.executions c ON c.root_id = w.root_id AND c.parent_id = p.id AND c.kind <> 'branch'
WHERE w.id = $1
ORDER BY c.born`,
};

export const COUNTS: Statement = {
  name: "durable_counts",
  text: `SELECT status, count(*)::integer AS count FROM durable.executions GROUP BY status ORDER BY status`,
};

export async function get(database: Database, id: string): Promise<Execution | null> {
  return rows("get", await database.query(GET, [id]), execution)[0] ?? null;
}

/** Newest first. */
export async function list(database: Database, filter: ExecutionFilter): Promise<readonly Execution[]> {
  const parameters = [
    filter.module ?? null,
    filter.workflow ?? null,
    filter.status ?? null,
    filter.queue ?? null,
    filter.parentId ?? null,
    filter.rootsOnly ?? false,
    filter.createdFrom ?? null,
    filter.createdTo ?? null,
    filter.idPrefix ?? null,
    filter.after ?? null,
    filter.limit,
  ];
  return rows("list", await database.query(LIST, parameters), execution);
}

/** Oldest first. */
export async function children(database: Database, parentId: string): Promise<readonly Execution[]> {
  return rows("children", await database.query(CHILDREN, [parentId]), execution);
}

export async function counts(
  database: Database,
): Promise<readonly { readonly status: ExecutionStatus; readonly count: number }[]> {
  return rows("counts", await database.query(COUNTS, []), object({ status, count: int }));
}
