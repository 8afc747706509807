/** Moves an execution from state to state: into a step, a branch, a parallel block, or to its end. */
import type { Data } from "../json.ts";
import type { Machine, ParallelState, StateId } from "../machine.ts";
import type { BranchProgress, ExecutionError, HistoryEntry, Progress } from "../store/store.ts";
import { EMPTY_OVERLAY, nextData, resultOf } from "./data.ts";
import { abortedEntry, type LineEnd } from "./end-segment.ts";
import { failure } from "./failure.ts";
import { freshLine, isInline, openLines, stepOf } from "./line.ts";
import { type Move, move, resumeKeyOf, type Situation } from "./move.ts";

/** For an inline child whose parent has no use for it any more. */
const ABANDONED = failure("cancelled", "parent_failed");

/** The execution goes on in `state` with `data`; null ends it. */
export function enter(situation: Situation, state: StateId | null, data: Data, recorded: Partial<Move> = {}): Move {
  if (state === null) return move(situation, ending("completed", { result: resultOf(data), data }), durably(recorded));
  const entered = situation.machine.states[state];
  if (entered === undefined) throw new Error(`internal: ${nameOf(situation.machine)} has no state ${state}`);
  const progress: Partial<Progress> = {
    ...freshLine(state),
    status: "running",
    resumeKey: resumeKeyOf(situation.machine, state),
    data,
    branches: entered.kind === "parallel" ? freshBranches(entered) : null,
  };
  return move(situation, progress, recorded);
}

/** The execution ends with an error; code still running for it is given up, and inline children with it. */
export function fail(situation: Situation, error: ExecutionError, recorded: Partial<Move> = {}): Move {
  const lines = openLines(situation.execution);
  const aborted = lines.flatMap(([key, line]) => abortedEntry(situation, key, line, error) ?? []);
  const abandoned = lines.flatMap(([key, { wait }]) =>
    wait?.on === "child" && isInline(situation.execution, key) ? [{ id: wait.id, error: ABANDONED }] : [],
  );
  return move(
    situation,
    ending("failed", { error }),
    durably({ ...recorded, history: [...(recorded.history ?? []), ...aborted], cancels: abandoned }),
  );
}

/** The main line's step has ended or paused. */
export function advance(situation: Situation, end: LineEnd, pure: boolean): Move {
  const { data } = situation.execution;
  const recorded = recordOf(end, !pure || end.is === "paused");
  switch (end.is) {
    case "paused": {
      const resumeKey = resumeKeyOf(situation.machine, end.line.state);
      return move(situation, { ...end.line, resumeKey, status: "running" }, recorded);
    }
    case "failed":
      return failAfter(situation, end.error, recorded);
    case "completed":
      return enter(situation, nextOf(situation), nextData(data, end.overlay, end.value), recorded);
    case "jumped":
      return enter(situation, end.to, nextData(data, end.overlay, end.value), recorded);
  }
}

/** What a line's end leaves to be recorded. */
export function recordOf(end: LineEnd, durable: boolean): Partial<Move> {
  const history: readonly HistoryEntry[] = end.entry === null ? [] : [end.entry];
  return { history, children: end.children, durable: durable || end.children.length > 0 };
}

/** The same as `fail`, after the failing attempt's own history was written. */
export function failAfter(situation: Situation, error: ExecutionError, recorded: Partial<Move>): Move {
  return move(situation, ending("failed", { error }), durably(recorded));
}

function nextOf({ machine, execution }: Situation): StateId | null {
  return stepOf(machine, execution.state!)!.next;
}

function ending(status: "completed" | "failed", outcome: Partial<Progress>): Partial<Progress> {
  return {
    status,
    state: null,
    resumeKey: null,
    attemptStartedAt: null,
    overlay: EMPTY_OVERLAY,
    saved: {},
    received: null,
    wait: null,
    branches: null,
    wakeAt: null,
    stepDeadline: null,
    ...outcome,
  };
}

function durably(recorded: Partial<Move>): Partial<Move> {
  return { ...recorded, durable: true };
}

function freshBranches(block: ParallelState): { readonly [key: string]: BranchProgress } {
  const fresh = (state: StateId): BranchProgress => ({
    ...freshLine(state),
    status: "pending",
    outcome: null,
    endedSeq: null,
  });
  return Object.fromEntries(Object.entries(block.branches).map(([key, state]) => [key, fresh(state)]));
}

function nameOf(machine: Machine): string {
  return `${machine.module} "${machine.workflow}"`;
}
