/**
 * The ids of a workflow's own row and of its queued branches, which are executions of their own and part of it.
 *
 * It is not to be joined with rows that are locked, but read through a CTE. A row that somebody changes while we wait for its
 * lock is looked for again by Postgres, and where it is joined with a UNION ALL, found only when it is the first: any
 * other is left out, as if it did not exist.
 */
export function withBranches(row: string): string {
  return `
    SELECT ${row}.id
    UNION ALL
    SELECT b.id FROM durable.executions b
    WHERE b.root_id = ${row}.root_id AND b.parent_id = ${row}.id AND b.kind = 'branch'`;
}
