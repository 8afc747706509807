/** An execution, its attempts and its children, as the database tells of them at one moment. */
import type { Durable, Execution, HistoryEntry } from "@durablec/runtime";

export interface ExecutionTree {
  readonly execution: Execution;
  readonly history: readonly HistoryEntry[];
  /** In the order in which they were created. */
  readonly children: readonly ExecutionTree[];
}

/** Reads the execution and all its descendants. */
export async function readTree(durable: Durable, id: string): Promise<ExecutionTree> {
  const execution = await durable.get(id);
  if (execution === null) throw new Error(`execution ${id} has vanished`);
  return treeOf(durable, execution);
}

/** The execution and its descendants, parents first. */
export function membersOf(tree: ExecutionTree): ExecutionTree[] {
  return [tree, ...tree.children.flatMap(membersOf)];
}

async function treeOf(durable: Durable, execution: Execution): Promise<ExecutionTree> {
  const history = await durable.history(execution.id);
  const children = [...(await durable.listChildren(execution.id))].sort(
    (a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id),
  );
  const trees: ExecutionTree[] = [];
  for (const child of children) trees.push(await treeOf(durable, child));
  return { execution, history, children: trees };
}
