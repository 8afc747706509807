/** The attempts of an execution's steps, those that have ended and the one in hand. */
import type { Execution, ExecutionStatus, HistoryEntry, Machine } from "@durablec/runtime";
import type { ExecutionTree } from "./tree.ts";

export interface StepAttempt {
  /** As written in the source. */
  readonly name: string;
  readonly attempt: number;
  readonly status: HistoryEntry["status"] | ExecutionStatus;
  /** Waits included; so far, where it has not ended. */
  readonly durationMs: number;
  readonly error: HistoryEntry["error"];
  /** The step that this one, a compensation, undoes. */
  readonly undoes: string | null;
}

export type FindMachine = (execution: Execution) => Machine | null;

/** In order; an attempt is one entry however often it was suspended. `now` is the database's time. */
export function stepsOf({ execution, history }: ExecutionTree, find: FindMachine, now: string): StepAttempt[] {
  const past = history.map(({ step, attempt, status, startedAt, endedAt, error, compensates }) => ({
    name: step,
    attempt,
    status,
    durationMs: between(startedAt, endedAt),
    error,
    undoes: compensates ?? null,
  }));
  const current = currentStep(execution, find(execution), now);
  return current === null ? past : [...past, current];
}

function currentStep(execution: Execution, machine: Machine | null, now: string): StepAttempt | null {
  const { state, status, attempt, attemptStartedAt } = execution;
  if (state === null || attemptStartedAt === null) return null;
  const name = stepName(machine, state);
  return name === null
    ? null
    : { name, attempt, status, durationMs: between(attemptStartedAt, now), error: null, undoes: null };
}

/** The step a state belongs to; null for what is no step, such as a branch. */
function stepName(machine: Machine | null, id: string): string | null {
  const state = machine?.states[id];
  if (state === undefined || machine === null) return null;
  if (state.kind === "resume") return stepName(machine, state.step);
  return "name" in state ? state.name : null;
}

function between(start: string, end: string): number {
  return Math.max(0, Date.parse(end) - Date.parse(start));
}
