/** A worker's moving parts. */
import { followingClock } from "../clock.ts";
import { newId } from "../ids.ts";
import type { Registry } from "../registry.ts";
import type { Settings } from "../settings.ts";
import type { Claim, Store } from "../store/store.ts";
import { type Bell, bell } from "./bell.ts";
import { committer } from "./committer.ts";
import type { Crew, Mate } from "./crew.ts";
import type { Beside } from "./lease.ts";
import { patiently } from "./patiently.ts";
import { type Slots, slotsOf } from "./slots.ts";
import type { Surroundings } from "./surroundings.ts";
import type { WorkerOptions } from "./worker.ts";

export interface State {
  readonly store: Store;
  readonly options: Required<Omit<WorkerOptions, "queues">>;
  readonly queues: readonly string[];
  readonly slots: Slots;
  readonly bell: Bell;
  readonly around: Surroundings;
  readonly running: Set<Promise<void>>;
  readonly crew: Crew;
  readonly mate: Mate;
  /** Nothing more is claimed. */
  stopping: boolean;
  /** Nothing more is sent. */
  stopped: boolean;
  /** By the monotonic clock, in milliseconds. */
  housekeptAt: number;
  /** The same, of what nobody has code for. */
  markedAt: number;
  /** What was due on the queues by then has been claimed, as far as it can be. */
  lookedAt: string;
  /** Descendants of something cancelled may be left. */
  cascading: boolean;
  /** As of the last renewal of the lease. */
  beside: Beside;
}

/** The statements in flight that carry transitions: two keep the server busy while a batch gathers. */
const COMMIT_LANES = 2;
const COMMIT_BATCH = 100;
const DEFAULTS = { leaseMs: 30_000, pollMs: 1_000, maxCrashes: 10, skipTime: false, onError: printError };

/** `take` runs an execution whose slot is taken. */
export function stateOf(
  store: Store,
  registry: Registry,
  { queues = { default: { concurrency: 10 } }, ...options }: WorkerOptions,
  crew: Crew,
  settings: Settings,
  take: (state: State, claim: Claim) => void,
): State {
  const slots = slotsOf(queues);
  const ring = bell();
  const running = new Set<Promise<void>>();
  const state: State = {
    store,
    options: { ...DEFAULTS, ...options },
    queues: Object.keys(queues),
    slots,
    bell: ring,
    running,
    crew,
    mate: {
      queues: Object.keys(queues),
      rests: () => running.size === 0 && ring.quiet(),
      wake: ring.ring,
      lookedAt: () => state.lookedAt,
    },
    stopping: false,
    stopped: false,
    housekeptAt: Number.NEGATIVE_INFINITY,
    markedAt: Number.NEGATIVE_INFINITY,
    lookedAt: new Date(0).toISOString(),
    cascading: false,
    beside: new Map(),
    around: {
      ...patientStore(store, settings, (work) => patiently(work, state.options.onError, () => state.stopped)),
      worker: newId(),
      registry,
      settings,
      clock: followingClock(),
      maxCrashes: options.maxCrashes ?? DEFAULTS.maxCrashes,
      chance: Math.random,
      onError: options.onError ?? DEFAULTS.onError,
      stopping: () => state.stopping,
      inHand: new Map(),
      reserve: (queue) => !state.stopping && slots.reserve(queue),
      handOver: (queue, claim) => (claim === null ? slots.release(queue) : take(state, claim)),
      cascade: () => {
        state.cascading = true;
        ring.ring();
      },
    },
  };
  return state;
}

function patientStore(
  store: Store,
  { telemetry }: Settings,
  untilAnswered: <T>(work: () => Promise<T>) => Promise<T>,
): Pick<Surroundings, "committer" | "store"> {
  return {
    store: {
      adopt: (...them) => untilAnswered(() => store.adopt(...them)),
      cancel: (...them) => untilAnswered(() => store.cancel(...them)),
      cancelBranches: (...them) => untilAnswered(() => store.cancelBranches(...them)),
      completedSteps: (...them) => untilAnswered(() => store.completedSteps(...them)),
      get: (...them) => untilAnswered(() => store.get(...them)),
    },
    committer: committer({
      send: (transitions) => {
        telemetry.committed(transitions.length);
        return untilAnswered(() => store.commit(transitions));
      },
      lanes: COMMIT_LANES,
      batch: COMMIT_BATCH,
    }),
  };
}

/** One line on stderr. */
export function printError(error: unknown): void {
  console.error(`durable: ${error instanceof Error ? error.message : String(error)}`);
}
