/** What whoever runs the whole does: retry, tidy up, hold queues, and look at how things are. */
import { DurableError, type DurableErrorCode } from "../errors.ts";
import { ENDED_STATUSES, type EndedStatus } from "../status.ts";
import type { Store } from "../store/store.ts";
import type { Deleted, Finding, Parked, QueueStats, RetryResult, WorkerState } from "../store/upkeep.ts";
import { unknownExecution } from "./existing.ts";

export interface CleanupOptions {
  /** Of trees whose root has ended before this time. */
  readonly before: Date;
  /** And in one of these ways; default: any. */
  readonly statuses?: readonly EndedStatus[];
  /** Trees deleted by one statement; default 1000. */
  readonly batch?: number;
  /** Only counts what one statement would delete. */
  readonly dryRun?: boolean;
}

export interface DrainOptions {
  /** Default 30 000. */
  readonly timeoutMs?: number;
}

export interface Queues {
  /** Nobody claims from it any more; what runs goes on. */
  pause(name: string): Promise<void>;
  resume(name: string): Promise<void>;
  /** Pauses it and waits until nothing of it runs. Throws `drain_timeout`; it stays paused then, too. */
  drain(name: string, options?: DrainOptions): Promise<void>;
  /** Every queue that has executions, workers or a pause. */
  list(): Promise<readonly QueueStats[]>;
}

export interface Upkeep {
  /**
   * Takes a failed execution up again in the step that failed, at its last resume point, with all attempts before it.
   * Throws `not_failed`, `no_failure_point` and `called_execution`.
   */
  retry(id: string): Promise<void>;
  /** Deletes whole trees of executions that have ended. */
  cleanup(options: CleanupOptions): Promise<Deleted>;
  readonly queues: Queues;
  workers(): Promise<readonly WorkerState[]>;
  /** What is due and taken by no live worker, and why. */
  parked(): Promise<readonly Parked[]>;
  /** What is not as it should be; nothing on a healthy system. */
  findings(): Promise<readonly Finding[]>;
}

const LOOK_MS = 50;
const SHOWN = 100;
const CRASHES_WORTH_TELLING = 3;

export function upkeepOf(store: Store): Upkeep {
  return {
    retry: (id) => retry(store, id),
    cleanup: (options) => cleanup(store, options),
    queues: {
      pause: (name) => store.pauseQueue(name),
      resume: (name) => store.resumeQueue(name),
      drain: (name, options = {}) => drain(store, name, options),
      list: () => store.queues(),
    },
    workers: () => store.workers(),
    parked: () => store.parked(SHOWN),
    findings: () => store.findings({ crashes: CRASHES_WORTH_TELLING, limit: SHOWN }),
  };
}

const REFUSED: { readonly [Result in RetryResult]?: readonly [DurableErrorCode, message: string, help: string] } = {
  not_failed: ["not_failed", "has not failed", "Only what ended as failed can be retried."],
  no_failure_point: ["no_failure_point", "failed where nothing can be taken up again", "Start it anew."],
  called: ["called_execution", "has told its parent already that it failed", "Retry the parent."],
};

async function retry(store: Store, id: string): Promise<void> {
  const result = await store.retry(id);
  if (result === "unknown_execution") throw unknownExecution(id);
  const refused = REFUSED[result];
  if (refused === undefined) return;
  const [code, message, help] = refused;
  throw new DurableError(code, `The execution ${id} ${message}.`, help);
}

async function cleanup(
  store: Store,
  { before, statuses = ENDED_STATUSES, batch = 1000, dryRun = false }: CleanupOptions,
): Promise<Deleted> {
  const retention = { before: before.toISOString(), statuses, limit: batch, dryRun };
  let deleted: Deleted = { trees: 0, executions: 0 };
  for (;;) {
    const { trees, executions } = await store.deleteEnded(retention);
    deleted = { trees: deleted.trees + trees, executions: deleted.executions + executions };
    if (dryRun || trees < batch) break;
  }
  if (!dryRun) await store.deleteUnusedBuilds(retention.before);
  return deleted;
}

async function drain(store: Store, name: string, { timeoutMs = 30_000 }: DrainOptions): Promise<void> {
  await store.pauseQueue(name);
  const until = performance.now() + timeoutMs;
  for (let held = await store.heldIn(name); held > 0; held = await store.heldIn(name)) {
    if (performance.now() >= until) {
      const message = `The queue ${name} still runs ${held} executions after ${timeoutMs} ms.`;
      throw new DurableError("drain_timeout", message, "It is paused; look at it again later.");
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
