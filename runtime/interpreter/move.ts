/** What the interpreter is given and what it decides. Nothing here reads a clock, chance or database: they are passed in. */

import { childId } from "../ids.ts";
import type { ChildRequest, Machine } from "../machine.ts";
import type { OpenedInput } from "../store/inputs.ts";
import type {
  Execution,
  ExecutionError,
  HistoryEntry,
  LogEntry,
  NewExecution,
  Overlay,
  Progress,
} from "../store/store.ts";
import type { Outcome } from "./outcome.ts";

/** An execution as it stands, and the world as far as decisions depend on it. */
export interface Situation {
  readonly machine: Machine;
  readonly execution: Execution;
  /** `durable.now()`. */
  readonly now: string;
  /** In [0, 1); moves backoff delays. */
  readonly chance: number;
  /** Of one value as JSON text. */
  readonly maxPayloadBytes: number;
}

/** The main line of an execution is null, a branch of its inline parallel block goes by its results key. */
export type LineKey = string | null;

/** A segment that has been run, as the worker saw it. */
export interface SegmentEnd {
  readonly outcome: Outcome;
  readonly startedAt: string;
  /** All context writes of the attempt so far. */
  readonly overlay: Overlay;
  readonly started: readonly ChildRequest[];
  readonly log: readonly LogEntry[];
  /** True when running it again would do no harm. */
  readonly pure: boolean;
}

/** A child that nobody waits for any more, and what it is told. */
export interface Cancel {
  readonly id: string;
  readonly error: ExecutionError;
}

/** A decision: the next progress, and what is to be recorded with it. */
export interface Move {
  readonly progress: Progress;
  readonly history: readonly HistoryEntry[];
  readonly children: readonly NewExecution[];
  /** Mailbox entries used up. */
  readonly consumed: readonly string[];
  readonly cancels: readonly Cancel[];
  /** Requests for inputs that it begins to wait for. */
  readonly opens: readonly OpenedInput[];
  /** Why its queued branches are not wanted any more; null when they go on. */
  readonly cancelsBranches: ExecutionError | null;
  readonly cascading: boolean;
  /** Lines whose running code is of no interest any more. */
  readonly aborts: readonly LineKey[];
  /** True when it must be recorded before anything acts on it; otherwise it may ride with a later one. */
  readonly durable: boolean;
}

const NONE: readonly never[] = [];

/** A move that only changes some of the progress. */
export function move(
  { execution }: Situation,
  changes: Partial<Progress>,
  rest: Partial<Omit<Move, "progress">> = {},
): Move {
  return {
    progress: Object.assign(progressOf(execution), changes),
    history: NONE,
    children: NONE,
    consumed: NONE,
    cancels: NONE,
    opens: NONE,
    cancelsBranches: null,
    cascading: false,
    aborts: NONE,
    durable: false,
    ...rest,
  };
}

/** One move after another, as one. */
export function joined(first: Move, second: Move): Move {
  return {
    progress: second.progress,
    history: chained(first.history, second.history),
    children: chained(first.children, second.children),
    consumed: chained(first.consumed, second.consumed),
    cancels: chained(first.cancels, second.cancels),
    opens: chained(first.opens, second.opens),
    cancelsBranches: second.cancelsBranches ?? first.cancelsBranches,
    cascading: first.cascading || second.cascading,
    aborts: chained(first.aborts, second.aborts),
    durable: first.durable || second.durable,
  };
}

/** Mostly at least one of them is empty. */
function chained<T>(first: readonly T[], second: readonly T[]): readonly T[] {
  if (second.length === 0) return first;
  return first.length === 0 ? second : [...first, ...second];
}

/** The situation after a move. */
export function after(situation: Situation, { progress }: Move): Situation {
  return { ...situation, execution: movedTo(situation.execution, progress) };
}

/**
 * The execution with this progress. Field by field, because it is done several times a step: V8 takes a microsecond for
 * one spread over another, and a twentieth of that for this.
 */
export function movedTo(execution: Execution, progress: Progress): Execution {
  const moved: Required<Execution> = {
    rootId: execution.rootId,
    id: execution.id,
    logicalId: execution.logicalId,
    parentId: execution.parentId,
    kind: execution.kind,
    ref: execution.ref,
    site: execution.site,
    position: execution.position,
    module: execution.module,
    workflow: execution.workflow,
    queue: execution.queue,
    priority: execution.priority,
    input: execution.input,
    trace: execution.trace ?? null,
    status: progress.status,
    state: progress.state,
    resumeKey: progress.resumeKey,
    attempt: progress.attempt,
    attemptStartedAt: progress.attemptStartedAt,
    data: progress.data,
    overlay: progress.overlay,
    saved: progress.saved,
    received: progress.received,
    wait: progress.wait,
    branches: progress.branches,
    wakeAt: progress.wakeAt,
    stepDeadline: progress.stepDeadline,
    deadline: progress.deadline,
    result: progress.result,
    error: progress.error,
    compensations: progress.compensations ?? null,
    failure: progress.failure ?? null,
    epoch: execution.epoch,
    claim: execution.claim,
    seq: execution.seq,
    signals: execution.signals,
    crashes: execution.crashes,
    cascading: execution.cascading,
    createdAt: execution.createdAt,
    startedAt: execution.startedAt,
    endedAt: execution.endedAt,
  };
  return moved;
}

/** The part of an execution that transitions change. */
export function progressOf(execution: Execution): Progress {
  const { status, state, resumeKey, attempt, attemptStartedAt, data, overlay, saved, received, wait } = execution;
  const { branches, wakeAt, stepDeadline, deadline, result, error } = execution;
  const { compensations = null, failure = null } = execution;
  return {
    status,
    state,
    resumeKey,
    attempt,
    attemptStartedAt,
    data,
    overlay,
    saved,
    received,
    wait,
    branches,
    wakeAt,
    stepDeadline,
    deadline,
    result,
    error,
    compensations,
    failure,
  };
}

/** When the whole has taken too long; a saga may take as long as it needs. */
export function deadlineOf({ status, deadline }: Execution): string | null {
  return status === "compensating" ? null : deadline;
}

/** The row of a child as its parent's request makes it. */
export function childOf(parent: Execution, request: ChildRequest, kind: NewExecution["kind"]): NewExecution {
  const { machine } = request;
  const id = childId(parent.logicalId, request.ref);
  return {
    rootId: parent.rootId,
    id,
    logicalId: id,
    parentId: parent.id,
    kind,
    ref: request.ref,
    site: request.site,
    position: request.position,
    module: machine.module,
    workflow: machine.workflow,
    queue: request.queue,
    priority: request.priority,
    input: request.input,
    trace: request.trace,
    state: machine.start,
    resumeKey: resumeKeyOf(machine, machine.start),
    wakeAt: null,
    timeoutMs: machine.timeoutMs ?? null,
    owner: null,
  };
}

/** What a worker must know to carry on from a state; a workflow without steps has one for its only moment. */
export function resumeKeyOf(machine: Machine, state: string | null): string | null {
  if (state === null) return `${machine.module}/${machine.workflow}`;
  return machine.resumeKeys[state] ?? null;
}

/** The error of a step or workflow that took too long. */
export function timeoutError(type: "step_timeout" | "workflow_timeout", name: string): ExecutionError {
  const what = type === "step_timeout" ? "step" : "workflow";
  return { type, message: `The ${what} ${name} did not finish within its timeout.` };
}
