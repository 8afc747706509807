/** A handle on one execution: to wait for its result, typed by its machine, or to act on it. */
import { ExecutionFailedError, ResultTimeoutError } from "../errors.ts";
import { failure } from "../interpreter/failure.ts";
import type { Dynamic } from "../json.ts";
import { ended } from "../status.ts";
import type { Execution, Store } from "../store/store.ts";
import type { Endings } from "./endings.ts";
import { existing } from "./existing.ts";
import type { SendEventOptions, Waits } from "./waits.ts";

export interface ResultOptions {
  /** Default: as long as it takes. */
  readonly timeoutMs?: number;
}

export interface Handle<Output, Events = Dynamic> {
  readonly id: string;
  /**
   * The result once it has completed. Throws `ExecutionFailedError` when it ended in another way and
   * `ResultTimeoutError` when it has not ended in time.
   */
  result(options?: ResultOptions): Promise<Output>;
  /** As `durable.sendEvent`, with the names and payloads that the workflow declares. */
  sendEvent<Name extends keyof Events & string>(
    name: Name,
    payload: Events[Name],
    options?: SendEventOptions,
  ): Promise<void>;
}

/** What `start` gives. */
export interface Started<Output, Events = Dynamic> extends Handle<Output, Events> {
  /** False where the id was there already: from an earlier start, or from this one if its first answer was lost. */
  readonly created: boolean;
}

/** When to look if no notification comes: soon at first, then ever more rarely, for there may be thousands who wait. */
const FIRST_LOOK_MS = 500;
const LAST_LOOK_MS = 10_000;

interface Parts {
  readonly store: Store;
  readonly endings: Endings;
  readonly sendEvent: Waits["sendEvent"];
}

export function handleOf<Output, Events>({ store, endings, sendEvent }: Parts, id: string): Handle<Output, Events> {
  return {
    id,
    result: async (options = {}) => outputOf(await endedExecution(store, endings, id, options)),
    sendEvent: (name, payload, options) => sendEvent(id, name, payload, options),
  };
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
