import { createDurable, type Durable, ended, type Handle, type Machine } from "@durablec/runtime";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { compileOrders, expectedChildren, expectedResult, loadOrder } from "./orders.ts";

const ORDERS = 40;
const ROUNDS = 3;

let cluster: Cluster;
let durable: Durable;
let Order: Machine;

beforeAll(async () => {
  Order = await loadOrder(await compileOrders());
  // What was acknowledged has to survive a crash of the server.
  cluster = await startCluster({ fsync: "on" });
});

beforeEach(async () => {
  durable = await createDurable({ database: cluster.url("postgres"), workflows: [Order] });
  await durable.work({ queues: { default: { concurrency: 10 } }, leaseMs: 2_000, pollMs: 50, onError: () => {} });
});

afterEach(() => durable.close());
afterAll(() => cluster?.remove());

/** Starts orders, does something terrible a few times while they run, and expects them to end as if nothing had been. */
async function survive(fault: () => Promise<void>): Promise<void> {
  const runs: Handle<unknown>[] = [];
  for (let total = 0; total < ORDERS; total++) runs.push(await durable.start(Order, { total }));
  for (let round = 0; round < ROUNDS; round++) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await underWay(), "executions under way when the fault comes").toBeGreaterThan(0);
    await fault();
  }
  for (const [total, run] of runs.entries()) {
    await expect(eventually(() => run.result({ timeoutMs: 20_000 }))).resolves.toEqual(expectedResult(total));
    const children = (await durable.listChildren(run.id)).map(({ ref }) => ref);
    expect(children.sort()).toEqual(Object.keys(expectedChildren).sort());
  }
}

async function underWay(): Promise<number> {
  const counts = await eventually(() => durable.counts());
  return counts.filter(({ status }) => !ended(status)).reduce((sum, { count }) => sum + count, 0);
}

/** A client's request may fail with the database; it is made again. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (thrown) {
      if (tries === 20 || !(thrown instanceof Error) || thrown.name !== "StoreError") throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

test("a server that is killed and started again under load costs nothing", { timeout: 60_000 }, () =>
  survive(async () => {
    await cluster.end("kill");
    await cluster.start();
  }),
);

test("connections that are cut in the middle of statements cost nothing", { timeout: 60_000 }, () =>
  survive(async () => {
    const client = new pg.Client({ connectionString: cluster.url("postgres") });
    await client.connect();
    await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'durable'");
    await client.end();
  }),
);
