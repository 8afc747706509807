/**
 * What the body of a state may do besides computing. One `Io` serves one segment: it gathers the segment's context
 * writes, started children and log lines; nothing of it is visible to anyone before the segment's commit.
 */
import type { Data, Dynamic } from "./json.ts";
import type { Machine, Saved, StateId, Suspension } from "./machine.ts";
import type { LogEntry } from "./store/store.ts";

/** Where to go on after a wait, and the locals needed there. */
export interface Continuation {
  readonly resume: StateId;
  readonly saved?: Saved;
}

export interface CallOptions extends Continuation {
  readonly ref: string;
  readonly timeoutMs?: number;
  /** What `{:ok, …}` holds when the timeout is over; default `"child_timeout"`. */
  readonly timeoutValue?: Dynamic;
  readonly onTimeout?: "leave" | "cancel";
  readonly queue?: string;
  readonly priority?: number;
  /** Loop indices around the call, outermost first. */
  readonly position?: readonly number[];
}

export interface StartOptions {
  readonly ref: string;
  /** The call site, in the form of a state id. */
  readonly site: string;
  readonly queue?: string;
  readonly priority?: number;
  readonly position?: readonly number[];
}

export interface EventOptions extends Continuation {
  readonly timeoutMs?: number;
  readonly timeoutValue?: Dynamic;
}

export interface InputOptions extends EventOptions {
  readonly type: "approval" | "single_choice" | "multi_choice" | "free_text" | "form";
  readonly prompt?: string;
  readonly fields?: readonly Data[];
  readonly choices?: readonly Dynamic[];
  readonly metadata?: Data;
  readonly onTimeout?: "resume" | "fail";
}

export interface Io {
  // ── Context (Durable.Context) ──
  /** The workflow's input. */
  input<Input = Dynamic>(): Input;
  /** The data as of the step's start, overlaid by what the step has written. */
  context(): Data;
  getContext(key: string, fallback?: Dynamic): Dynamic;
  hasContext(key: string): boolean;
  /** Writers return `"ok"`, so that a body may end with one. */
  putContext(key: string, value: Dynamic): "ok";
  putContextAll(values: Data): "ok";
  mergeContext(values: Data): "ok";
  updateContext(key: string, update: (current: Dynamic) => Dynamic): "ok";
  deleteContext(key: string): "ok";
  appendContext(key: string, value: Dynamic): "ok";
  incrementContext(key: string, by?: number): "ok";
  parallelResults(): Data;
  parallelResult(key: string): Dynamic;
  parallelOk(key: string): boolean;
  workflowId(): string;
  currentStep(): string;
  /** Equal over attempts of this segment: hash of execution, state, loop position and call index. */
  idempotencyKey(): string;

  // ── Children (Durable.Orchestration) ──
  callWorkflow(machine: Machine, input: Dynamic, options: CallOptions): Suspension;
  startWorkflow(machine: Machine, input: Dynamic, options: StartOptions): readonly ["ok", string];

  // ── Waits (Durable.Wait) ──
  sleep(ms: number, next: Continuation): Suspension;
  scheduleAt(time: string, next: Continuation): Suspension;
  waitForEvent(name: string, options: EventOptions): Suspension;
  waitForAny(names: readonly string[], options: EventOptions): Suspension;
  waitForAll(names: readonly string[], options: EventOptions): Suspension;
  waitForInput(name: string, options: InputOptions): Suspension;
  /** Commits what the segment did so far and goes on. */
  checkpoint(next: Continuation): Suspension;

  // ── Clock, chance, log ──
  /** ISO 8601, UTC, of `durable.now()`: the database's clock plus the testing offset. */
  now(): string;
  /** In [0, 1). */
  random(): number;
  /** A line of the step's log; `source` tells what the program logged from what it printed. */
  log(level: LogEntry["level"], message: string, metadata?: Data, source?: LogEntry["source"]): "ok";
}
