/** The one place that says which statuses are final; SQL spells the same list in `store/postgres`. */
import type { ExecutionStatus } from "./store/store.ts";

/** Statuses an execution never leaves. */
export const ENDED_STATUSES = [
  "completed",
  "failed",
  "cancelled",
  "compensated",
  "compensation_failed",
] as const satisfies readonly ExecutionStatus[];

export type EndedStatus = (typeof ENDED_STATUSES)[number];

/** Every status, in the order of a life. */
export const STATUSES = [
  "pending",
  "running",
  "waiting",
  "compensating",
  ...ENDED_STATUSES,
] as const satisfies readonly ExecutionStatus[];

/** True when nothing more will happen to an execution of this status. */
export function ended(status: ExecutionStatus): status is EndedStatus {
  return (ENDED_STATUSES as readonly ExecutionStatus[]).includes(status);
}

/** Narrows text from a command line or a query string. */
export function isStatus(text: string): text is ExecutionStatus {
  return (STATUSES as readonly string[]).includes(text);
}
