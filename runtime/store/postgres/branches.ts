/** The ids of a workflow's own row and of its queued branches, which are executions of their own and part of it. */
export function withBranches(row: string): string {
  return `
    SELECT ${row}.id
    UNION ALL
    SELECT b.id FROM durable.executions b
    WHERE b.root_id = ${row}.root_id AND b.parent_id = ${row}.id AND b.kind = 'branch'`;
}
