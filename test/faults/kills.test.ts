import { createDurable, type Durable, type Handle, type Machine } from "@durablec/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TESTPOINTS } from "../../runtime/testpoint.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { compileOrders, expectedChildren, expectedResult, loadOrder } from "./orders.ts";
import { openWorkshop, type Workshop } from "./processes.ts";

let database: TestDatabase;
let durable: Durable;
let workshop: Workshop;
let Order: Machine;

beforeAll(async () => {
  const orders = await compileOrders();
  [Order, database, workshop] = await Promise.all([loadOrder(orders), testDatabase(), openWorkshop(orders)]);
  durable = await createDurable({ database: database.url, workflows: [Order] });
});

afterAll(async () => {
  await durable?.close();
  await workshop?.close();
  await database?.drop();
});

/** Tells of an effect, `execution segment`, whether its checkpoint is in the database now. */
async function checkpointed(): Promise<(effect: string) => boolean> {
  const steps = new Set<string>();
  const segments = new Set<string>();
  for (const execution of await durable.list({ limit: 1000 })) {
    for (const { state, status } of await durable.history(execution.id)) {
      if (status === "completed") steps.add(`${execution.logicalId} ${state}`);
    }
    const states = [execution, ...Object.values(execution.branches ?? {})].map(({ state }) => state ?? "");
    // Where a step waits or goes on, the part of it before that is recorded.
    for (const state of states.filter((one) => one.includes("@")))
      segments.add(`${execution.logicalId} ${stepOf(state)}`);
  }
  return (effect) => steps.has(stepOf(effect)) || segments.has(effect);
}

function stepOf(segment: string): string {
  return segment.split("@")[0]!;
}

/** Called after a kill: what is checkpointed now must never run again. */
async function watch(): Promise<() => void> {
  const isDone = await checkpointed();
  const length = workshop.effects().length;
  return () => {
    const again = workshop.effects().slice(length).filter(isDone);
    expect(again, "checkpointed segments that ran again").toEqual([]);
  };
}

async function expectIntact(run: Handle<unknown>, total: number): Promise<void> {
  expect(await run.result({ timeoutMs: 30_000 })).toEqual(expectedResult(total));
  const children = await durable.listChildren(run.id);
  for (const child of children) await durable.ended(child.id, { timeoutMs: 30_000 });
  const endings = (await durable.listChildren(run.id)).map(({ ref, status }) => [ref, status]);
  expect(endings).toHaveLength(Object.keys(expectedChildren).length);
  expect(Object.fromEntries(endings)).toEqual(expectedChildren);
}

describe("a worker killed at a test point", () => {
  const reached = Object.keys(TESTPOINTS).filter((name) => name !== "before-release");

  test.each(reached)(
    "%s: another ends its executions with the same result, running no checkpointed segment again",
    async (name) => {
      const total = 1000 + reached.indexOf(name);
      const run = await durable.start(Order, { total }, { id: `killed-${name}` });
      const doomed = workshop.spawn(database.url, name);
      expect(await doomed.ended, "the test point was reached").toBe("SIGKILL");
      const judge = await watch();
      const heir = workshop.spawn(database.url);
      await expectIntact(run, total);
      judge();
      await heir.end("SIGKILL");
    },
  );

  test("before-release: what it held is taken back", async () => {
    const run = await durable.start(Order, { total: 1 });
    const doomed = workshop.spawn(database.url, "before-release");
    await doomed.working;
    await doomed.end("SIGTERM");
    const judge = await watch();
    const heir = workshop.spawn(database.url);
    await expectIntact(run, 1);
    judge();
    await heir.end("SIGKILL");
  });
});

describe("workers killed at random moments", () => {
  const KILLS = Number(process.env.DURABLE_KILLS ?? "50");
  const seed = Number(process.env.DURABLE_SEED ?? Date.now() % 1_000_000);

  test(`${KILLS} times (DURABLE_SEED=${seed}): every execution ends with its result`, {
    timeout: 300_000,
  }, async () => {
    const chance = randomOf(seed);
    const runs: Handle<unknown>[] = [];
    const judges: (() => void)[] = [];
    let workers = [workshop.spawn(database.url), workshop.spawn(database.url)];
    for (let kill = 0; kill < KILLS; kill++) {
      runs.push(await durable.start(Order, { total: kill }));
      const [victim, other] = workers;
      await victim!.working;
      await new Promise((resolve) => setTimeout(resolve, chance() * 300));
      await victim!.end("SIGKILL");
      judges.push(await watch());
      workers = [other!, workshop.spawn(database.url)];
    }
    for (const [total, run] of runs.entries()) await expectIntact(run, total);
    for (const judge of judges) judge();
    await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
  });
});

/** mulberry32: small, and the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
