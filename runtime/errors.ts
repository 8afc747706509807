/** What the client throws: one class for each thing that can go wrong, each with a code for programs. */
import { type InputIssue, issuesText } from "./input.ts";
import type { ExecutionError, ExecutionStatus } from "./store/store.ts";

export type DurableErrorCode =
  | "unknown_execution"
  | "ended_execution"
  | "compensating_execution"
  | "unknown_event"
  | "invalid_payload"
  | "unknown_input"
  | "invalid_answer"
  | "payload_too_large"
  | "already_answered"
  | "not_waiting"
  | "not_failed"
  | "no_failure_point"
  | "called_execution"
  | "drain_timeout"
  | "unknown_module"
  | "unknown_function"
  | "invalid_cron"
  | "invalid_timezone"
  | "schedule_exists"
  | "unknown_schedule"
  | "unknown_workflow"
  | "workflow_conflict"
  | "id_taken"
  | "invalid_input"
  | "result_timeout"
  | "execution_failed"
  | "closed";

/** A request that cannot be done, in words for whoever made it. */
export class DurableError extends Error {
  override readonly name: string = "DurableError";

  constructor(
    readonly code: DurableErrorCode,
    message: string,
    /** What to do about it. */
    readonly help: string,
  ) {
    super(message);
  }
}

/** The awaited execution ended in another way than completed. */
export class ExecutionFailedError extends DurableError {
  override readonly name = "ExecutionFailedError";

  constructor(
    readonly executionId: string,
    readonly status: ExecutionStatus,
    readonly error: ExecutionError,
  ) {
    super(
      "execution_failed",
      `The execution ${executionId} ended ${status}: ${error.message}`,
      "Look at its steps: `durable show` or `durable.history(id)`.",
    );
  }
}

/** The execution had not ended when the time was over; it goes on. */
export class ResultTimeoutError extends DurableError {
  override readonly name = "ResultTimeoutError";

  constructor(
    readonly executionId: string,
    readonly status: ExecutionStatus,
    timeoutMs: number,
  ) {
    super(
      "result_timeout",
      `The execution ${executionId} was still ${status} after ${timeoutMs} ms.`,
      "It goes on: wait longer, or make sure that a worker runs its queue.",
    );
  }
}

/** The input does not fit what the workflow declares. */
export class InvalidInputError extends DurableError {
  override readonly name = "InvalidInputError";

  constructor(
    workflow: string,
    readonly issues: readonly InputIssue[],
  ) {
    const message = `The input does not fit ${workflow}: ${issuesText(issues)}.`;
    super("invalid_input", message, "Compare it with the workflow's input type.");
  }
}
