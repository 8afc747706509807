/**
 * A worker: claims what is due on its queues as far as it has room, runs it, and keeps its lease. It holds nothing that
 * the database does not know: killed at any moment, another carries on from the last record.
 */
import { hostname } from "node:os";
import { followingClock } from "../clock.ts";
import { newId } from "../ids.ts";
import type { Registry } from "../registry.ts";
import type { Claim, Store } from "../store/store.ts";
import { testpoint } from "../testpoint.ts";
import { type Bell, bell } from "./bell.ts";
import { committer } from "./committer.ts";
import { execute } from "./execute.ts";
import { type OnError, patiently } from "./patiently.ts";
import { type Slots, slotsOf } from "./slots.ts";
import type { Surroundings } from "./surroundings.ts";

export interface WorkerOptions {
  /** Which queues to serve, and how many executions of each at once; default `default` with 10. */
  readonly queues?: { readonly [name: string]: { readonly concurrency: number } };
  /** How long others wait before they take over from a worker that does not renew; default 30 000. */
  readonly leaseMs?: number;
  /** How often to look when nothing notifies; default 1000. */
  readonly pollMs?: number;
  /** How many lost workers in a row make a step fail; default 10. */
  readonly maxCrashes?: number;
  /** Virtual time: when nothing can run, the clock moves to the next timer. A function can hold it back. */
  readonly skipTime?: boolean | (() => boolean);
  /** Told of failures that the worker gets over, such as an unreachable database; default: one line on stderr. */
  readonly onError?: OnError;
}

export interface StopOptions {
  /** How long running executions may go on before they are given back; default 10 000. */
  readonly withinMs?: number;
}

export interface Worker {
  readonly id: string;
  /** Claims nothing more, lets what runs come to a checkpoint or its end, and gives back the rest. */
  stop(options?: StopOptions): Promise<void>;
}

/** The statements in flight that carry transitions: two keep the server busy while a batch gathers. */
const COMMIT_LANES = 2;
const COMMIT_BATCH = 100;
const DEFAULTS = { leaseMs: 30_000, pollMs: 1_000, maxCrashes: 10, withinMs: 10_000 };

/** A worker's moving parts. */
interface State {
  readonly store: Store;
  readonly options: Required<Omit<WorkerOptions, "queues">>;
  readonly registry: Registry;
  readonly queues: readonly string[];
  readonly slots: Slots;
  readonly bell: Bell;
  readonly around: Surroundings;
  readonly running: Set<Promise<void>>;
  stopping: boolean;
  stopped: boolean;
  /** By the monotonic clock, in milliseconds. */
  housekeptAt: number;
  /** Descendants of something cancelled may be left. */
  cascading: boolean;
}

/** Registers a worker and sets it going. */
export async function startWorker(store: Store, registry: Registry, options: WorkerOptions = {}): Promise<Worker> {
  const state = stateOf(store, registry, options);
  await register(state);
  const unlisten = await store.listen(({ queue, ended }) => {
    if (queue === undefined || state.queues.includes(queue)) state.bell.ring();
    if (ended !== undefined) state.around.inHand.get(ended)?.();
  });
  const lease = setInterval(() => void keepLease(state), state.options.leaseMs / 3);
  const loop = claimLoop(state);
  return {
    id: state.around.worker,
    stop: async ({ withinMs = DEFAULTS.withinMs } = {}) => {
      state.stopping = true;
      state.bell.ring();
      await loop;
      await finished(state, withinMs);
      state.stopped = true;
      clearInterval(lease);
      giveUpAll(state);
      await unlisten();
      testpoint("before-release");
      await store.retireWorker(state.around.worker);
    },
  };
}

function stateOf(store: Store, registry: Registry, given: WorkerOptions): State {
  const { queues = { default: { concurrency: 10 } }, ...rest } = given;
  const options = { ...DEFAULTS, skipTime: false, onError: printError, ...rest };
  const slots = slotsOf(queues);
  const ring = bell();
  const state: State = {
    store,
    options,
    registry,
    queues: Object.keys(queues),
    slots,
    bell: ring,
    running: new Set(),
    stopping: false,
    stopped: false,
    cascading: false,
    housekeptAt: Number.NEGATIVE_INFINITY,
    around: {
      worker: newId(),
      store: {
        adopt: (...them) => untilAnswered(state, () => store.adopt(...them)),
        cancel: (...them) => untilAnswered(state, () => store.cancel(...them)),
        get: (...them) => untilAnswered(state, () => store.get(...them)),
      },
      committer: committer({
        send: (transitions) => untilAnswered(state, () => store.commit(transitions)),
        lanes: COMMIT_LANES,
        batch: COMMIT_BATCH,
      }),
      registry,
      clock: followingClock(),
      maxCrashes: options.maxCrashes,
      chance: Math.random,
      onError: options.onError,
      inHand: new Map(),
      reserve: (queue) => !state.stopping && slots.reserve(queue),
      handOver: (queue, claim) => (claim === null ? slots.release(queue) : take(state, claim)),
      cascade: () => {
        state.cascading = true;
        ring.ring();
      },
      rested: () => ring.ring(),
    },
  };
  return state;
}

function untilAnswered<T>(state: State, work: () => Promise<T>): Promise<T> {
  return patiently(work, state.options.onError, () => state.stopped);
}

async function claimLoop(state: State): Promise<void> {
  while (!state.stopping) {
    try {
      await housekeep(state);
      const claims = await claim(state);
      if (claims === 0) await idle(state);
    } catch (error) {
      state.options.onError(error);
      await state.bell.heard(state.options.pollMs);
    }
  }
}

/** Takes what is due as far as there is room; how many. */
async function claim(state: State): Promise<number> {
  const { store, slots, around } = state;
  const queues = slots.free();
  if (queues.length === 0) return 0;
  const claims = await store.claim({ worker: around.worker, queues });
  if (claims.length > 0) testpoint("after-claim");
  for (const one of claims) {
    slots.reserve(one.execution.queue);
    around.clock.observe(one.now);
    take(state, one);
  }
  return claims.length;
}

/** Runs a claimed execution, whose slot is taken. */
function take(state: State, one: Claim): void {
  const work = execute(state.around, one)
    .then(() => {}, state.options.onError)
    .finally(() => {
      state.slots.release(one.execution.queue);
      state.running.delete(work);
      state.bell.ring();
    });
  state.running.add(work);
}

/** Waits for a notification, a slot, the next timer, or the time to look anyway. */
async function idle(state: State): Promise<void> {
  const { store, queues, bell: ring, options, around } = state;
  if (state.stopping || state.cascading) return;
  const next = await store.nextWake(queues);
  if (next !== null && next.inMs > 0 && maySkip(state)) {
    await store.advanceClock(next.at);
    around.clock.observe(await store.now());
    return;
  }
  await ring.heard(Math.min(options.pollMs, next?.inMs ?? options.pollMs));
}

function maySkip({ running, options: { skipTime } }: State): boolean {
  return running.size === 0 && (typeof skipTime === "function" ? skipTime() : skipTime);
}

/** What any worker does for all, now and then: takes back from the dead, and finishes cancels. */
async function housekeep(state: State): Promise<void> {
  const isTime = performance.now() - state.housekeptAt >= state.options.pollMs;
  if (isTime) {
    state.housekeptAt = performance.now();
    await state.store.recoverExpired();
  }
  if (!isTime && !state.cascading) return;
  state.cascading = false;
  while (await state.store.cascade());
}

/** A worker whose lease is lost holds nothing any more; it begins anew under the same name. */
async function keepLease(state: State): Promise<void> {
  try {
    if (await state.store.renewLease(state.around.worker, state.options.leaseMs)) return;
    giveUpAll(state);
    await register(state);
  } catch (error) {
    state.options.onError(error);
  }
}

async function register({ store, registry, queues, options, around }: State): Promise<void> {
  const { leaseMs } = options;
  const { resumeKeys } = registry;
  await store.registerWorker({
    worker: around.worker,
    host: hostname(),
    pid: process.pid,
    leaseMs,
    queues,
    resumeKeys,
  });
  around.clock.observe(await store.now());
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

function printError(error: unknown): void {
  console.error(`durable: ${error instanceof Error ? error.message : String(error)}`);
}
