/** Running the whole: queues, workers, what is stuck, and what is deleted. Types and operations of the store. */
import type { EndedStatus } from "../status.ts";
import type { ExecutionStatus } from "./store.ts";

export interface QueueStats {
  readonly name: string;
  readonly paused: boolean;
  /** Pending and due. */
  readonly due: number;
  /** Pending, not before a later time: scheduled starts and backoff. */
  readonly later: number;
  readonly counts: { readonly [Status in ExecutionStatus]?: number };
  /** Live workers that take from it. */
  readonly workers: number;
}

export interface WorkerState {
  readonly worker: string;
  readonly host: string;
  readonly pid: number;
  readonly queues: readonly string[];
  readonly registeredAt: string;
  readonly leaseUntil: string;
  /** False when its lease is over and nobody has noticed yet. */
  readonly live: boolean;
  /** Executions it holds. */
  readonly held: number;
}

/** An execution that is due and that no live worker will take. */
export interface Parked {
  readonly id: string;
  readonly module: string;
  readonly workflow: string;
  readonly queue: string;
  readonly state: string | null;
  readonly dueSince: string;
  readonly reason: /** No live worker takes from its queue. */
    | "no_worker"
    /** Workers take from its queue, and none has code that can carry on from its state. */
    | "unknown_code"
    | "queue_paused";
}

export type FindingCode =
  /** Its lease is over; the next worker that looks takes back what it held. */
  | "expired_worker"
  /** Held by a worker that nobody knows. */
  | "lost_execution"
  /** Cancelled, and its descendants not all yet. */
  | "unfinished_cancel"
  /** Waits, and nothing can wake it: must not happen. */
  | "stuck_wait"
  /** Its worker was lost again and again since its last checkpoint. */
  | "crashing"
  /** Turned off by failures in a row. */
  | "disabled_schedule";

export interface Finding {
  readonly code: FindingCode;
  /** Of the worker, execution or schedule. */
  readonly id: string;
  readonly since: string;
}

export interface Retention {
  /** Of trees whose root ended before this time. */
  readonly before: string;
  /** And in one of these ways. */
  readonly statuses: readonly EndedStatus[];
  /** Most trees at once. */
  readonly limit: number;
  /** Only counts. */
  readonly dryRun?: boolean;
}

export interface Deleted {
  readonly trees: number;
  readonly executions: number;
}

export type RetryResult =
  | "retried"
  | "unknown_execution"
  /** It has not failed, or has been compensated. */
  | "not_failed"
  /** It failed at no state: by an error that leaves nothing to go back to, or in the hands of an older version. */
  | "no_failure_point"
  /** Its parent has received the failure: only the parent can be retried. */
  | "called";

export interface UpkeepOperations {
  /** Nobody claims from a paused queue; what runs goes on. */
  pauseQueue(name: string): Promise<void>;
  resumeQueue(name: string): Promise<void>;
  /** Every queue that has executions, workers or a pause, by name. */
  queues(): Promise<readonly QueueStats[]>;
  /** How many executions of the queue workers hold now: a paused queue is drained at 0. */
  heldIn(queue: string): Promise<number>;
  workers(): Promise<readonly WorkerState[]>;
  /** The longest due first. */
  parked(limit: number): Promise<readonly Parked[]>;
  /** What is not as it should be, by kind; nothing on a healthy system. `crashes` is from how many on it is told. */
  findings(options: { readonly crashes: number; readonly limit: number }): Promise<readonly Finding[]>;

  /** Deletes whole trees, the oldest first, and only where every member has ended. */
  deleteEnded(retention: Retention): Promise<Deleted>;
  /** Forgets builds of the code that no worker runs, nothing rests in and nobody registered since `before`; their number. */
  deleteUnusedBuilds(before: string): Promise<number>;

  /**
   * Makes a failed execution pending at the state where it failed, at attempt 1, with what was received or waited for
   * there. Timeouts count anew. The branches of its block that have not completed, and descendants that its failure
   * cancelled, come back with it; other children stay as they are: a call whose child failed receives the same failure.
   */
  retry(id: string): Promise<RetryResult>;
}
