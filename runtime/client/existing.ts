/** Finds an execution or says that there is none. */
import { DurableError } from "../errors.ts";
import type { Execution, Store } from "../store/store.ts";

/** Throws `unknown_execution`. */
export async function existing(store: Pick<Store, "get">, id: string): Promise<Execution> {
  const execution = await store.get(id);
  if (execution === null) throw unknownExecution(id);
  return execution;
}

export function unknownExecution(id: string): DurableError {
  return new DurableError(
    "unknown_execution",
    `There is no execution ${id}.`,
    "Look at `durable list` for those there are.",
  );
}

export function endedAlready(id: string): DurableError {
  return new DurableError(
    "ended_execution",
    `The execution ${id} has already ended.`,
    "Nothing more can happen to it.",
  );
}
