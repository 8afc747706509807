/**
 * What an observer of the runtime is told. The runtime knows no tracing library: an entry point of its own implements this,
 * and without one nothing happens.
 */
import type { ExecutionError, ExecutionStatus, HistoryEntry, Identity, Wait } from "./store/store.ts";

/** The place in a trace, as headers of W3C Trace Context; carried by executions, so that whatever resumes them joins. */
export type TraceContext = { readonly [header: string]: string };

/** Of which workflow something is told. */
export type Labels = Pick<Identity, "module" | "workflow" | "queue">;

/** A segment that is about to run. */
export interface SegmentLabels extends Labels {
  readonly executionId: string;
  readonly rootId: string;
  /** The step, compensation or callback whose code it is. */
  readonly name: string;
  readonly kind: "step" | "compensation" | "into";
  readonly state: string;
  readonly attempt: number;
  readonly trace: TraceContext | null;
}

/** What became of a segment. */
export type SegmentResult =
  | { readonly is: "ok" | "goto" }
  | { readonly is: "suspended"; readonly on: Wait["on"] | "call" | "sleep" | "checkpoint" }
  | { readonly is: "error"; readonly error: ExecutionError };

/** What waits for workers on a queue. */
export interface Backlog {
  readonly queue: string;
  /** Due and taken by nobody; counted up to 10,000. */
  readonly due: number;
  /** How long the first of them has been due. */
  readonly lagMs: number;
}

export interface Telemetry {
  /** Runs what starts executions; they are to carry `trace`. */
  starting<T>(of: Labels, start: (trace: TraceContext | null) => Promise<T>): Promise<T>;
  /** Runs a segment; what it starts is to carry `trace`. */
  segment<T>(
    of: SegmentLabels,
    run: (trace: TraceContext | null) => Promise<T>,
    resultOf: (value: T) => SegmentResult,
  ): Promise<T>;
  /** An execution was created. */
  started(of: Labels): void;
  ended(of: Labels, status: ExecutionStatus): void;
  /** An attempt of a step was recorded. */
  attempted(of: Labels, entry: HistoryEntry): void;
  claimed(queue: string, count: number): void;
  /** So many transitions shared one statement. */
  committed(count: number): void;
  /** A worker serves queues: asks `backlogs` when it likes, until the result is called. */
  serving(backlogs: () => Promise<readonly Backlog[]>): () => void;
}

const nothing = () => {};

/** Tells nobody. */
export const SILENT: Telemetry = {
  starting: (_of, start) => start(null),
  segment: (_of, run) => run(null),
  started: nothing,
  ended: nothing,
  attempted: nothing,
  claimed: nothing,
  committed: nothing,
  serving: () => nothing,
};
