import type { Dynamic } from "../../json.ts";
import { argumentError, undefinedProtocolError } from "../errors.ts";
import { inspect } from "./inspect.ts";

/** `to_string`, as interpolation does: nil is empty, numbers as JavaScript prints them; lists and maps have no text. */
export function text(value: Dynamic): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw undefinedProtocolError("String.Chars", value);
}

/** `left <> right`. */
export function joinText(left: Dynamic, right: Dynamic): string {
  return binary(left) + binary(right);
}

function binary(value: Dynamic): string {
  if (typeof value === "string") return value;
  throw argumentError(`expected binary argument in <> operator but got: ${inspect(value)}`);
}
