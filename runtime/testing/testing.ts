/**
 * For tests of workflows, an entry point of its own: an embedded database, virtual time that moves only when told to or
 * when nothing else can happen, and a worker for all queues.
 */

import { createDurable, type Durable, type DurableOptions } from "../client/durable.ts";
import type { ResultOptions } from "../client/handle.ts";
import { type Fakes, withFakes } from "../fakes.ts";
import type { Machine } from "../machine.ts";
import type { Execution } from "../store/store.ts";
import { nextOfCrew, wakeAll } from "../worker/crew.ts";

export interface TestingOptions extends Pick<DurableOptions, "workflows"> {
  /** Which queues are served besides `default`; those the workflows name are. */
  readonly queues?: readonly string[];
  /**
   * Fakes in place of TypeScript modules: by the module's name in the source, functions by their names in TypeScript. A
   * module with a fake is not called at all: a function that the fake lacks is an error. What fakes return is checked
   * like what the real ones do.
   */
  readonly modules?: Fakes;
  /** When virtual time begins; default: now. */
  readonly startAt?: Date;
}

export interface TestDurable extends Durable {
  /** `durable.now()`. */
  now(): Promise<Date>;
  /** Lets so much time pass, timer by timer, and comes back when nothing more can happen at the end of it. */
  advance(ms: number): Promise<void>;
  /** Lets time pass until the execution has ended, however long it sleeps. */
  runToEnd(id: string, options?: ResultOptions): Promise<Execution>;
  /** Comes back when nothing more can happen now; no time passes. */
  settled(): Promise<void>;
}

const CONCURRENCY = 10;
const LOOK_MS = 5;

/** Close it at the end of the test. */
export async function createTestDurable(options: TestingOptions): Promise<TestDurable> {
  const { workflows = [], queues = [], modules = {}, startAt } = options;
  const durable = await createDurable({ workflows });
  const { store } = durable.parts;
  if (startAt !== undefined) await store.advanceClock(startAt.toISOString());
  const time = { passes: false };
  const served = [...new Set(["default", ...queues, ...durable.registry.machines.flatMap(queuesNamed)])];
  await withFakes(modules, () =>
    durable.work({
      queues: Object.fromEntries(served.map((name) => [name, { concurrency: CONCURRENCY }])),
      pollMs: 1_000,
      skipTime: () => time.passes,
    }),
  );
  return {
    ...durable,
    now: async () => new Date(await store.now()),
    settled: () => settled(durable),
    advance: async (ms) => {
      const until = Date.parse(await store.now()) + ms;
      await settled(durable);
      for (let next = await nextTimer(durable); next !== null && next <= until; next = await nextTimer(durable)) {
        await store.advanceClock(new Date(next).toISOString());
        await settled(durable);
      }
      await store.advanceClock(new Date(until).toISOString());
      await settled(durable);
    },
    runToEnd: async (id, options = {}) => {
      time.passes = true;
      try {
        return await durable.ended(id, options);
      } finally {
        time.passes = false;
      }
    },
  };
}

function queuesNamed({ queue, states }: Machine): readonly string[] {
  const ofSteps = Object.values(states).map((state) => ("queue" in state ? state.queue : undefined));
  return [queue, ...ofSteps].filter((name) => name !== undefined);
}

async function nextTimer({ parts: { store, crew } }: Durable): Promise<number | null> {
  const next = await nextOfCrew(store, crew);
  return next === null ? null : Date.parse(next);
}

/** Resolves when everybody has looked again and found nothing more to do. */
async function settled({ parts: { crew } }: Durable): Promise<void> {
  wakeAll(crew);
  do await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  while (![...crew].every((mate) => mate.rests()));
}
