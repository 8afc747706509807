/**
 * A line is one sequence of segments within a step: the execution's main line, or a branch of an inline parallel block.
 * Both retry, wait and time out by the same rules; what happens when a line's step has ended is up to its owner.
 */
import { later } from "../clock.ts";
import type { Machine, ParallelState, StateId, StepState } from "../machine.ts";
import type { BranchProgress, Execution } from "../store/store.ts";
import { EMPTY_OVERLAY } from "./data.ts";
import type { LineKey, Situation } from "./move.ts";

/** The part of a branch's progress that the main line has as well. */
export type Line = Omit<BranchProgress, "status" | "outcome" | "endedSeq">;

/** A line at the start of a step. */
export function freshLine(state: StateId): Line {
  return {
    state,
    attempt: 1,
    attemptStartedAt: null,
    overlay: EMPTY_OVERLAY,
    saved: {},
    received: null,
    wait: null,
    wakeAt: null,
    stepDeadline: null,
  };
}

/** The line as it stands; null when it has ended. */
export function lineOf(execution: Execution, key: LineKey): Line | null {
  if (key !== null) return openBranch(execution, key);
  const { state, attempt, attemptStartedAt, overlay, saved, received, wait, wakeAt, stepDeadline } = execution;
  if (state === null) return null;
  return { state, attempt, attemptStartedAt, overlay, saved, received, wait, wakeAt, stepDeadline };
}

/** The lines in which something can still happen: the branches of a parallel block, else the main line. */
export function openLines(execution: Execution): readonly (readonly [LineKey, Line])[] {
  if (execution.branches === null) {
    const line = lineOf(execution, null);
    return line === null ? [] : [[null, line]];
  }
  return Object.keys(execution.branches).flatMap((key) => {
    const line = lineOf(execution, key);
    return line === null ? [] : [[key, line] as const];
  });
}

/** True for a line whose calls this execution's own worker runs at once, as part of it. */
export function isInline(execution: Execution, key: LineKey): boolean {
  return key !== null || execution.kind === "inline";
}

/** The parallel block the execution is in, whose branches are known; null outside one. */
export function blockOf({ machine, execution }: Situation): ParallelState | null {
  const state = execution.branches === null || execution.state === null ? undefined : machine.states[execution.state];
  return state?.kind === "parallel" ? state : null;
}

/** The step a state belongs to; null for states that are no part of one. */
export function stepOf(machine: Machine, id: StateId): StepState | null {
  const state = machine.states[id];
  if (state?.kind === "resume") return stepOf(machine, state.step);
  return state?.kind === "step" || state?.kind === "decision" ? state : null;
}

/** The line with its attempt begun: from here on the step's timeout runs. */
export function begun(machine: Machine, line: Line, now: string): Line {
  if (line.attemptStartedAt !== null) return line;
  const timeoutMs = stepOf(machine, line.state)?.timeoutMs;
  return { ...line, attemptStartedAt: now, stepDeadline: timeoutMs === undefined ? null : later(now, timeoutMs) };
}

function openBranch(execution: Execution, key: string): BranchProgress | null {
  const branch = execution.branches?.[key];
  return branch === undefined || branch.outcome !== null || branch.status === "aborted" ? null : branch;
}
