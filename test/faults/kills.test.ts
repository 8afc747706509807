import { createDurable, type Durable, type Handle, type Machine } from "@durablec/runtime";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TESTPOINTS } from "../../runtime/testpoint.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { chanceOf, seedOfRun } from "./chance.ts";
import { sendEvents } from "./events.ts";
import { type Witness, witnessOf } from "./evidence.ts";
import { openWorkshop, type Workshop } from "./processes.ts";
import { compileWorkflows, expectedChildren, expectedResult, loadWorkflows } from "./workflows.ts";

let database: TestDatabase;
let durable: Durable;
let workshop: Workshop;
let client: pg.Client;
let Order: Machine;

beforeAll(async () => {
  const paths = await compileWorkflows();
  const [machines, empty, opened] = await Promise.all([loadWorkflows(paths), testDatabase(), openWorkshop(paths)]);
  Order = machines.Order;
  database = empty;
  workshop = opened;
  durable = await createDurable({ database: database.url, workflows: [Order] });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await durable?.close();
  await client?.end();
  await workshop?.close();
  await database?.drop();
});

async function ordered(total: number, id?: string): Promise<Handle<unknown>> {
  const run = await durable.start(Order, { total }, id === undefined ? {} : { id });
  await sendEvents(durable, run.id, total);
  return run;
}

/** Called after a kill: what is checkpointed now must never run again. */
async function watched(): Promise<Witness> {
  const witness = witnessOf([Order, ...(Order.children?.() ?? [])]);
  await witness.look(client);
  return witness;
}

function expectNothingAgain(witness: Witness): void {
  expect(witness.late(workshop.records()), "checkpointed segments that ran again").toEqual([]);
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
      const run = await ordered(total, `killed-${name}`);
      const doomed = workshop.spawn(database.url, { armed: name });
      expect(await doomed.ended, "the test point was reached").toBe("SIGKILL");
      const witness = await watched();
      const heir = workshop.spawn(database.url);
      await expectIntact(run, total);
      expectNothingAgain(witness);
      await heir.end("SIGKILL");
    },
  );

  test("before-release: what it held is taken back", async () => {
    const run = await ordered(1);
    const doomed = workshop.spawn(database.url, { armed: "before-release" });
    await doomed.working;
    await doomed.end("SIGTERM");
    const witness = await watched();
    const heir = workshop.spawn(database.url);
    await expectIntact(run, 1);
    expectNothingAgain(witness);
    await heir.end("SIGKILL");
  });
});

describe("workers killed at random moments", () => {
  const KILLS = Number(process.env.DURABLE_KILLS ?? "12");
  const seed = seedOfRun();

  test(`${KILLS} times (DURABLE_SEED=${seed}): every execution ends with its result`, {
    timeout: 300_000,
  }, async () => {
    const chance = chanceOf(seed);
    const runs: Handle<unknown>[] = [];
    const witness = await watched();
    let workers = [workshop.spawn(database.url), workshop.spawn(database.url)];
    for (let kill = 0; kill < KILLS; kill++) {
      runs.push(await ordered(kill));
      const [victim, other] = workers;
      await victim!.working;
      await new Promise((resolve) => setTimeout(resolve, chance() * 300));
      await victim!.end("SIGKILL");
      await witness.look(client);
      workers = [other!, workshop.spawn(database.url)];
    }
    for (const [total, run] of runs.entries()) await expectIntact(run, total);
    expectNothingAgain(witness);
    await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
  });
});
