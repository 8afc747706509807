/** What can still happen to an execution tree, and which of the events at hand somebody waits for. */
import { type Execution, ended } from "@durablec/runtime";
import type { Send } from "./json-argument.ts";
import { type ExecutionTree, executionsOf } from "./tree.ts";

export interface Delivery {
  readonly executionId: string;
  readonly send: Send;
}

/** True once the root has ended and no descendant can go on: it has ended too, or waits for what cannot come. */
export function isSettled(tree: ExecutionTree, sends: readonly Send[]): boolean {
  return ended(tree.execution.status) && tree.children.every((child) => !canGoOn(child, sends));
}

/** True when the tree can go on, through its own work, a timer, a child, or an event at hand. */
export function canGoOn(tree: ExecutionTree, sends: readonly Send[]): boolean {
  return executionsOf(tree).some((execution) => moves(execution, sends));
}

/** True when everything has ended or waits, be it for a timer. */
export function isAtRest(tree: ExecutionTree): boolean {
  return executionsOf(tree).every(
    ({ status, wakeAt }) => ended(status) || status === "waiting" || (status === "pending" && wakeAt !== null),
  );
}

/** An event at hand for each execution that waits for one, the root first; an event goes to one execution only. */
export function deliveriesFor(tree: ExecutionTree, sends: readonly Send[]): Delivery[] {
  const left = [...sends];
  return executionsOf(tree).flatMap((execution) =>
    awaitedNames(execution).flatMap((name) => {
      const index = left.findIndex((send) => send.name === name);
      return index === -1 ? [] : [{ executionId: execution.logicalId, send: left.splice(index, 1)[0]! }];
    }),
  );
}

/** On its own account: what waits for a child goes on when the child does. */
function moves(execution: Execution, sends: readonly Send[]): boolean {
  const { status, wait, wakeAt } = execution;
  if (ended(status)) return false;
  if (status !== "waiting" || wakeAt !== null || wait?.on === "time") return true;
  return awaitedNames(execution).some((name) => sends.some((send) => send.name === name));
}

function awaitedNames({ status, wait }: Execution): readonly string[] {
  if (status !== "waiting" || wait === null) return [];
  if (wait.on === "event") return wait.names;
  return wait.on === "input" ? [wait.name] : [];
}
