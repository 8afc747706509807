/** Starts and events inside the app's own transaction. */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStore } from "../../runtime/store/create.ts";
import type { Store } from "../../runtime/store/store.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { claimAll, registered, root } from "./executions.ts";

let store: Store;
let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  store = await createStore({ database: database.url });
  await registered(store);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("CREATE TABLE orders (id text)");
});
afterAll(async () => {
  await client.end();
  await store.close();
  await database.drop();
});

const event = (executionId: string) => ({ executionId, eventId: "1", name: "paid", payload: null });

test("are there when it commits, with the app's own rows", async () => {
  await client.query("BEGIN");
  await client.query("INSERT INTO orders VALUES ('1')");
  expect(await store.within(client).start([root("tx-1", { queue: "tx-1" })])).toEqual([{ id: "tx-1", created: true }]);
  expect(await store.within(client).sendEvents([event("tx-1")])).toEqual(["delivered"]);
  expect(await store.get("tx-1")).toBeNull();
  await client.query("COMMIT");
  expect(await claimAll(store, "tx-1")).toHaveLength(1);
});

test("are gone when it is taken back", async () => {
  await store.start([root("tx-2")]);
  await client.query("BEGIN");
  await store.within(client).start([root("tx-3")]);
  await store.within(client).sendEvents([event("tx-2")]);
  await client.query("ROLLBACK");
  expect(await store.get("tx-3")).toBeNull();
  expect((await store.get("tx-2"))?.signals).toBe(0);
});

test("tell the workers when it commits, not before", async () => {
  const heard: unknown[] = [];
  let tell = (): void => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const stop = await store.listen((hint) => {
    if (hint.queue !== "tx-4") return;
    heard.push(hint);
    tell();
  });
  await client.query("BEGIN");
  await store.within(client).start([root("tx-4", { queue: "tx-4" })]);
  await client.query("SELECT pg_sleep(0.05)");
  expect(heard).toEqual([]);
  await client.query("COMMIT");
  await told;
  await stop();
});

test("of another database are refused in words, at once", async () => {
  const other = await testDatabase({ migrated: false });
  const stranger = new pg.Client({ connectionString: other.url });
  await stranger.connect();
  await expect(store.within(stranger).start([root("tx-5")])).rejects.toMatchObject({ code: "schema_missing" });
  await stranger.end();
  await other.drop();
});
