/**
 * Follows an execution to its end: looks at it again and again, hands over the events it waits for, and decides when
 * nothing more can happen. Virtual time may jump only when a look has shown that no event at hand is awaited.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Durable, Worker } from "@durablec/runtime";
import type { Display } from "./display.ts";
import type { Send } from "./json-argument.ts";
import { canGoOn, deliveriesFor, isSettled } from "./outlook.ts";
import { type ExecutionTree, membersOf, readTree } from "./tree.ts";

export interface FollowOptions {
  readonly id: string;
  readonly sends: readonly Send[];
  readonly skipTime: boolean;
  /** False where others may send what is waited for. */
  readonly alone: boolean;
  readonly timeoutMs: number;
  readonly display: Display;
}

export interface Followed {
  readonly tree: ExecutionTree;
  /** Events that nobody waited for. */
  readonly unsent: readonly Send[];
}

const LOOK_MS = 40;
const CONCURRENCY = 10;

/** Runs a worker until the execution is settled, the time is over, or the user interrupts. */
export async function follow(durable: Durable, options: FollowOptions): Promise<Followed> {
  const until = performance.now() + options.timeoutMs;
  const crew = createCrew(durable, options);
  const interrupted = interruption();
  let sends = options.sends;
  for (;;) {
    crew.beginLook();
    const tree = await readTree(durable, options.id);
    options.display.update(tree);
    await crew.serve(queuesOf(tree));
    const deliveries = deliveriesFor(tree, sends);
    for (const { executionId, send } of deliveries) await durable.sendEvent(executionId, send.name, send.payload);
    sends = sends.filter((send) => !deliveries.some((delivery) => delivery.send === send));
    const stuck = options.alone && deliveries.length === 0 && !canGoOn(tree, sends);
    if (isSettled(tree, sends) || stuck || performance.now() >= until || interrupted()) {
      return { tree, unsent: sends };
    }
    crew.endLook(deliveries.length === 0);
    await sleep(LOOK_MS);
  }
}

interface Crew {
  /** Starts a worker for every queue that has none. */
  readonly serve: (queues: Iterable<string>) => Promise<void>;
  readonly beginLook: () => void;
  readonly endLook: (nothingSent: boolean) => void;
}

/** One worker for each queue that turns out to be used, and the say over virtual time. */
function createCrew(durable: Durable, { skipTime, sends }: FollowOptions): Crew {
  const workers = new Map<string, Worker>();
  let asked = false;
  let askedBeforeLook = false;
  let allowed = false;
  const maySkip = () => {
    if (sends.length === 0) return true;
    const answer = allowed;
    asked = !answer;
    allowed = false;
    return answer;
  };
  return {
    serve: async (queues) => {
      for (const queue of queues) {
        if (workers.has(queue)) continue;
        const options = { queues: { [queue]: { concurrency: CONCURRENCY } }, pollMs: LOOK_MS };
        workers.set(queue, await durable.work(skipTime ? { ...options, skipTime: maySkip } : options));
      }
    },
    beginLook: () => {
      askedBeforeLook = asked;
    },
    endLook: (nothingSent) => {
      allowed = askedBeforeLook && nothingSent;
    },
  };
}

function queuesOf(tree: ExecutionTree): Set<string> {
  return new Set(membersOf(tree).map(({ execution }) => execution.queue));
}

/** True once the user has pressed Ctrl-C; a second one ends the process as usual. */
function interruption(): () => boolean {
  let pressed = false;
  process.once("SIGINT", () => {
    pressed = true;
  });
  return () => pressed;
}
