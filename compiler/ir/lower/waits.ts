/** The calls that suspend and what they become: a method of `Io`, its arguments, and the names of its options. */
import type { Operation } from "../machine.ts";

export interface WaitForm {
  readonly method: Operation["method"];
  /** How many positional arguments come before the options; `call_workflow`'s module is not counted. */
  readonly positional: number;
  /** Set by the form of the call itself. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Word in the state id. */
  readonly word: string;
  /** What the local that receives the value is called when the source does not say. */
  readonly receives: string;
}

const event = { positional: 1, fixed: {}, word: "event", receives: "payload" } as const;
const input = (type: string) =>
  ({ method: "waitForInput", positional: 1, fixed: { type }, word: "input", receives: "response" }) as const;

export const waitForms: Readonly<Record<string, WaitForm>> = {
  call_workflow: { method: "callWorkflow", positional: 1, fixed: {}, word: "call", receives: "outcome" },
  sleep: { method: "sleep", positional: 1, fixed: {}, word: "sleep", receives: "slept" },
  schedule_at: { method: "scheduleAt", positional: 1, fixed: {}, word: "sleep", receives: "slept" },
  wait_for_event: { method: "waitForEvent", ...event },
  wait_for_any: { method: "waitForAny", ...event },
  wait_for_all: { method: "waitForAll", ...event },
  wait_for_input: input("free_text"),
  wait_for_approval: input("approval"),
  wait_for_choice: input("single_choice"),
  wait_for_text: input("free_text"),
  wait_for_form: input("form"),
};

/** The language's option names, as `Io` spells them. */
export const optionNames: Readonly<Record<string, string>> = {
  ref: "ref",
  queue: "queue",
  priority: "priority",
  timeout: "timeoutMs",
  timeout_value: "timeoutValue",
  on_timeout: "onTimeout",
  type: "type",
  prompt: "prompt",
  fields: "fields",
  choices: "choices",
  metadata: "metadata",
};
