/**
 * The store records what the interpreter decided. Every operation is one database statement, atomic by itself; the
 * batch form is the only form. Two adapters implement this interface and pass one conformance suite.
 */
import type { Data, Dynamic } from "../json.ts";
import type { StateId } from "../machine.ts";
import type { Backlog, Labels, TraceContext } from "../telemetry.ts";
import type { OpenedInput, WaitOperations } from "./inputs.ts";
import type { ScheduleOperations } from "./schedules.ts";
import type { UpkeepOperations } from "./upkeep.ts";

/** Ended means one of the last five; `ended(status)` in status.ts is the only place that lists them. */
export type ExecutionStatus =
  | "pending"
  | "running"
  | "waiting"
  | "compensating"
  | "completed"
  | "failed"
  | "cancelled"
  | "compensated"
  | "compensation_failed";

/** How an execution came to be: by a client, `call_workflow`, `start_workflow`, an inline call, a queued branch. */
export type ExecutionKind = "root" | "call" | "start" | "inline" | "branch";

/** Where in the source an error came from. */
export interface ErrorSource {
  /** The `.durable` file, as it was named when it was compiled. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1; null where only the line of the step, or of the wait, is known. */
  readonly column: number | null;
}

/** `{type, message, …}`: every failure in one shape. Its `source` is an `ErrorSource`, unless the program has given one. */
export interface ExecutionError {
  readonly type: string;
  readonly message: string;
  readonly [key: string]: Dynamic;
}

/**
 * What a resting execution waits for, as persisted. `until` is when the wait times out, ISO 8601, or null; with
 * `timeoutMs` and no `until` the timeout has yet to begin: a retry by hand waits anew.
 */
export type Wait =
  | {
      readonly on: "child";
      readonly id: string;
      readonly ref: string;
      readonly until: string | null;
      readonly timeoutMs?: number;
      readonly timeoutValue: Dynamic;
      readonly onTimeout: "leave" | "cancel";
    }
  | { readonly on: "time"; readonly until: string }
  | {
      readonly on: "event";
      readonly names: readonly string[];
      readonly mode: "one" | "any" | "all";
      readonly until: string | null;
      readonly timeoutMs?: number;
      readonly timeoutValue: Dynamic;
    }
  | {
      readonly on: "input";
      readonly name: string;
      readonly until: string | null;
      readonly timeoutMs?: number;
      readonly timeoutValue: Dynamic;
      readonly onTimeout?: "resume" | "fail";
    }
  /**
   * On these branches: over when all have ended, with `failFast` when one has ended otherwise than completed. Each end
   * wakes it to look; a suspension rests again unless it is over.
   */
  | { readonly on: "join"; readonly ids: readonly string[]; readonly failFast?: boolean };

/**
 * Where a failed execution can be taken up again: what its line, or its block's branches, had at their last resume point.
 * A cancelled one has it too, for when its parent's failure took it down and the parent is retried.
 */
export interface FailurePoint {
  readonly state: StateId;
  readonly resumeKey: string | null;
  readonly overlay: Overlay;
  readonly saved: Data;
  readonly received: Received | null;
  /** What it waited for when it failed. */
  readonly wait: Wait | null;
  readonly branches: { readonly [key: string]: BranchProgress } | null;
  /** Of the whole execution: its deadline counts anew. Null for none. */
  readonly timeoutMs: number | null;
}

/** The undoing of one completed step. */
export interface Compensation {
  /** The completed step, and its branch's results key. */
  readonly step: string;
  readonly branch: string | null;
  /** Name of the handler. */
  readonly compensation: string;
  readonly status: "pending" | "completed" | "failed";
  readonly error: ExecutionError | null;
}

/** The part of an execution that its own transitions change. All JSON; times are ISO 8601 UTC strings. */
export interface Progress {
  readonly status: ExecutionStatus;
  /** Where it rests or runs; null once it has ended. */
  readonly state: StateId | null;
  readonly resumeKey: string | null;
  /** Of the current step, from 1. */
  readonly attempt: number;
  /** When the current attempt began, waits included. */
  readonly attemptStartedAt: string | null;
  /** D: the data as of the current step's start. */
  readonly data: Data;
  /** w: context writes of the current step up to its last resume point; deletions are listed apart. */
  readonly overlay: Overlay;
  readonly saved: Data;
  /** What the last wait gave, kept so that a retry of the segment receives it again; null before any. */
  readonly received: Received | null;
  readonly wait: Wait | null;
  /** Progress of an inline parallel block's branches by results key, or null outside one. */
  readonly branches: { readonly [key: string]: BranchProgress } | null;
  /**
   * Earliest of backoff, wait, step and workflow deadline: when somebody must look at it again. Stored only while nobody
   * holds the execution; pending without one is due at once. A compensating execution stays with its worker unless it
   * has one.
   */
  readonly wakeAt: string | null;
  readonly stepDeadline: string | null;
  readonly deadline: string | null;
  readonly result: Data | null;
  readonly error: ExecutionError | null;
  /** The saga: planned when the execution begins to compensate, newest step first, filled in by each handler's end. */
  readonly compensations?: readonly Compensation[] | null;
  /** Of a failed execution that `retry` may take up again. */
  readonly failure?: FailurePoint | null;
}

/** What the current attempt has written up to its last resume point. */
export interface Overlay {
  readonly put: Data;
  readonly deleted: readonly string[];
  /** Log lines, kept until the attempt's history row is written. */
  readonly log?: readonly LogEntry[];
}

/** Wrapped, because nil is a value one can receive. */
export interface Received {
  readonly value: Dynamic;
}

export interface BranchProgress {
  readonly status: "pending" | "running" | "completed" | "failed" | "aborted";
  readonly state: StateId;
  readonly attempt: number;
  readonly attemptStartedAt: string | null;
  readonly overlay: Overlay;
  readonly saved: Data;
  readonly received: Received | null;
  /** On its inline child; null while the branch itself runs. */
  readonly wait: Wait | null;
  /** Backoff before the next attempt, its own or its inline child's. */
  readonly wakeAt: string | null;
  readonly stepDeadline: string | null;
  /** The branch's value or error once it has ended, and its place in the order of endings. */
  readonly outcome: readonly ["ok", Data] | readonly ["error", ExecutionError] | null;
  readonly endedSeq: number | null;
}

/** Who an execution is; never changes after it was created. */
export interface Identity {
  readonly rootId: string;
  readonly id: string;
  /** The workflow's own id: equals `id` but for queued parallel branches. Refs, events and inputs use it. */
  readonly logicalId: string;
  readonly parentId: string | null;
  readonly kind: ExecutionKind;
  readonly ref: string | null;
  readonly site: string | null;
  readonly position: readonly number[];
  readonly module: string;
  readonly workflow: string;
  readonly queue: string;
  readonly priority: number;
  readonly input: Data;
  /** Of whoever started it; null or absent where nobody traces. */
  readonly trace?: TraceContext | null;
}

export interface Execution extends Identity, Progress {
  /** Bumped by every claim and cancel: a worker's writes carry the epoch of its claim. */
  readonly epoch: number;
  /**
   * The last claim, which those writes carry, too: a server that crashes may forget a claim and number the next the same. Null
   * before the first, as for what was created claimed.
   */
  readonly claim: string | null;
  /** Bumped by every transition. */
  readonly seq: number;
  /** Bumped by whoever wakes it. */
  readonly signals: number;
  /** Claims since the last checkpoint that ended with a lost lease. */
  readonly crashes: number;
  readonly cascading: boolean;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** One attempt of one step, written when the attempt ends. */
export interface HistoryEntry {
  readonly state: StateId;
  readonly step: string;
  readonly kind: "step" | "decision" | "compensation" | "into";
  /** Results key of the inline parallel branch it belongs to. */
  readonly branch: string | null;
  /** Of a compensation: the step it undoes. */
  readonly compensates?: string | null;
  readonly attempt: number;
  readonly status: "completed" | "failed" | "aborted";
  readonly output: Dynamic;
  readonly error: ExecutionError | null;
  readonly log: readonly LogEntry[];
  readonly startedAt: string;
  readonly endedAt: string;
}

export interface LogEntry {
  readonly at: string;
  readonly level: "debug" | "info" | "warning" | "error";
  readonly message: string;
  readonly source: "logger" | "io";
  readonly metadata: Data;
}

export interface NewExecution extends Identity {
  /** What it begins with where that is not its input: a queued branch has the workflow's input and the block's data. */
  readonly data?: Data;
  readonly state: StateId | null;
  /** Without one nobody claims it. */
  readonly resumeKey: string | null;
  /** Not before this time (a scheduled start); null for at once. */
  readonly wakeAt: string | null;
  /** Of the whole execution, counted from its creation; null for none. */
  readonly timeoutMs: number | null;
  /** Created already claimed by this worker, at epoch 1: inline children and direct hand-over. */
  readonly owner: string | null;
}

/** One transition of one execution, guarded by (epoch, claim, seq). */
export interface Transition {
  readonly rootId: string;
  readonly id: string;
  readonly epoch: number;
  readonly claim: string | null;
  readonly seq: number;
  /** `signals` as the worker last read it: a suspension with newer signals becomes pending, not waiting. */
  readonly signals: number;
  readonly parentId: string | null;
  readonly progress: Progress;
  readonly history: readonly HistoryEntry[];
  readonly children: readonly NewExecution[];
  /** Mailbox entries that this transition consumes; each is consumed once. */
  readonly consumed: readonly string[];
  /** The request that goes with a suspension on an input. None when it goes on waiting for one it has opened before. */
  readonly opens?: readonly OpenedInput[];
  /** Marks the row so that its live descendants are cancelled (see `cascade`). */
  readonly cascading: boolean;
}

export type CommitResult =
  /** `status` is what was stored: a suspension may have become `pending`. `handedOver` are the children created claimed. */
  | {
      readonly outcome: "applied";
      readonly status: ExecutionStatus;
      readonly signals: number;
      readonly handedOver: readonly string[];
    }
  /**
   * Cancelled, claimed by someone else, or given back because another branch has used up its event: this worker must drop
   * the execution.
   */
  | { readonly outcome: "fenced"; readonly status: ExecutionStatus | null }
  /** A child of this ref exists for another call site, position, module or workflow; nothing was written. */
  | { readonly outcome: "refConflict"; readonly ref: string; readonly existing: string; readonly requested: string }
  /** The database refused this row's data (SQLSTATE class 22 or 54); nothing was written. */
  | { readonly outcome: "refused"; readonly reason: string };

export interface ClaimRequest {
  readonly worker: string;
  /** Free slots by queue; a queue with none is left out. */
  readonly queues: readonly { readonly name: string; readonly limit: number }[];
}

/** A claimed execution with what has come for it, read in the same statement. */
export interface Claim {
  readonly execution: Execution;
  readonly arrived: Arrived;
  /** `durable.now()` of the claim. */
  readonly now: string;
}

export interface Arrived {
  /** Unconsumed mailbox entries for the awaited names, in order of arrival, one a name. */
  readonly events: readonly { readonly id: string; readonly name: string; readonly payload: Dynamic }[];
  /** The awaited child, or the inline children of a parallel block, as they stand. */
  readonly children: readonly ChildState[];
  /** The answer to the awaited input. */
  readonly inputs?: readonly { readonly name: string; readonly value: Dynamic }[];
  /** Somebody cancelled the wait; this goes before whatever else has arrived, which stays unconsumed. */
  readonly cancelled?: { readonly reason: string } | null;
}

export interface ChildState {
  readonly id: string;
  readonly ref: string | null;
  readonly status: ExecutionStatus;
  readonly result: Data | null;
  readonly error: ExecutionError | null;
}

export interface EventDelivery {
  readonly executionId: string;
  /** Repeats of an id for one execution are ignored. */
  readonly eventId: string;
  readonly name: string;
  readonly payload: Dynamic;
  /** The workflows whose declarations it fits, by `workflowKey`; without it whichever the execution is of. */
  readonly fits?: readonly string[] | null;
}

/** `unfit`: nothing is done, for the execution is of a workflow that the delivery does not name. */
export type EventResult = "delivered" | "repeated" | "unfit" | "unknown_execution" | "ended_execution";

export interface ExecutionFilter {
  readonly module?: string;
  readonly workflow?: string;
  readonly status?: readonly ExecutionStatus[];
  readonly queue?: string;
  readonly parentId?: string;
  readonly rootsOnly?: boolean;
  readonly createdFrom?: string;
  readonly createdTo?: string;
  readonly idPrefix?: string;
  readonly limit: number;
  /** Id of the last execution of the page before, newest first. */
  readonly after?: string;
}

/** A step that has completed, of the workflow itself or of a parallel branch. */
export interface CompletedStep {
  /** The execution that ran it: the workflow, or one of its queued branches. */
  readonly executionId: string;
  readonly state: StateId;
  readonly step: string;
  readonly kind: "step" | "decision";
  readonly branch: string | null;
}

/** An execution that a worker holds, and what it holds it by. */
export interface Hold {
  readonly id: string;
  readonly epoch: number;
  readonly claim: string | null;
}

/** A client of `pg`, or what looks like one, inside a transaction of its own. */
export interface TransactionClient {
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly { readonly [column: string]: unknown }[] }>;
}

export interface RegisterWorker {
  readonly worker: string;
  readonly host: string;
  readonly pid: number;
  readonly leaseMs: number;
  readonly queues: readonly string[];
  readonly resumeKeys: readonly string[];
}

export interface Renewal {
  readonly worker: string;
  readonly leaseMs: number;
  /** Ids of what the worker runs. */
  readonly inHand: readonly string[];
  /** What it does not run, though it is in its name: given back. */
  readonly astray: readonly Hold[];
}

export interface NextWake {
  readonly now: string;
  readonly at: string | null;
}

/**
 * The named operations. None of them looks before it writes; each says what happened in its result and throws only
 * `StoreError`s (see errors.ts).
 */
export interface Store extends WaitOperations, ScheduleOperations, UpkeepOperations {
  migrate(): Promise<void>;
  close(): Promise<void>;

  start(executions: readonly NewExecution[]): Promise<readonly { readonly id: string; readonly created: boolean }[]>;
  commit(transitions: readonly Transition[]): Promise<readonly CommitResult[]>;

  registerWorker(worker: RegisterWorker): Promise<void>;
  /**
   * What is in the worker's name beside what it has in hand: a claim or a hand-over is under way, or nobody runs it. Null
   * when the lease had been lost: everything the worker holds now belongs to others.
   */
  renewLease(renewal: Renewal): Promise<readonly Hold[] | null>;
  /** Gives back everything the worker still holds, without counting a crash, and forgets the worker. */
  retireWorker(worker: string): Promise<void>;
  /** Makes the executions of workers whose lease is over claimable again; their number. */
  recoverExpired(): Promise<number>;
  /**
   * Keeps what is due and no live worker has code for out of every claim's way, and brings back what has come to be known.
   * To be called by a worker that has just registered, and now and then.
   */
  markUnknownCode(): Promise<void>;
  claim(request: ClaimRequest): Promise<readonly Claim[]>;
  /** Takes over an inline child for the worker that holds its parent, at a new epoch; null when it has ended or is unknown. */
  adopt(worker: string, rootId: string, id: string): Promise<Claim | null>;

  sendEvents(events: readonly EventDelivery[]): Promise<readonly EventResult[]>;
  /**
   * The same two inside the caller's transaction: nothing of them is visible before it commits, and nothing is sent again;
   * an error leaves the transaction as any other error does.
   */
  within(client: TransactionClient): Pick<Store, "start" | "sendEvents">;
  /** Fences the execution and marks it `cascading`; by a worker, only while that holds what it cancels it for. */
  cancel(
    id: string,
    error: ExecutionError,
    by?: Hold,
  ): Promise<"cancelled" | "unknown_execution" | "already_ended" | "compensating" | "not_held">;
  /** The same for all live queued branches of an execution (fail_fast), which is woken; how many they were. */
  cancelBranches(rootId: string, by: Hold, error: ExecutionError): Promise<number | "not_held">;
  /**
   * One pass of the tree statement over every marked execution: the workflows that it has cancelled; null when nothing was
   * left to change and marks are cleared.
   */
  cascade(): Promise<readonly Labels[] | null>;

  /**
   * The earliest wake-up on the queues that was not due yet when somebody last looked, at `since`: it may be due by now.
   * Null for none.
   */
  nextWake(queues: readonly string[], since: string): Promise<NextWake>;
  /** What is due on each of the queues, as far as anything is. */
  backlogs(queues: readonly string[]): Promise<readonly Backlog[]>;
  now(): Promise<string>;
  /** Moves the virtual clock forward to `time`; never back, once anything was started. */
  advanceClock(time: string): Promise<void>;

  get(id: string): Promise<Execution | null>;
  list(filter: ExecutionFilter): Promise<readonly Execution[]>;
  children(parentId: string): Promise<readonly Execution[]>;
  /** Its own attempts and those of its queued branches, in the order they were recorded. */
  history(id: string): Promise<readonly (HistoryEntry & { readonly seq: number })[]>;
  /** In the order they were recorded, each step of the workflow and its branches, inline and queued, that has completed. */
  completedSteps(id: string): Promise<readonly CompletedStep[]>;
  counts(): Promise<readonly { readonly status: ExecutionStatus; readonly count: number }[]>;

  /** Calls back when an execution of a queue may have become claimable, or an execution ended; a hint that may be lost. */
  listen(hint: (message: { readonly queue?: string; readonly ended?: string }) => void): Promise<() => Promise<void>>;
}
