/** `Durable`'s units of time, in milliseconds. */

import type { Dynamic } from "../json.ts";
import { multiply } from "./core/arithmetic.ts";

/** `n` seconds. */
export function seconds(n: Dynamic): number {
  return multiply(n, 1000);
}

/** `n` minutes. */
export function minutes(n: Dynamic): number {
  return multiply(n, 60_000);
}

/** `n` hours. */
export function hours(n: Dynamic): number {
  return multiply(n, 3_600_000);
}

/** `n` days of 24 hours. */
export function days(n: Dynamic): number {
  return multiply(n, 86_400_000);
}
