import type { Dynamic } from "../../json.ts";
import { argumentError, badBooleanError } from "../errors.ts";

/** Everything but nil and false. */
export function truthy(value: Dynamic): boolean {
  return value !== false && value !== null && value !== undefined;
}

/** `left && right`: one of its sides. */
export function both(left: Dynamic, right: () => Dynamic): Dynamic {
  return truthy(left) ? right() : left;
}

/** `left || right`: one of its sides. */
export function either(left: Dynamic, right: () => Dynamic): Dynamic {
  return truthy(left) ? left : right();
}

/** The left side of `and` and `or`, which must be a boolean; the right side may be anything. */
export function requireBoolean(value: Dynamic, operator: "and" | "or"): boolean {
  if (typeof value === "boolean") return value;
  throw badBooleanError(operator, value);
}

/** `not value`, of a boolean. */
export function not(value: Dynamic): boolean {
  if (typeof value === "boolean") return !value;
  throw argumentError();
}
