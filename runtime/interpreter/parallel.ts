/**
 * Inline parallel blocks: each branch is a line of its own over the block's data, and its outcome is recorded as it comes.
 * With fail_fast the first failure in time ends the block; with `into:` every branch runs to its end and the callback
 * decides.
 */
import type { Data } from "../json.ts";
import type { ParallelState } from "../machine.ts";
import type { BranchProgress } from "../store/store.ts";
import { enter, fail, failAfter, recordOf } from "./advance.ts";
import { branchValue, nextData, RESULTS } from "./data.ts";
import type { LineEnd } from "./end-segment.ts";
import { failure } from "./failure.ts";
import { gotoTarget } from "./goto.ts";
import { after, type Move, move, type SegmentEnd, type Situation } from "./move.ts";

type Branches = { readonly [key: string]: BranchProgress };
type BranchOutcome = NonNullable<BranchProgress["outcome"]>;

/** The block the execution is in; null outside one. */
export function blockOf({ machine, execution }: Situation): ParallelState | null {
  const state = execution.branches === null || execution.state === null ? undefined : machine.states[execution.state];
  return state?.kind === "parallel" ? state : null;
}

/** True when only the block's callback is left to run. */
export function awaitsInto(situation: Situation): boolean {
  const block = blockOf(situation);
  return block?.into !== undefined && everyEnded(situation.execution.branches!);
}

/** A branch's step has ended or paused. */
export function endBranch(situation: Situation, key: string, end: LineEnd, pure: boolean): Move {
  const recorded = recordOf(end, !pure || end.is === "paused");
  const branch = situation.execution.branches![key]!;
  if (end.is === "paused") {
    const paused: BranchProgress = { ...branch, ...end.line, status: end.line.wakeAt === null ? "running" : "pending" };
    return move(situation, { branches: { ...situation.execution.branches, [key]: paused } }, recorded);
  }
  const ended = move(situation, { branches: closed(situation.execution.branches!, key, outcomeOf(end)) }, recorded);
  return closeBlock(after(situation, ended), recorded);
}

/** The callback has run: its returned map follows the data rule, and no results are left behind. */
export function endInto(situation: Situation, end: SegmentEnd): Move {
  const { outcome, overlay } = end;
  const block = blockOf(situation)!;
  const { data } = situation.execution;
  const recorded = { history: [intoEntry(situation, end)], durable: true };
  switch (outcome.is) {
    case "ok":
      return enter(situation, block.next, nextData(data, overlay, outcome.value), recorded);
    case "goto": {
      const to = gotoTarget(situation.machine, { name: "into", gotos: block.gotos ?? {} }, outcome.step);
      if (typeof to !== "string") return failAfter(situation, to, recorded);
      return enter(situation, to, nextData(data, overlay, outcome.value), recorded);
    }
    case "error":
      return failAfter(situation, outcome.error, recorded);
    case "suspended":
      return failAfter(situation, failure("waits_in_parallel", "The into: callback cannot wait."), recorded);
  }
}

/** `%{key => {:ok, value} | {:error, error}}` of a block whose branches have ended. */
export function resultsOf(branches: Branches): Data {
  return Object.fromEntries(Object.entries(branches).map(([key, { outcome }]) => [key, outcome]));
}

/** A branch has just ended: fail fast, go on, or wait for the others. */
function closeBlock(situation: Situation, recorded: Partial<Move>): Move {
  const block = blockOf(situation)!;
  const branches = situation.execution.branches!;
  const failed = Object.values(branches).find(({ outcome }) => outcome?.[0] === "error");
  if (failed?.outcome?.[0] === "error" && block.onError === "fail_fast" && block.into === undefined) {
    return fail(situation, failed.outcome[1], recorded);
  }
  if (!everyEnded(branches) || block.into !== undefined) return move(situation, {}, recorded);
  return enter(situation, block.next, { ...situation.execution.data, [RESULTS]: resultsOf(branches) }, recorded);
}

function outcomeOf(end: Exclude<LineEnd, { is: "paused" }>): BranchOutcome {
  if (end.is === "completed") return ["ok", branchValue(end.overlay, end.value)];
  if (end.is === "failed") return ["error", end.error];
  return ["error", failure("parallel_goto_error", "A branch of a parallel block cannot jump out of it.")];
}

function closed(branches: Branches, key: string, outcome: BranchOutcome): Branches {
  const endedSeq = Object.values(branches).filter((branch) => branch.endedSeq !== null).length + 1;
  const status = outcome[0] === "ok" ? "completed" : "failed";
  const { attempt, attemptStartedAt, state } = branches[key]!;
  const rest = {
    overlay: { put: {}, deleted: [] },
    saved: {},
    received: null,
    wait: null,
    wakeAt: null,
    stepDeadline: null,
  };
  return { ...branches, [key]: { ...rest, attempt, attemptStartedAt, state, status, outcome, endedSeq } };
}

function everyEnded(branches: Branches): boolean {
  return Object.values(branches).every(({ outcome }) => outcome !== null);
}

function intoEntry({ execution, now }: Situation, { outcome, startedAt, log }: SegmentEnd) {
  return {
    state: execution.state!,
    step: "into",
    kind: "into",
    branch: null,
    attempt: 1,
    status: outcome.is === "error" ? "failed" : "completed",
    output: outcome.is === "ok" || outcome.is === "goto" ? outcome.value : null,
    error: outcome.is === "error" ? outcome.error : null,
    log,
    startedAt,
    endedAt: now,
  } as const;
}
