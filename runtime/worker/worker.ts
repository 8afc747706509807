/**
 * A worker: claims what is due on its queues as far as it has room, runs it, and keeps its lease. It holds nothing that
 * the database does not know: killed at any moment, another carries on from the last record.
 */
import { hostname } from "node:os";
import type { Registry } from "../registry.ts";
import { DEFAULT_SETTINGS, type Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import { testpoint } from "../testpoint.ts";
import { keepClaiming, take } from "./claiming.ts";
import type { Crew } from "./crew.ts";
import { renew } from "./lease.ts";
import type { OnError } from "./patiently.ts";
import { type State, stateOf } from "./state.ts";

export interface WorkerOptions {
  /** Which queues to serve, and how many executions of each at once; default `default` with 10. */
  readonly queues?: { readonly [name: string]: { readonly concurrency: number } };
  /** How long others wait before they take over from a worker that does not renew; default 30 000. */
  readonly leaseMs?: number;
  /** How often to look when nothing notifies; default 1000. */
  readonly pollMs?: number;
  /** How many lost workers in a row make a step fail; default 10. */
  readonly maxCrashes?: number;
  /** Virtual time, embedded database only: when nothing can run, the clock moves to the next timer. A function can hold it back. */
  readonly skipTime?: boolean | (() => boolean);
  /** Told of failures that the worker gets over, such as an unreachable database; default: one line on stderr. */
  readonly onError?: OnError;
}

export interface StopOptions {
  /** How long running code may take to its next checkpoint before it is aborted; default 10 000. */
  readonly withinMs?: number;
}

export interface Worker {
  readonly id: string;
  /** Claims nothing more, lets what runs come to its next checkpoint, and gives everything back. */
  stop(options?: StopOptions): Promise<void>;
}

const GRACE_MS = 10_000;

/** Registers a worker and sets it going; workers of one crew share virtual time. */
export async function startWorker(
  store: Store,
  registry: Registry,
  options: WorkerOptions = {},
  crew: Crew = new Set(),
  settings: Settings = DEFAULT_SETTINGS,
): Promise<Worker> {
  const state = stateOf(store, registry, options, crew, settings, take);
  await register(state);
  const unlisten = await store.listen(({ queue, ended }) => {
    if (queue !== undefined && state.queues.includes(queue)) state.bell.ring();
    if (ended !== undefined) state.around.inHand.get(ended)?.();
  });
  const lease = setInterval(() => void keepLease(state), state.options.leaseMs / 3);
  crew.add(state.mate);
  const unwatch = settings.telemetry.serving(() => store.backlogs(state.queues));
  const loop = keepClaiming(state);
  let stopped: Promise<void> | undefined;
  const stop = async ({ withinMs = GRACE_MS }: StopOptions) => {
    state.stopping = true;
    state.bell.ring();
    await loop;
    crew.delete(state.mate);
    await finished(state, withinMs);
    state.stopped = true;
    clearInterval(lease);
    unwatch();
    giveUpAll(state);
    await unlisten();
    testpoint("before-release");
    // Whoever is away now will find the lease over.
    await store.retireWorker(state.around.worker).catch(state.options.onError);
  };
  return {
    id: state.around.worker,
    stop: (how = {}) => {
      stopped ??= stop(how);
      return stopped;
    },
  };
}

async function register({ store, queues, options, around }: State): Promise<void> {
  const { worker, registry, clock } = around;
  const { resumeKeys } = registry;
  const { leaseMs } = options;
  await store.registerWorker({ worker, host: hostname(), pid: process.pid, leaseMs, queues, resumeKeys });
  clock.observe(await store.now());
}

/** A worker whose lease is lost holds nothing any more; it begins anew under the same name. */
async function keepLease(state: State): Promise<void> {
  try {
    if (await renew(state)) return;
    giveUpAll(state);
    await register(state);
  } catch (error) {
    state.options.onError(error);
  }
}

function giveUpAll({ around }: State): void {
  for (const giveUp of around.inHand.values()) giveUp();
}

/** Resolves when nothing runs any more, or the time is over. */
async function finished({ running }: State, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([Promise.all(running), over]);
  clearTimeout(timer);
}
