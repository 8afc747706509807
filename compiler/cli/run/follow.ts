/**
 * Follows an execution to its end: looks at it again and again, hands over the events it waits for, and decides when
 * nothing more can happen.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Durable } from "@durablec/runtime";
import { type Crew, createCrew } from "./crew.ts";
import type { Display } from "./display.ts";
import type { Send } from "./json-argument.ts";
import { canGoOn, deliveriesFor, isAtRest, isSettled } from "./outlook.ts";
import { type ExecutionTree, executionsOf, readTree } from "./tree.ts";

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
/** Runs workers until the execution is settled, the time is over, or the user interrupts. */
export async function follow(durable: Durable, options: FollowOptions): Promise<Followed> {
  const crew = createCrew(durable, options);
  const isOver = createLimit(options.timeoutMs);
  try {
    return await watch(durable, crew, isOver, options);
  } finally {
    await crew.dismiss();
  }
}

async function watch(durable: Durable, crew: Crew, isOver: () => boolean, options: FollowOptions): Promise<Followed> {
  let sends = options.sends;
  for (;;) {
    crew.beginLook();
    const tree = await readTree(durable, options.id);
    options.display.update(tree);
    await crew.serve(queuesOf(tree));
    const deliveries = deliveriesFor(tree, sends);
    for (const { executionId, send } of deliveries) await durable.sendEvent(executionId, send.name, send.payload);
    sends = sends.filter((send) => !deliveries.some((delivery) => delivery.send === send));
    const isStuck = options.alone && deliveries.length === 0 && !canGoOn(tree, sends);
    if (isSettled(tree, sends) || isStuck || isOver()) return { tree, unsent: sends };
    crew.endLook(deliveries.length === 0 && isAtRest(tree));
    await sleep(LOOK_MS);
  }
}

function queuesOf(tree: ExecutionTree): Set<string> {
  return new Set(executionsOf(tree).map(({ queue }) => queue));
}

/** True once the time is over or the user has pressed Ctrl-C; a second one ends the process as usual. */
function createLimit(timeoutMs: number): () => boolean {
  const until = performance.now() + timeoutMs;
  let isInterrupted = false;
  process.once("SIGINT", () => {
    isInterrupted = true;
  });
  return () => isInterrupted || performance.now() >= until;
}
