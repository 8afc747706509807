/** What every engine is made to do, so that all do the same work. */

export interface Engine {
  /** Connects, brings its schema up to date, and sets a worker going. */
  open(options: EngineOptions): Promise<void>;
  run(work: Work): Promise<void>;
  /** Stops the worker and leaves nothing that polls. */
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly url: string;
  /** Executions at once. */
  readonly concurrency: number;
  /** Connections at once, as far as the engine lets one say so. */
  readonly poolSize: number;
}

export type Work = Batch | Long;

/** So many executions; over when the ends of all are recorded. */
export type Batch =
  /** Steps one after the other, each an asynchronous function that is called once and whose result is kept. */
  | { readonly kind: "chain"; readonly steps: number; readonly executions: number }
  /** A workflow that calls another, of one step, and awaits its result. */
  | { readonly kind: "child"; readonly executions: number }
  /** A workflow that runs so many others, of one step each, at the same time, and awaits them all. */
  | { readonly kind: "fan"; readonly children: number; readonly executions: number };

/** One execution with much behind it, which a new process takes up. */
export type Long =
  /** Steps one after the other, then a wait for an event; over when it waits. */
  | { readonly kind: "history"; readonly steps: number }
  /** The worker stops, and then the event comes. */
  | { readonly kind: "leave" }
  /** In a new process: over when the step after the wait has been called. */
  | { readonly kind: "go" };

/** What one `run` took. */
export interface Effort {
  readonly ms: number;
  /** Of the engine's own process. */
  readonly cpuMs: number;
}

/** What every execution is given: 256 bytes of JSON, as in pgbench's row. */
export const INPUT = { n: 0, text: "x".repeat(238) };

export type Data = typeof INPUT;
