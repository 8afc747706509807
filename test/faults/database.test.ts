import type { Durable, Handle } from "@durablec/runtime";
import { createDurable } from "@durablec/runtime";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Cluster, startCluster } from "../support/cluster.ts";
import { expectedChildren, expectedResult, Order } from "./workflows.ts";

const ORDERS = 30;
const ROUNDS = 3;

let cluster: Cluster;
let durable: Durable;
/** What the worker had to get over. */
let errors: unknown[];

beforeAll(async () => {
  // What was acknowledged has to survive a crash of the server.
  cluster = await startCluster({ fsync: "on" });
});

beforeEach(async () => {
  durable = await createDurable({ database: cluster.url("postgres"), workflows: [Order] });
  errors = [];
  const onError = (error: unknown) => errors.push(error);
  await durable.work({ queues: { default: { concurrency: 10 } }, leaseMs: 2_000, pollMs: 50, onError });
});

afterEach(() => durable.close());
afterAll(() => cluster?.remove());

/** Starts orders, does something terrible a few times while they run, and expects them to end as if nothing had been. */
async function survive(fault: () => Promise<void>): Promise<void> {
  const runs: Handle<unknown>[] = [];
  for (let total = 0; total < ORDERS; total++) runs.push(await durable.start(Order, { total }));
  for (let round = 0; round < ROUNDS; round++) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    await fault();
  }
  expect(errors).not.toEqual([]);
  for (const [total, run] of runs.entries()) {
    await expect(eventually(() => run.result({ timeoutMs: 20_000 }))).resolves.toEqual(expectedResult(total));
    const children = (await durable.listChildren(run.id)).map(({ ref }) => ref);
    expect(children.sort()).toEqual(Object.keys(expectedChildren).sort());
  }
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
