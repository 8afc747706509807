/** `:rand`. Chance comes from the segment's `io`, so that a test can decide it. */

import type { Io } from "../io.ts";
import type { Dynamic } from "../json.ts";
import { functionClauseError } from "./errors.ts";

/** A float in [0, 1), or a whole number from 1 to `n`. */
export function uniform(io: Io, n?: Dynamic): number {
  if (n === undefined) return io.random();
  if (!Number.isInteger(n) || n < 1) throw functionClauseError(":rand.uniform/1");
  return Math.floor(io.random() * n) + 1;
}
