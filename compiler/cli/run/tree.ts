/** An execution, its attempts and its children, as the database tells of them at one moment. */
import type { Durable, Execution, HistoryEntry } from "@durablec/runtime";

export interface ExecutionTree {
  readonly execution: Execution;
  readonly history: readonly HistoryEntry[];
  /** Of a queued parallel block that it waits for; they belong to it and are shown as its own steps. */
  readonly branches: readonly ExecutionTree[];
  /** In the order in which they were created. */
  readonly children: readonly ExecutionTree[];
}

/** Reads the execution and all its descendants. */
export async function readTree(durable: Durable, id: string): Promise<ExecutionTree> {
  const execution = await durable.get(id);
  if (execution === null) throw new Error(`execution ${id} has vanished`);
  return treeOf(durable, execution);
}

/** The execution and its descendants, parents first; branches are part of their workflow, whose history has their steps. */
export function membersOf(tree: ExecutionTree): ExecutionTree[] {
  return [tree, ...tree.children.flatMap(membersOf)];
}

/** Every execution there is in the tree, branches too. */
export function executionsOf(tree: ExecutionTree): Execution[] {
  return [tree.execution, ...[...tree.branches, ...tree.children].flatMap(executionsOf)];
}

async function treeOf(durable: Durable, execution: Execution): Promise<ExecutionTree> {
  const history = await durable.history(execution.id);
  const children = [...(await durable.listChildren(execution.id))].sort(
    (a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id),
  );
  const trees: ExecutionTree[] = [];
  for (const child of children) trees.push(await treeOf(durable, child));
  return { execution, history, branches: await branchesOf(durable, execution), children: trees };
}

async function branchesOf(durable: Durable, { wait }: Execution): Promise<ExecutionTree[]> {
  const found: ExecutionTree[] = [];
  for (const id of wait?.on === "join" ? wait.ids : []) found.push(await readTree(durable, id));
  return found;
}
