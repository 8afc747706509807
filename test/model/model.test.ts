/**
 * Whatever happens in whatever order: the store, the interpreter and a worker's sessions agree with a simple model, and what
 * must hold holds after each step. `DURABLE_MODEL_RUNS` for more runs, `DURABLE_SEED` for the same ones again, and
 * `DURABLE_MODEL_ON=postgres` for a server in place of the embedded database.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../runtime/store/postgres/database.ts";
import { pgDatabase } from "../../runtime/store/postgres/pg.ts";
import { pgliteDatabase } from "../../runtime/store/postgres/pglite.ts";
import { postgresStore } from "../../runtime/store/postgres/store.ts";
import type { Store } from "../../runtime/store/store.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { operations } from "./operations.ts";
import { replay } from "./replay.ts";

const RUNS = Number(process.env.DURABLE_MODEL_RUNS ?? "25");
const SEED = Number(process.env.DURABLE_SEED ?? Date.now() % 1_000_000);

let server: TestDatabase | undefined;
let database: Database;
let store: Store;

beforeAll(async () => {
  if (process.env.DURABLE_MODEL_ON === "postgres") {
    server = await testDatabase();
    // Workers for the checks' small joins would be forked for each: 16 ms in place of one.
    const url = `${server.url}?options=${encodeURIComponent("-c max_parallel_workers_per_gather=0")}`;
    database = pgDatabase({ url, poolSize: 4, preparedStatements: true, listen: false });
  } else {
    database = await pgliteDatabase(null);
  }
  store = postgresStore(database, "durable");
  await store.migrate();
});

afterAll(async () => {
  await store?.close();
  await server?.drop();
});

test(`${RUNS} courses of events (DURABLE_SEED=${SEED}) go as the model says`, {
  timeout: 60_000 + RUNS * 3_000,
}, async () => {
  let steps = 0;
  const property = fc.asyncProperty(operations, async (course) => {
    steps += course.length;
    await replay(store, database, course);
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: false });
  expect(steps).toBeGreaterThan(RUNS);
});
