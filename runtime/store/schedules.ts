/** Schedules: types and operations of the store. Cron is the caller's business; the store compares times. */
import type { Data } from "../json.ts";
import type { TraceContext } from "../telemetry.ts";
import type { ExecutionError } from "./store.ts";

/** A schedule as it is registered. */
export interface ScheduleRegistration {
  /** Unique in the database. */
  readonly name: string;
  readonly module: string;
  readonly workflow: string;
  /** Where its executions begin, and the key for that. */
  readonly state: string | null;
  readonly resumeKey: string | null;
  readonly cron: string;
  readonly timezone: string;
  readonly input: Data;
  readonly queue: string;
  readonly priority: number;
  readonly timeoutMs: number | null;
  /** `skip`: not while the execution it started last still lives. */
  readonly overlap: "allow" | "skip";
  readonly enabled: boolean;
  /** The next time by `cron` and `timezone`, in `durable.now()` time; null for never. */
  readonly nextRunAt: string | null;
}

export interface Schedule extends ScheduleRegistration {
  readonly lastRunAt: string | null;
  /** Started by the clock; a trigger does not count. */
  readonly lastExecutionId: string | null;
  readonly lastError: ExecutionError | null;
  readonly lastErrorAt: string | null;
  readonly consecutiveFailures: number;
  /** When failures in a row turned it off. */
  readonly autoDisabledAt: string | null;
  readonly createdAt: string;
}

export interface ScheduleFilter {
  readonly enabled?: boolean;
  readonly module?: string;
  readonly queue?: string;
  readonly limit: number;
  /** Name of the last one of the page before. */
  readonly after?: string;
}

/** What is left out stays. Turning it on clears the failures. With `cron` or `timezone`, give `nextRunAt` as well. */
export type ScheduleChanges = Partial<
  Pick<ScheduleRegistration, "cron" | "timezone" | "input" | "queue" | "priority" | "overlap" | "enabled" | "nextRunAt">
>;

export interface Firing {
  readonly name: string;
  /** The `nextRunAt` that was read: whoever finds another one there comes too late. */
  readonly dueAt: string;
  /** Computed from now, so that missed runs collapse into one. */
  readonly nextRunAt: string | null;
  readonly executionId: string;
  /** What the execution carries. */
  readonly trace?: TraceContext | null;
}

export type FiringResult =
  | "started"
  /** The execution it started last still lives, and it says `skip`. It was advanced. */
  | "skipped"
  /** Somebody else fired or changed it. */
  | "missed";

export interface ScheduleFailure extends Omit<Firing, "executionId" | "trace"> {
  readonly error: ExecutionError;
  /** Turned off when it has failed this often in a row. */
  readonly disableAfter: number;
}

export interface ScheduleOperations {
  /**
   * Inserts or updates by name. What exists keeps whether it is enabled, its runs, and its next run unless cron or
   * timezone has changed.
   */
  upsertSchedules(schedules: readonly ScheduleRegistration[]): Promise<void>;
  /** By name. */
  listSchedules(filter: ScheduleFilter): Promise<readonly Schedule[]>;
  getSchedule(name: string): Promise<Schedule | null>;
  /** The changed schedule; null when there is none of this name. */
  updateSchedule(name: string, changes: ScheduleChanges): Promise<Schedule | null>;
  /** False when there is none of this name. */
  deleteSchedule(name: string): Promise<boolean>;
  /** Starts an execution now, enabled or not, with this input or the schedule's own; false when there is none of this name. */
  triggerSchedule(name: string, executionId: string, input: Data | null, trace?: TraceContext | null): Promise<boolean>;
  /** Enabled and due, the longest due first. */
  dueSchedules(limit: number): Promise<readonly Schedule[]>;
  /** Claims, starts and advances in one statement. No name may occur twice. */
  fireSchedules(firings: readonly Firing[]): Promise<readonly FiringResult[]>;
  /** Advances a schedule that could not be fired, and counts it; false when somebody else fired or changed it. */
  failSchedule(failure: ScheduleFailure): Promise<boolean>;
  /** When the next enabled schedule is due, in `durable.now()` time and as a delay (0 when it is overdue); null for none. */
  nextSchedule(): Promise<{ readonly at: string; readonly inMs: number } | null>;
}
