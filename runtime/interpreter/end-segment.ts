/** What becomes of a line when a segment of it has ended. */
import { due, later } from "../clock.ts";
import type { Data, Dynamic } from "../json.ts";
import type { StateId, StepState, Suspension } from "../machine.ts";
import { oversizeFailure } from "../payload.ts";
import type { OpenedInput } from "../store/inputs.ts";
import type { ExecutionError, HistoryEntry, LogEntry, NewExecution, Overlay } from "../store/store.ts";
import { branchValue, nextData } from "./data.ts";
import { failure } from "./failure.ts";
import { gotoTarget } from "./goto.ts";
import { isInline, type Line, stepOf } from "./line.ts";
import { childOf, type LineKey, type SegmentEnd, type Situation, timeoutError } from "./move.ts";
import { type Failure, hopeless, notSerializable } from "./outcome.ts";
import { unpersistable } from "./persistable.ts";
import { backoffMs, mayRetry, retryOf } from "./retry.ts";
import { placed, sourceOfState } from "./source.ts";
import { openedInput, waitOf } from "./wait.ts";

export type LineEnd = {
  readonly entry: HistoryEntry | null;
  readonly children: readonly NewExecution[];
  readonly opens?: readonly OpenedInput[];
} & (
  | { readonly is: "completed"; readonly value: Data; readonly overlay: Overlay }
  | { readonly is: "jumped"; readonly to: StateId; readonly value: Data; readonly overlay: Overlay }
  | { readonly is: "failed"; readonly error: ExecutionError }
  /** It goes on later: after a wait, a backoff, or at once after a checkpoint. */
  | { readonly is: "paused"; readonly line: Line }
);

/** A line and the segment of it that has just ended. */
interface Ended {
  readonly situation: Situation;
  readonly key: LineKey;
  readonly line: Line;
  readonly step: StepState;
  readonly end: Pick<SegmentEnd, "overlay" | "started" | "log">;
}

/** Decides how a line goes on. An outcome that comes after the step's deadline does not count. */
export function endSegment(situation: Situation, key: LineKey, line: Line, end: SegmentEnd): LineEnd {
  const it: Ended = { situation, key, line, end, step: stepOf(situation.machine, line.state)! };
  if (due(line.stepDeadline, situation.now)) return overdue(it);
  const { outcome } = end;
  switch (outcome.is) {
    case "ok":
      return completed(it, outcome.value);
    case "goto":
      return jumped(it, outcome.step, outcome.value);
    case "suspended":
      return suspended(it, outcome.by);
    case "error":
      return failed(it, outcome);
  }
}

/** The line's attempt failed from outside its code, for good. */
export function endHopeless(situation: Situation, key: LineKey, line: Line, error: ExecutionError): LineEnd {
  const end = { overlay: line.overlay, started: [], log: [] };
  return failed({ situation, key, line, end, step: stepOf(situation.machine, line.state)! }, hopeless(error));
}

/** The line's attempt ended by its step's timeout, with nothing to show for its current segment. */
export function endOverdue(situation: Situation, key: LineKey, line: Line): LineEnd {
  const end = { overlay: line.overlay, started: [], log: [] };
  return overdue({ situation, key, line, end, step: stepOf(situation.machine, line.state)! });
}

/** The history row of an attempt that is given up from outside. */
export function abortedEntry(
  situation: Situation,
  key: LineKey,
  line: Line,
  error: ExecutionError,
): HistoryEntry | null {
  const step = stepOf(situation.machine, line.state);
  if (step === null || line.attemptStartedAt === null) return null;
  const end = { overlay: line.overlay, started: [], log: [] };
  return entry({ situation, key, line, end, step }, { status: "aborted", error });
}

function completed(it: Ended, value: Data): LineEnd {
  const large = oversized(it, dataAfter(it, value), "the data after it");
  if (large !== null) return failed(it, large);
  const output = it.step.kind === "decision" ? { decision_type: "continue", data: value } : value;
  return { is: "completed", value, overlay: it.end.overlay, children: started(it), entry: entry(it, { output }) };
}

function jumped(it: Ended, target: string, value: Data): LineEnd {
  const to = gotoTarget(it.situation.machine, it.step, target);
  if (typeof to !== "string") return failed(it, hopeless(to));
  const large = oversized(it, dataAfter(it, value), "the data after it");
  if (large !== null) return failed(it, large);
  const output = { decision_type: "goto", target_step: target, data: value };
  return { is: "jumped", to, value, overlay: it.end.overlay, children: started(it), entry: entry(it, { output }) };
}

function suspended(it: Ended, { wait: request, resume: state, saved }: Suspension): LineEnd {
  const { execution, now } = it.situation;
  const inline = isInline(execution, it.key);
  if (inline && request.on !== "call" && request.on !== "checkpoint") return failed(it, WAITS_INLINE);
  const problem = unpersistable(saved, "the saved locals");
  if (problem !== null) return failed(it, hopeless(notSerializable(problem)));
  const large = oversized(it, [saved, it.end.overlay.put], "what it has to keep while it waits");
  if (large !== null) return failed(it, large);
  const wait = waitOf(request, execution.logicalId, now);
  const received = wait === null ? { value: null } : null;
  const called = request.on === "call" ? [childOf(execution, request.child, inline ? "inline" : "call")] : [];
  const overlay = { ...it.end.overlay, log: log(it) };
  const line = { ...it.line, state, saved, received, wait, overlay };
  const opens = request.on === "input" ? [openedInput(request, wait)] : [];
  return { is: "paused", line, children: [...started(it), ...called], opens, entry: null };
}

/** Another attempt after a delay where the budget allows one, else the line has failed. */
function failed(it: Ended, failure: Failure): LineEnd {
  const { machine } = it.situation;
  const { error: what, retry } = oversized(it, failure.error, "the error it ended with") ?? failure;
  const error = placed(what, sourceOfState(machine, it.line.state));
  const options = retryOf(machine, it.step);
  const ending = { children: started(it), entry: entry(it, { status: "failed", error }) };
  if (!retry || !mayRetry(options, it.line.attempt)) return { is: "failed", error, ...ending };
  const delay = backoffMs(options, it.line.attempt, it.situation.chance);
  return { is: "paused", line: nextAttempt(it.line, later(it.situation.now, delay)), ...ending };
}

/** The failure of a step whose value is larger than anything that may be stored; null when it is not. */
function oversized({ situation, step }: Ended, value: Dynamic, what: string): Failure | null {
  const error = oversizeFailure(value, `of the step ${step.name}, ${what}`, situation.maxPayloadBytes);
  return error === null ? null : hopeless(error);
}

/** What the line leaves behind: the next step's data, or a branch's value. */
function dataAfter({ situation: { execution }, key, end }: Ended, value: Data): Data {
  const isBranch = key !== null || execution.kind === "branch";
  return isBranch ? branchValue(end.overlay, value) : nextData(execution.data, end.overlay, value);
}

/** The attempt failed because it took too long; a child it may wait for goes on. */
function overdue(it: Ended): LineEnd {
  return failed(it, { is: "error", error: timeoutError("step_timeout", it.step.name), retry: true });
}

/** Back to the last resume point, with what was saved and received there, or still waiting there. */
function nextAttempt(line: Line, wakeAt: string): Line {
  const { put, deleted } = line.overlay;
  return {
    ...line,
    overlay: { put, deleted },
    attempt: line.attempt + 1,
    attemptStartedAt: null,
    stepDeadline: null,
    wakeAt,
  };
}

function entry(it: Ended, outcome: Partial<Pick<HistoryEntry, "status" | "output" | "error">>): HistoryEntry {
  const { machine, now } = it.situation;
  const state = machine.states[it.line.state];
  return {
    state: state?.kind === "resume" ? state.step : it.line.state,
    step: it.step.name,
    kind: it.step.kind,
    branch: it.situation.execution.kind === "branch" ? it.situation.execution.ref : it.key,
    attempt: it.line.attempt,
    status: "completed",
    output: null,
    error: null,
    log: log(it),
    startedAt: it.line.attemptStartedAt ?? now,
    endedAt: now,
    ...outcome,
  };
}

/** Children become visible with the segment, whatever came of it. */
function started({ situation, end }: Ended): readonly NewExecution[] {
  return end.started.map((request) => childOf(situation.execution, request, "start"));
}

function log({ line, end }: Ended): readonly LogEntry[] {
  return [...(line.overlay.log ?? []), ...end.log];
}

/** For what has to wait where nothing may. */
export const WAITS_INLINE = {
  is: "error",
  error: failure("waits_in_parallel", "Code that runs inline in a parallel block cannot wait."),
  retry: false,
} as const;
