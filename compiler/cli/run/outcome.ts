/** What `run --json` prints: stable, because scripts read it. */
import type { Compensation, Data, ExecutionError, ExecutionStatus } from "@durablec/runtime";
import { nameOf } from "./choose.ts";
import { type FindMachine, stepsOf } from "./steps.ts";
import type { ExecutionTree } from "./tree.ts";

export interface Outcome {
  readonly id: string;
  /** `Module/workflow`. */
  readonly workflow: string;
  readonly status: ExecutionStatus;
  readonly input: Data;
  readonly result: Data | null;
  readonly error: ExecutionError | null;
  readonly steps: readonly {
    readonly name: string;
    readonly attempt: number;
    readonly status: string;
    readonly durationMs: number;
  }[];
  /** What undid the completed steps, newest first; only where there was something to undo. */
  readonly compensations?: readonly Compensation[];
  readonly children: readonly (Outcome & { readonly ref: string | null })[];
}

export function outcomeOf(tree: ExecutionTree, find: FindMachine, now: string): Outcome {
  const { id, status, input, result, error, compensations } = tree.execution;
  return {
    id,
    workflow: nameOf(tree.execution),
    status,
    input,
    result,
    error,
    steps: stepsOf(tree, find, now).map(({ name, attempt, status, durationMs }) => ({
      name,
      attempt,
      status,
      durationMs,
    })),
    ...(compensations ? { compensations } : {}),
    children: tree.children.map((child) => ({ ref: child.execution.ref, ...outcomeOf(child, find, now) })),
  };
}
