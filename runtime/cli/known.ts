/** Tells an execution that has nothing to show from one that does not exist. */

import type { Durable } from "../client/durable.ts";
import { unknownExecution } from "../client/existing.ts";

/** Throws `unknown_execution`. */
export async function known(durable: Durable, id: string): Promise<void> {
  if ((await durable.get(id)) === null) throw unknownExecution(id);
}
