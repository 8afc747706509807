/** What a store hears of its own work and of others'. */
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createStore } from "../../runtime/store/create.ts";
import { carries } from "../../runtime/store/postgres/hints.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { root } from "./executions.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test("a start is heard of once in its own process, and in another through the database", async () => {
  const [own, other] = await Promise.all([
    createStore({ database: database.url }),
    createStore({ database: database.url }),
  ]);
  const heard: { readonly own: unknown[]; readonly other: unknown[] } = { own: [], other: [] };
  const stops = [
    await own.listen((message) => heard.own.push(message)),
    await other.listen((message) => heard.other.push(message)),
  ];
  await own.start([root("hint-1", { queue: "tea" })]);
  await vi.waitFor(() => expect(heard.other).toEqual([{ queue: "tea" }]));

  // Notifications come in the order of commits: behind this one there is none of the start's any more.
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("SELECT pg_notify('durable_durable', 'q:last')");
  await client.end();
  await vi.waitFor(() => expect(heard.own).toEqual([{ queue: "tea" }, { queue: "last" }]));
  expect(heard.other).toEqual([{ queue: "tea" }, { queue: "last" }]);

  for (const stop of stops) await stop();
  await own.close();
  await other.close();
});

test("a start whose commit may carry no notification, because another's carries one, is heard of afterwards", async () => {
  const [own, other] = await Promise.all([
    createStore({ database: database.url }),
    createStore({ database: database.url }),
  ]);
  const heard: unknown[] = [];
  const stop = await other.listen((message) => heard.push(message));
  const carrying = new pg.Client({ connectionString: database.url });
  await carrying.connect();
  await carrying.query("BEGIN");
  const { rows } = await carrying.query(
    `SELECT ${carries("'durable_durable'::text", "'first'")} AS told, ${carries("NULL::text", "'none'")} AS silent`,
  );
  expect(rows).toEqual([{ told: true, silent: false }]);

  await own.start([root("hint-2", { queue: "second" })]);
  await vi.waitFor(() => expect(heard).toEqual([{ queue: "second" }]));
  await carrying.query("COMMIT");
  await vi.waitFor(() => expect(heard).toEqual([{ queue: "second" }, { queue: "first" }]));

  await carrying.end();
  await stop();
  await own.close();
  await other.close();
});

test("a queue whose name is longer than a notification is started in all the same", async () => {
  const store = await createStore({ database: database.url });
  const queue = "q".repeat(9_000);
  expect(await store.start([root("hint-3", { queue })])).toEqual([{ id: "hint-3", created: true }]);
  await store.close();
});
