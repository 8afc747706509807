/** Arguments as a function of the prelude needs them; anything else is the FunctionClauseError of `where`. */

import type { Dynamic } from "../../json.ts";
import { functionClauseError } from "../errors.ts";

/** A list (or tuple). */
export function requireList(value: Dynamic, where: string): readonly Dynamic[] {
  if (Array.isArray(value)) return value;
  throw functionClauseError(where);
}

/** A text (or atom). */
export function requireText(value: Dynamic, where: string): string {
  if (typeof value === "string") return value;
  throw functionClauseError(where);
}

/** A number, whole or not. */
export function requireNumber(value: Dynamic, where: string): number {
  if (typeof value === "number") return value;
  throw functionClauseError(where);
}

/** A whole number, at least `least`. */
export function requireInteger(value: Dynamic, where: string, least = Number.NEGATIVE_INFINITY): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw functionClauseError(where);
}
