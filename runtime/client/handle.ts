/** A handle on one execution: to wait for its result, typed by its machine, or to act on it. */
import { ExecutionFailedError, ResultTimeoutError } from "../errors.ts";
import { failure } from "../interpreter/failure.ts";
import { ended } from "../status.ts";
import type { Execution, Store } from "../store/store.ts";
import type { Endings } from "./endings.ts";
import { existing } from "./existing.ts";

export interface ResultOptions {
  /** Default: as long as it takes. */
  readonly timeoutMs?: number;
}

export interface Handle<Output> {
  readonly id: string;
  /**
   * The result once it has completed. Throws `ExecutionFailedError` when it ended in another way and
   * `ResultTimeoutError` when it has not ended in time.
   */
  result(options?: ResultOptions): Promise<Output>;
}

/** When to look if no notification comes: soon at first, then ever more rarely, for there may be thousands who wait. */
const FIRST_LOOK_MS = 500;
const LAST_LOOK_MS = 10_000;

export function handleOf<Output>(store: Store, endings: Endings, id: string): Handle<Output> {
  return { id, result: async (options = {}) => outputOf(await endedExecution(store, endings, id, options)) };
}

/** Waits for the end of an execution, whatever it is. */
export async function endedExecution(
  store: Store,
  endings: Endings,
  id: string,
  { timeoutMs = Number.POSITIVE_INFINITY }: ResultOptions,
): Promise<Execution> {
  const until = performance.now() + timeoutMs;
  const watch = await endings.watch(id);
  try {
    for (let look = FIRST_LOOK_MS; ; look = Math.min(look * 2, LAST_LOOK_MS)) {
      const execution = await existing(store, id);
      const left = until - performance.now();
      if (ended(execution.status)) return execution;
      if (left <= 0) throw new ResultTimeoutError(id, execution.status, timeoutMs);
      await watch.bell.heard(Math.min(left, look));
    }
  } finally {
    watch.close();
  }
}

function outputOf<Output>({ id, status, result, error }: Execution): Output {
  if (status === "completed") return result as Output;
  throw new ExecutionFailedError(id, status, error ?? failure(status, "no reason was recorded"));
}
