/** Every failure in one shape, whatever it was made of. */
import type { Data, Dynamic } from "../json.ts";
import { inspect } from "../prelude/core/inspect.ts";
import { rescued } from "../prelude/errors.ts";
import type { ExecutionError } from "../store/store.ts";
import { storableText } from "./persistable.ts";

/** A failure of the runtime's own making. */
export function failure(type: string, message: string, details: Data = {}): ExecutionError {
  return { ...details, type, message };
}

/** From `{:error, reason}`: a map is kept and completed, anything else becomes the message. */
export function failureOfReason(reason: Dynamic): ExecutionError {
  if (!isMap(reason)) return failure("error", text(reason));
  const type = typeof reason.type === "string" ? reason.type : "error";
  const message = typeof reason.message === "string" ? reason.message : text(reason);
  return { ...reason, type, message };
}

/** From something thrown by a body: raised in the language, or by foreign code. */
export function failureOfThrown(thrown: unknown): ExecutionError {
  const { type, message } = rescued(thrown);
  return failure(type, storableText(message));
}

/** True for what the language calls a map. */
export function isMap(value: unknown): value is Data {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function text(value: Dynamic): string {
  return typeof value === "string" ? value : inspect(value);
}
