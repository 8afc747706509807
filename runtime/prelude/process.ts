/** `Process`, exported as `Processes`. */

import type { Dynamic } from "../json.ts";
import { argumentError } from "./errors.ts";

/** Waits in the worker, which is held meanwhile; the `sleep` of `Durable.Wait` is not. */
export function sleep(ms: Dynamic): Promise<"ok"> {
  if (!Number.isInteger(ms) || ms < 0) throw argumentError("a time to sleep is a whole number of milliseconds");
  return new Promise((resolve) => setTimeout(() => resolve("ok"), ms));
}
