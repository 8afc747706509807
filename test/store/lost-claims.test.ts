/** A claim does not wait for the disk: what follows when the server crashes and has forgotten it. */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStore } from "../../runtime/store/create.ts";
import { CLAIM } from "../../runtime/store/postgres/queries/claim.ts";
import type { Execution, Store } from "../../runtime/store/store.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { applied, attempt, child, claimAll, registered, root, transition } from "./executions.ts";

const ERROR = { type: "cancelled", message: "" };

let database: TestDatabase;
let store: Store;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  store = await createStore({ database: database.url });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const worker of ["first", "second"]) await registered(store, worker);
});
afterAll(async () => {
  await client.end();
  await store.close();
  await database.drop();
});

/** Two workers' claims of one execution, of which the server had forgotten the first when the second was made. */
async function claimedTwice(id: string): Promise<{ readonly forgotten: Execution; readonly valid: Execution }> {
  await store.start([root(id, { queue: id })]);
  const [forgotten] = await claimAll(store, id, "first");
  await client.query(
    `UPDATE durable.executions SET owner = NULL, claim = NULL, epoch = 0, status = 'pending', started_at = NULL,
       wake_at = now() WHERE id = $1`,
    [id],
  );
  const [valid] = await claimAll(store, id, "second");
  expect(valid!.execution.epoch).toBe(forgotten!.execution.epoch);
  return { forgotten: forgotten!.execution, valid: valid!.execution };
}

test("only who claimed it since can write, although both claims have one number", async () => {
  const { forgotten, valid } = await claimedTwice("lost-1");
  const step = (execution: Execution) =>
    transition(execution, { data: { by: execution.claim } }, { history: [attempt()] });
  const fenced = [{ outcome: "fenced", status: "running" }];
  expect(await store.commit([step(forgotten)])).toEqual(fenced);
  const next = await applied(store, step(valid));
  expect(await store.commit([step(forgotten)]), "nor is it told that its own write was stored").toEqual(fenced);
  expect(await store.commit([{ ...step(forgotten), seq: next.seq }])).toEqual(fenced);
  expect(await store.get("lost-1")).toMatchObject({ seq: 1, data: { by: valid.claim } });
  expect(await store.history("lost-1")).toHaveLength(1);
});

test("nor can the other create children, cancel them or give the execution back", async () => {
  const { forgotten, valid } = await claimedTwice("lost-2");
  expect(await store.commit([transition(forgotten, {}, { children: [child(forgotten, "lost-2-c")] })])).toEqual([
    { outcome: "fenced", status: "running" },
  ]);
  await applied(store, transition(valid, {}, { children: [child(valid, "lost-2-c")] }));
  expect(await store.cancel("lost-2-c", ERROR, forgotten)).toBe("not_held");
  expect(await store.cancelBranches("lost-2", forgotten, ERROR)).toBe("not_held");
  const { id, epoch, claim } = forgotten;
  await store.renewLease({ worker: "second", leaseMs: 60_000, inHand: [], astray: [{ id, epoch, claim }] });
  expect(await store.get("lost-2")).toMatchObject({ status: "running", epoch: 1 });
  expect(await store.cancel("lost-2-c", ERROR, valid)).toBe("cancelled");
});

test("only the claim itself does without the disk, not what its connection writes next", async () => {
  const waits = async () => (await client.query("SHOW synchronous_commit")).rows[0].synchronous_commit;
  await client.query("BEGIN");
  await client.query(CLAIM.text, ["first", "token", '[{"name": "none", "limit": 1}]']);
  expect(await waits()).toBe("off");
  await client.query("COMMIT");
  expect(await waits()).toBe("on");
});
