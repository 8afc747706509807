/** Reads what a body returned in the language's terms. */
import type { Data } from "../json.ts";
import { Suspension } from "../machine.ts";
import { inspect } from "../prelude/core/inspect.ts";
import type { ExecutionError } from "../store/store.ts";
import { failure, failureOfReason, isMap } from "./failure.ts";
import { storableText, unpersistable } from "./persistable.ts";

export type Outcome =
  | { readonly is: "ok"; readonly value: Data }
  | { readonly is: "goto"; readonly step: string; readonly value: Data }
  | Failure
  | { readonly is: "suspended"; readonly by: Suspension };

/** `retry` is false when no further attempt can mend it. */
export interface Failure {
  readonly is: "error";
  readonly error: ExecutionError;
  readonly retry: boolean;
}

/** A failure that another attempt may mend. */
export function raised(error: ExecutionError): Failure {
  return { is: "error", error, retry: true };
}

/** A failure that no further attempt can mend. */
export function hopeless(error: ExecutionError): Failure {
  return { is: "error", error, retry: false };
}

/** `"ok"`, `["ok", map]`, `["error", reason]`, `["goto", step, map]` or a suspension; anything else is an invalid return. */
export function outcomeOf(returned: unknown): Outcome {
  if (returned instanceof Suspension) return { is: "suspended", by: returned };
  const outcome = returned === "ok" ? ({ is: "ok", value: {} } as const) : taggedOutcome(returned);
  if (outcome === null) return hopeless(invalidReturn(returned));
  const problem = unpersistable(outcome.is === "error" ? outcome.error : outcome.value, "the returned value");
  return problem === null ? outcome : hopeless(notSerializable(problem));
}

/** For a value that cannot be stored as JSON. */
export function notSerializable(problem: string): ExecutionError {
  return failure("not_serializable", `Only JSON can be stored, but ${problem}.`);
}

function taggedOutcome(returned: unknown): Exclude<Outcome, { is: "suspended" }> | null {
  if (!Array.isArray(returned)) return null;
  const [tag, first, second] = returned as readonly unknown[];
  if (tag === "ok" && returned.length === 2 && isMap(first)) return { is: "ok", value: first };
  if (tag === "error" && returned.length === 2) return { is: "error", error: failureOfReason(first), retry: true };
  if (tag === "goto" && returned.length === 3 && typeof first === "string" && isMap(second)) {
    return { is: "goto", step: first, value: second };
  }
  return null;
}

function invalidReturn(returned: unknown): ExecutionError {
  return failure(
    "invalid_step_return",
    `A step has to return {:ok, map}, {:error, reason} or {:goto, :step, map}, but this one returned ${storableText(inspect(returned))}.`,
  );
}
