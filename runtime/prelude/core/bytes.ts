/**
 * Bytes that are no text, as hashes and random bytes are: opaque values that `Base` turns into text. They have no JSON
 * form, so they do not live across a wait.
 */

import type { Dynamic } from "../../json.ts";
import { functionClauseError } from "../errors.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes of a text in UTF-8, or bytes as they are. */
export function bytesOf(value: Dynamic, where: string): Uint8Array {
  if (typeof value === "string") return encoder.encode(value);
  if (value instanceof Uint8Array) return value;
  throw functionClauseError(where);
}

/** Text where the bytes are valid UTF-8, else the bytes themselves. */
export function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return decoder.decode(bytes);
  } catch {
    return bytes;
  }
}
