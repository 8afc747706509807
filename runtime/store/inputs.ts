/** Waits for people, and what outsiders can do to a wait: types and operations of the store. */
import type { Data, Dynamic } from "../json.ts";

export type InputType = "approval" | "single_choice" | "multi_choice" | "free_text" | "form";

/** A request for an input that a transition opens; `name` is that of its wait. */
export interface OpenedInput {
  readonly name: string;
  readonly type: InputType;
  readonly prompt: string | null;
  readonly fields: readonly Data[] | null;
  readonly choices: readonly Dynamic[] | null;
  readonly metadata: Data | null;
  readonly onTimeout: "resume" | "fail";
  /** ISO 8601, as in the wait; null for no timeout. */
  readonly until: string | null;
}

/** An open request: nobody has answered it, and its execution waits for it. */
export interface OpenInput extends OpenedInput {
  /** The workflow's own id: what an answer names. */
  readonly executionId: string;
  readonly module: string;
  readonly workflow: string;
  readonly state: string | null;
  readonly openedAt: string;
}

export interface InputFilter {
  readonly executionId?: string;
  readonly name?: string;
  /** Only those that time out before this time. */
  readonly timeoutBefore?: string;
  readonly limit: number;
}

export interface InputAnswer {
  readonly executionId: string;
  readonly name: string;
  /** Checked against the request by the caller. */
  readonly response: Dynamic;
}

export type AnswerResult =
  | "answered"
  /** Somebody else's answer to the latest request of this name was first. */
  | "already_answered"
  /** It does not wait for an input of this name: not yet, not any more, or timed out. */
  | "not_found"
  | "unknown_execution"
  | "ended_execution";

/** An execution that waits for events. */
export interface EventWait {
  /** The workflow's own id: what `sendEvents` takes. */
  readonly executionId: string;
  readonly module: string;
  readonly workflow: string;
  readonly state: string | null;
  readonly names: readonly string[];
  readonly mode: "one" | "any" | "all";
  readonly until: string | null;
}

export interface WaitFilter {
  readonly executionId?: string;
  readonly name?: string;
  readonly limit: number;
}

export interface WaitOperations {
  /** Answers open requests: of several answers to one, the first wins. Wakes who waits. */
  provideInputs(answers: readonly InputAnswer[]): Promise<readonly AnswerResult[]>;
  /** Those that time out first come first. */
  listInputs(filter: InputFilter): Promise<readonly OpenInput[]>;
  /** Those that time out first come first. */
  listWaits(filter: WaitFilter): Promise<readonly EventWait[]>;
  /**
   * Ends what the workflow waits for now (its queued branches' waits too): each comes to its worker as
   * `Arrived.cancelled`. A called child goes on, events stay in the mailbox, an open input is closed.
   */
  cancelWait(
    id: string,
    reason: string,
  ): Promise<"cancelled" | "not_waiting" | "unknown_execution" | "ended_execution">;
}
