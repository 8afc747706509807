/** The embedded database in a folder, whose one process is killed again and again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { createDurable, type Durable, type Machine } from "@durablec/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chanceOf, seedOfRun } from "./chance.ts";
import { openWorkshop, type Workshop } from "./processes.ts";
import { compileWorkflows, expectedChildren, expectedResult, loadWorkflows } from "./workflows.ts";

/** `DURABLE_EMBEDDED_KILLS=100` for a long run. */
const KILLS = Number(process.env.DURABLE_EMBEDDED_KILLS ?? "4");
const ORDERS = KILLS;
const SEED = seedOfRun();
/** One process has database and workflows to run, and may be late with its lease; what a dead one held is free after this. */
const LEASE_MS = 2_000;

const parent = mkdtempSync(join(tmpdir(), "durable-killed-"));
const folder = join(parent, "data");
let workshop: Workshop;
let Order: Machine;

beforeAll(async () => {
  const paths = await compileWorkflows();
  workshop = await openWorkshop(paths);
  ({ Order } = await loadWorkflows(paths));
});
afterAll(async () => {
  await workshop?.close();
  rmSync(parent, { recursive: true });
});

test(`killed ${KILLS} times at random moments (DURABLE_SEED=${SEED}), it loses nothing and runs no completed step again`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const chance = chanceOf(SEED);
  for (let kill = 0; kill < KILLS; kill++) {
    const doomed = workshop.spawn(folder, { orders: ORDERS, leaseMs: LEASE_MS });
    await doomed.working;
    await after(chance() * 1_500);
    await doomed.end("SIGKILL");
  }
  const last = workshop.spawn(folder, { orders: ORDERS, leaseMs: LEASE_MS });
  await last.through;
  await last.end("SIGTERM");
  const durable = await createDurable({ database: folder, workflows: [Order] });
  for (let total = 0; total < ORDERS; total++) await expectIntact(durable, `order-${total}`, total);
  // One that was killed shortly before the end is forgotten by the next worker's housekeeping.
  expect((await durable.findings()).filter(({ code }) => code !== "expired_worker")).toEqual([]);
  await durable.close();
});

async function expectIntact(durable: Durable, id: string, total: number): Promise<void> {
  expect(await durable.get(id)).toMatchObject({ status: "completed", result: expectedResult(total) });
  const children = await durable.listChildren(id);
  expect(children.map(({ ref, status }) => [ref, status]).toSorted()).toEqual(
    Object.entries(expectedChildren).toSorted(),
  );
  for (const execution of [id, ...children.map((child) => child.id)]) {
    const completed = (await durable.history(execution)).filter(({ status }) => status === "completed");
    const states = completed.map(({ state, branch, compensates }) => `${state} ${branch} ${compensates}`);
    expect(new Set(states).size, `steps of ${execution} that completed twice`).toBe(states.length);
  }
}
