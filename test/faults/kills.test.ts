import type { Handle } from "@durablec/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TESTPOINTS } from "../../runtime/testpoint.ts";
import { chanceOf, seedOfRun } from "./chance.ts";
import { type Witness, witnessOf } from "./evidence.ts";
import { type Ordering, openOrdering } from "./ordering.ts";
import { expectedChildren, expectedResult } from "./workflows.ts";

let here: Ordering;

beforeAll(async () => {
  here = await openOrdering();
});

afterAll(() => here?.close());

/** Called after a kill: what is checkpointed now must never run again. */
async function watched(): Promise<Witness> {
  const witness = witnessOf([here.Order, ...(here.Order.children?.() ?? [])]);
  await witness.look(here.client);
  return witness;
}

function expectNothingAgain(witness: Witness): void {
  expect(witness.late(here.records()), "checkpointed segments that ran again").toEqual([]);
}

async function expectIntact(run: Handle<unknown>, total: number): Promise<void> {
  expect(await run.result({ timeoutMs: 30_000 })).toEqual(expectedResult(total));
  const children = await here.durable.listChildren(run.id);
  for (const child of children) await here.durable.ended(child.id, { timeoutMs: 30_000 });
  const endings = (await here.durable.listChildren(run.id)).map(({ ref, status }) => [ref, status]);
  expect(endings).toHaveLength(Object.keys(expectedChildren).length);
  expect(Object.fromEntries(endings)).toEqual(expectedChildren);
}

describe("a worker killed at a test point", () => {
  const reached = Object.keys(TESTPOINTS).filter((name) => name !== "before-release");

  test.each(reached)(
    "%s: another ends its executions with the same result, running no checkpointed segment again",
    async (name) => {
      const total = 1000 + reached.indexOf(name);
      const run = await here.ordered(total, `killed-${name}`);
      const doomed = here.spawn({ armed: name });
      expect(await doomed.ended, "the test point was reached").toBe("SIGKILL");
      const witness = await watched();
      const heir = here.spawn();
      await expectIntact(run, total);
      expectNothingAgain(witness);
      await heir.end("SIGKILL");
    },
  );

  test("before-release: what it held is taken back", async () => {
    const run = await here.ordered(1);
    const doomed = here.spawn({ armed: "before-release" });
    await doomed.working;
    await doomed.end("SIGTERM");
    const witness = await watched();
    const heir = here.spawn();
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
    let workers = [here.spawn(), here.spawn()];
    for (let kill = 0; kill < KILLS; kill++) {
      runs.push(await here.ordered(kill));
      const [victim, other] = workers;
      await victim!.working;
      await new Promise((resolve) => setTimeout(resolve, chance() * 300));
      await victim!.end("SIGKILL");
      await witness.look(here.client);
      workers = [other!, here.spawn()];
    }
    for (const [total, run] of runs.entries()) await expectIntact(run, total);
    expectNothingAgain(witness);
    await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
  });
});
