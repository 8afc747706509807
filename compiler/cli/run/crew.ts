/**
 * The workers of a run. Virtual time may jump only when nothing else can happen. One worker alone knows that of itself;
 * where there are events to send, or other workers, it takes a look at the executions: a worker asks, the next look finds
 * all of them at rest and nothing to send, and then the answer is yes, once.
 */
import type { Durable, Worker } from "@durablec/runtime";
import type { Send } from "./json-argument.ts";

const CONCURRENCY = 10;

/** Short, so that a run that was killed can be carried on at once; nothing here holds up the process for longer. */
const LEASE_MS = 3_000;

/** For code that is still running when there is nothing more to wait for. */
const STOP_MS = 200;

const POLL_MS = 40;

export interface CrewOptions {
  readonly skipTime: boolean;
  readonly sends: readonly Send[];
}

export interface Crew {
  /** Starts a worker for every queue that has none. */
  readonly serve: (queues: Iterable<string>) => Promise<void>;
  readonly beginLook: () => void;
  /** `atRest` when nothing runs or is due, and no event at hand is awaited. */
  readonly endLook: (atRest: boolean) => void;
  readonly dismiss: () => Promise<void>;
}

/** One worker for each queue that turns out to be used, and the say over virtual time. */
export function createCrew(durable: Durable, { skipTime, sends }: CrewOptions): Crew {
  const workers = new Map<string, Worker>();
  let asked = false;
  let askedBeforeLook = false;
  let allowed = false;
  const maySkip = () => {
    if (sends.length === 0 && workers.size === 1) return true;
    const answer = allowed;
    asked = !answer;
    allowed = false;
    return answer;
  };
  return {
    serve: async (queues) => {
      for (const queue of queues) {
        if (workers.has(queue)) continue;
        const options = { queues: { [queue]: { concurrency: CONCURRENCY } }, pollMs: POLL_MS, leaseMs: LEASE_MS };
        workers.set(queue, await durable.work(skipTime ? { ...options, skipTime: maySkip } : options));
      }
    },
    beginLook: () => {
      askedBeforeLook = asked;
    },
    endLook: (atRest) => {
      allowed = askedBeforeLook && atRest;
    },
    dismiss: async () => {
      await Promise.all([...workers.values()].map((worker) => worker.stop({ withinMs: STOP_MS })));
    },
  };
}
