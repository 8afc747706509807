/**
 * Parallel blocks. Inline, each branch is a line of its own over the block's data, and its outcome is recorded as it comes;
 * queued, each is an execution of its own, and the block is joined when enough of them have ended. From there both are the
 * same: with fail_fast the first failure in time ends the block; with `into:` every branch runs to its end and the
 * callback decides.
 */

import { branchId } from "../ids.ts";
import type { Data } from "../json.ts";
import type { ParallelState, StateId } from "../machine.ts";
import { oversizeFailure } from "../payload.ts";
import { ended } from "../status.ts";
import type { BranchProgress, ChildState, ExecutionError } from "../store/store.ts";
import { enter, recordOf } from "./advance.ts";
import { branchValue, nextData, RESULTS } from "./data.ts";
import { abandoned, fail } from "./end.ts";
import type { LineEnd } from "./end-segment.ts";
import { failure } from "./failure.ts";
import { gotoTarget } from "./goto.ts";
import { blockOf, freshLine } from "./line.ts";
import { after, type Move, move, type SegmentEnd, type Situation } from "./move.ts";
import { unplaced } from "./source.ts";

type Branches = { readonly [key: string]: BranchProgress };
/** What the other queued branches of a block that fails fast are told. */
const SIBLING_FAILED = failure("cancelled", "sibling_failed");

type BranchOutcome = NonNullable<BranchProgress["outcome"]>;

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
  const over = move(situation, { branches: closed(situation.execution.branches!, key, outcomeOf(end)) });
  return closeBlock(after(situation, over), { ...recorded, cancels: end.is === "failed" ? abandoned([branch]) : [] });
}

/** What has become of the queued branches: the block is over, or goes on waiting. */
export function join(situation: Situation, children: readonly ChildState[]): Move {
  const { machine, execution } = situation;
  const { branches: states, onError, into } = machine.states[execution.state!] as ParallelState;
  const branches: Branches = Object.fromEntries(
    Object.entries(states).map(([key, state]) => {
      const id = branchId(execution.id, state);
      return [key, joined(state, children.find((child) => child.id === id) ?? null)];
    }),
  );
  const failed = Object.values(branches).some(({ outcome }) => outcome?.[0] === "error");
  const failsFast = failed && onError === "fail_fast" && into === undefined;
  if (!failsFast && !everyEnded(branches)) return move(situation, {});
  const over = move(situation, { wait: null, branches });
  return closeBlock(after(situation, over), { cancelsBranches: everyEnded(branches) ? null : SIBLING_FAILED });
}

/** The callback has run: its returned map follows the data rule, and no results are left behind. */
export function endInto(situation: Situation, end: SegmentEnd): Move {
  const { outcome, overlay } = end;
  const block = blockOf(situation)!;
  const { data } = situation.execution;
  const recorded = { history: [intoEntry(situation, end)], durable: true };
  switch (outcome.is) {
    case "ok":
      return enterWith(situation, block.next, nextData(data, overlay, outcome.value), recorded);
    case "goto": {
      const to = gotoTarget(situation.machine, { name: "into", gotos: block.gotos ?? {} }, outcome.step);
      if (typeof to !== "string") return fail(situation, to, recorded);
      return enterWith(situation, to, nextData(data, overlay, outcome.value), recorded);
    }
    case "error":
      return fail(situation, outcome.error, recorded);
    case "suspended":
      return fail(situation, failure("waits_in_parallel", "The into: callback cannot wait."), recorded);
  }
}

/** `%{key => {:ok, value} | {:error, error}}` of a block whose branches have ended. */
export function resultsOf(branches: Branches): Data {
  return Object.fromEntries(Object.entries(branches).map(([key, { outcome }]) => [key, told(outcome)]));
}

function told(outcome: BranchProgress["outcome"]): BranchProgress["outcome"] {
  return outcome?.[0] === "error" ? ["error", unplaced(outcome[1])] : outcome;
}

/** A branch has just ended: fail fast, go on, or wait for the others. */
function closeBlock(situation: Situation, recorded: Partial<Move>): Move {
  const block = blockOf(situation)!;
  const branches = situation.execution.branches!;
  const error = block.onError === "fail_fast" && block.into === undefined ? firstError(branches) : null;
  if (error !== null) return fail(situation, error, recorded);
  if (!everyEnded(branches) || block.into !== undefined) return move(situation, {}, recorded);
  return enterWith(situation, block.next, { ...situation.execution.data, [RESULTS]: resultsOf(branches) }, recorded);
}

/** Goes on with the data that a block leaves, unless that is larger than anything that may be stored. */
function enterWith(situation: Situation, state: StateId | null, data: Data, recorded: Partial<Move>): Move {
  const large = oversizeFailure(data, "the data after a parallel block", situation.maxPayloadBytes);
  return large === null ? enter(situation, state, data, recorded) : fail(situation, large, recorded);
}

/** A branch that was cancelled because of another does not say why the block failed. */
function firstError(branches: Branches): ExecutionError | null {
  const errors = Object.values(branches).flatMap(({ outcome }) => (outcome?.[0] === "error" ? [outcome[1]] : []));
  return errors.find(({ type }) => type !== "cancelled") ?? errors[0] ?? null;
}

/** A queued branch as its execution stands, in the form of an inline one. */
function joined(state: StateId, child: ChildState | null): BranchProgress {
  const fresh = { ...freshLine(state), status: "pending", outcome: null, endedSeq: null } as const;
  if (child === null || !ended(child.status)) return fresh;
  if (child.status === "completed") return { ...fresh, status: "completed", outcome: ["ok", child.result ?? {}] };
  const error = child.error ?? failure(child.status, `The branch ended ${child.status}.`);
  return { ...fresh, status: "failed", outcome: ["error", error] };
}

function outcomeOf(end: Exclude<LineEnd, { is: "paused" }>): BranchOutcome {
  if (end.is === "completed") return ["ok", branchValue(end.overlay, end.value)];
  if (end.is === "failed") return ["error", end.error];
  return ["error", failure("parallel_goto_error", "A branch of a parallel block cannot jump out of it.")];
}

function closed(branches: Branches, key: string, outcome: BranchOutcome): Branches {
  const endedSeq = Object.values(branches).filter((branch) => branch.endedSeq !== null).length + 1;
  const branch = branches[key]!;
  const { attempt, attemptStartedAt, state } = branch;
  // What failed keeps where it stood, for a retry by hand.
  if (outcome[0] === "error") return { ...branches, [key]: { ...branch, status: "failed", outcome, endedSeq } };
  const rest = { ...freshLine(state), attempt, attemptStartedAt };
  return { ...branches, [key]: { ...rest, status: "completed", outcome, endedSeq } };
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
