/** Starts that are made at the same time share a statement. */
import { grouping } from "../grouping.ts";
import { StoreError } from "../store/errors.ts";
import type { NewExecution, Store } from "../store/store.ts";

/** False when the id exists already. */
export type Start = (execution: NewExecution) => Promise<boolean>;

const LANES = 2;
const BATCH = 100;

export function startingIn(store: Pick<Store, "start">): Start {
  const send = (executions: readonly NewExecution[]) => startEach(store, executions);
  const start = grouping({ send, lanes: LANES, batch: BATCH });
  return async (execution) => {
    const answer = await start(execution);
    if ("error" in answer) throw answer.error;
    return answer.created;
  };
}

type Answer = { readonly created: boolean } | { readonly error: unknown };

/** One whose data the database refuses does not keep the others from being started. */
async function startEach(store: Pick<Store, "start">, executions: readonly NewExecution[]): Promise<readonly Answer[]> {
  try {
    return await store.start(executions);
  } catch (error) {
    const isRefused = error instanceof StoreError && error.code === "data_refused";
    if (!isRefused || executions.length === 1) return executions.map(() => ({ error }));
    const alone = await Promise.all(executions.map((execution) => startEach(store, [execution])));
    return alone.flat();
  }
}
