/** How large a value may be that the database is to hold: an input, an event's payload, an answer, the data of a step. */
import { DurableError } from "./errors.ts";
import { failure } from "./interpreter/failure.ts";
import type { Dynamic } from "./json.ts";
import type { ExecutionError } from "./store/store.ts";

/** Of JSON text. */
export const DEFAULT_MAX_PAYLOAD_BYTES = 4 * 1024 * 1024;

const CODE = "payload_too_large";

/** Why `value` cannot be stored, in words that begin with its name; null when it can. It has to be JSON. */
export function oversize(value: Dynamic, name: string, maxBytes: number): string | null {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return bytes <= maxBytes ? null : `${name} takes ${bytes} bytes as JSON, more than the limit of ${maxBytes}`;
}

/** The same as the failure of a step. */
export function oversizeFailure(value: Dynamic, name: string, maxBytes: number): ExecutionError | null {
  const problem = oversize(value, name, maxBytes);
  return problem === null ? null : failure(CODE, `${capitalized(problem)}.`);
}

/** For what a client hands over. Throws `payload_too_large`. */
export function refuseOversize(value: Dynamic, name: string, maxBytes: number): void {
  const problem = oversize(value, name, maxBytes);
  if (problem === null) return;
  throw new DurableError(
    CODE,
    `${capitalized(problem)}.`,
    "Keep what is large elsewhere and hand over where it is; or raise `maxPayloadBytes`.",
  );
}

function capitalized(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
