/**
 * The shape of a compiled workflow: what `durablec` emits and the interpreter runs.
 *
 * A machine is plain data plus the bodies of its states. A body is a function of what it is given; it suspends by
 * returning a `Suspension`, never by throwing, and nothing of it runs twice because it waited.
 */
import type { z } from "zod";
import type { Io } from "./io.ts";
import type { Data, Dynamic } from "./json.ts";
import type { TraceContext } from "./telemetry.ts";

/** A path of names, `charge_payment` or `charge_payment@call:payment_workflow`; stable over unrelated edits. */
export type StateId = string;

export interface RetryOptions {
  /** Total attempts, the first included; default 1. */
  readonly maxAttempts?: number;
  readonly backoff?: "exponential" | "linear" | "constant";
  /** Milliseconds; default 1000. */
  readonly base?: number;
  /** Milliseconds; default 30 000. */
  readonly maxBackoff?: number;
}

export interface StepOptions {
  readonly retry?: RetryOptions;
  readonly timeoutMs?: number;
  /** Name of the compensation that undoes this step. */
  readonly compensate?: string;
  readonly queue?: string;
}

/** What a step's body came to, in the language's own terms. Anything else at run time is `invalid_step_return`. */
export type StepResult = "ok" | readonly ["ok", Data] | readonly ["error", Dynamic] | readonly ["goto", string, Data];

export type Outcome = StepResult | Suspension | Jump;

/** What has become of a child: its result, or what stands for its timeout; or why it failed. */
export type ChildOutcome<Result> = readonly ["ok", Result] | readonly ["error", Data];

/** Locals saved at a suspension, by name. JSON only. */
export type Saved = { readonly [name: string]: Dynamic };

/**
 * A body of code: from a step's start, a resume point or a join to the next suspension or the end.
 * `data` is the data as of the step's start and never changes while the step runs; `saved` holds the locals of the
 * suspension or jump that leads here; `received` is what was waited for, or the value a jump carries.
 */
export type Body = (io: Io, data: Dynamic, saved: Dynamic, received: Dynamic) => Dynamic | Promise<Dynamic>;

interface Segment {
  /** True when the segment has no effect outside its result, so it needs no commit of its own. */
  readonly pure?: boolean;
  readonly run: Body;
}

/** Where a step or decision begins. */
export interface StepState extends Segment, StepOptions {
  readonly kind: "step" | "decision";
  /** As written in the source. */
  readonly name: string;
  /** Line of the source, from 1. */
  readonly line: number;
  /** Null when the workflow, or the parallel branch, ends here. */
  readonly next: StateId | null;
  /** The steps a `{:goto, …}` may name, and their states; absent when the body has none. */
  readonly gotos?: { readonly [step: string]: StateId };
}

/** A point inside a step where execution continues: after a wait, or where paths meet again. */
export interface ResumeState extends Segment {
  readonly kind: "resume";
  /** The state of the step this belongs to. */
  readonly step: StateId;
  readonly line: number;
}

/** `branch on:`: picks the state to go on with, and leaves no history. */
export interface BranchState {
  readonly kind: "branch";
  readonly line: number;
  readonly choose: (io: Io, data: Dynamic) => StateId | null | Promise<StateId | null>;
}

/** A parallel block. Each branch is one step state; its key in the results is its `returns:` or its name. */
export interface ParallelState {
  readonly kind: "parallel";
  readonly line: number;
  readonly mode: "inline" | "queued";
  readonly onError: "fail_fast" | "complete_all";
  readonly branches: { readonly [key: string]: StateId };
  readonly next: StateId | null;
  /** Decides from every branch's outcome, `%{key => {:ok, value} | {:error, error}}`. */
  readonly into?: (io: Io, data: Dynamic, results: Dynamic) => Dynamic | Promise<Dynamic>;
  readonly gotos?: { readonly [step: string]: StateId };
}

export type State = StepState | ResumeState | BranchState | ParallelState;

export interface Compensation extends StepOptions {
  readonly line: number;
  readonly run: Body;
}

export interface ScheduleDefinition {
  readonly cron: string;
  readonly name?: string;
  readonly timezone?: string;
  readonly input?: Data;
  readonly queue?: string;
  /** `skip`: not while the execution it started last still lives. Default `allow`. */
  readonly overlap?: "allow" | "skip";
}

export interface Machine<Input = Dynamic, Output = Dynamic, Events = Dynamic> {
  /** As in the source, for example `MyApp.OrderWorkflow`. */
  readonly module: string;
  readonly workflow: string;
  /** Path of the `.durable` file. */
  readonly source: string;
  /** Changes whenever the compiled behaviour does. */
  readonly fingerprint: string;
  readonly timeoutMs?: number;
  readonly retry?: RetryOptions;
  readonly queue?: string;
  readonly tags?: readonly string[];
  /** Checks the input when an execution starts; absent when the workflow declares none. */
  readonly input?: z.ZodType<Input>;
  /** Where an execution begins; null for a workflow without steps, which ends at once with its input. */
  readonly start: StateId | null;
  readonly states: { readonly [id: StateId]: State };
  readonly compensations?: { readonly [name: string]: Compensation };
  /** The workflows this one calls or starts. A function, because modules may refer to each other in a circle. */
  readonly children?: () => readonly Machine[];
  /** Event and input names it can wait for; `"*"` stands for computed ones. */
  readonly events?: readonly string[];
  readonly inputs?: readonly string[];
  /** Check what an event brings, where the workflow declares it. */
  readonly payloads?: { readonly [Name in keyof Events]?: z.ZodType<Events[Name]> };
  readonly schedules?: readonly ScheduleDefinition[];
  /**
   * One key for each state an execution can rest in: equal keys mean that code of another build can carry on from
   * there. Workers claim only what they hold the key for.
   */
  readonly resumeKeys: { readonly [id: StateId]: string };
  /** Carries the type of the result for `result()`; never present at run time. */
  readonly output?: Output;
}

/** Declares a machine; exists for its types and to freeze nothing: a machine is plain data. */
export function defineMachine<Input = Dynamic, Output = Dynamic, Events = Dynamic>(
  machine: Machine<Input, Output, Events>,
): Machine<Input, Output, Events> {
  return machine;
}

/** What an execution can wait for. Durations are milliseconds from now. */
export type WaitRequest =
  | {
      readonly on: "call";
      readonly child: ChildRequest;
      readonly timeoutMs?: number;
      readonly timeoutValue: Dynamic;
      readonly onTimeout: "leave" | "cancel";
    }
  | { readonly on: "sleep"; readonly ms: number }
  | { readonly on: "time"; readonly at: string }
  | {
      readonly on: "event";
      readonly names: readonly string[];
      readonly mode: "one" | "any" | "all";
      readonly timeoutMs?: number;
      readonly timeoutValue?: Dynamic;
    }
  | { readonly on: "input"; readonly input: InputRequest; readonly timeoutMs?: number; readonly timeoutValue?: Dynamic }
  /** Not a wait: the segment is committed and the next begins at once (before a foreign call that is told of a child). */
  | { readonly on: "checkpoint" };

export interface InputRequest {
  readonly name: string;
  readonly type: "approval" | "single_choice" | "multi_choice" | "free_text" | "form";
  readonly prompt?: string;
  readonly fields?: readonly Data[];
  readonly choices?: readonly Dynamic[];
  readonly metadata?: Data;
  readonly onTimeout?: "resume" | "fail";
}

/** A child as its parent's body asks for it. */
export interface ChildRequest {
  readonly machine: Machine;
  readonly input: Dynamic;
  readonly ref: string;
  /** The call site, a resume point's id; with `position` it tells a repeated call from a second one of the same ref. */
  readonly site: string;
  /** Loop indices around the call, outermost first. */
  readonly position: readonly number[];
  readonly queue: string;
  readonly priority: number;
  /** Of the segment that asks; null where nobody traces. */
  readonly trace: TraceContext | null;
}

/** Returned by a body that has to wait: what for, where to go on, and the locals needed there. */
export class Suspension {
  constructor(
    readonly wait: WaitRequest,
    readonly resume: StateId,
    readonly saved: Saved,
  ) {}
}

/** Returned by a body that goes on in another state of the same step, without waiting. */
export class Jump {
  constructor(
    readonly to: StateId,
    readonly saved: Saved,
    readonly value: Dynamic,
  ) {}
}

/** Goes on in another state of the same step: where arms meet again, or round a loop. */
export function jump(to: StateId, saved: Saved = {}, value: Dynamic = null): Jump {
  return new Jump(to, saved, value);
}

/** `{:ok, value}`. */
export function ok<T>(value: T): readonly ["ok", T] {
  return ["ok", value];
}

/** `{:error, reason}`. */
export function error<T>(reason: T): readonly ["error", T] {
  return ["error", reason];
}

/** `{:goto, :step, data}`. */
export function goto<T>(step: string, data: T): readonly ["goto", string, T] {
  return ["goto", step, data];
}
