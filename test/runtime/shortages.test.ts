/** A database that lacks something, or has something that should not be there: told in words, got over, nothing lost. */
import type { StoreError } from "@durablec/runtime";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Durable, durableOn } from "../../runtime/client/durable.ts";
import { registryOf } from "../../runtime/registry.ts";
import { createStore, type StoreOptions } from "../../runtime/store/create.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { machineOf, step } from "./machines.ts";

const machine = machineOf("Short.Work", {
  first: step("second", () => "ok"),
  second: step(null, (_io, data) => ["ok", { doubled: data.n * 2 }]),
});

let database: TestDatabase;
let client: pg.Client;
let durable: Durable | undefined;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterEach(() => durable?.close());

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

/** A client with a worker, and what that was told of. */
async function working(options: StoreOptions = {}): Promise<{ on: Durable; told: StoreError[] }> {
  const told: StoreError[] = [];
  durable = durableOn(await createStore({ database: database.url, ...options }), registryOf([machine]));
  await durable.work({ pollMs: 50, leaseMs: 10_000, onError: (error) => told.push(error as StoreError) });
  return { on: durable, told };
}

test("a row that another hand has spoilt is named and set aside; the others of its queue run, and so does it once mended", async () => {
  await client.query("INSERT INTO durable.queues (name, paused) VALUES ('default', true)");
  const { on, told } = await working();
  const runs = await Promise.all([1, 2, 3, 4].map((n) => on.start(machine, { n }, { id: `spoilt-${n}` })));
  await client.query(`UPDATE durable.executions SET position = '"three"' WHERE id = 'spoilt-3'`);
  await on.queues.resume("default");
  const others = runs.filter(({ id }) => id !== "spoilt-3");
  expect(await Promise.all(others.map((run) => run.result()))).toMatchObject([
    { doubled: 2 },
    { doubled: 4 },
    { doubled: 8 },
  ]);
  expect(told).toMatchObject([
    { code: "malformed_row", message: expect.stringMatching(/execution spoilt-3.*position/) },
  ]);

  await client.query(`UPDATE durable.executions SET position = '[]' WHERE id = 'spoilt-3'`);
  await client.query("UPDATE durable.clock SET ahead = ahead + interval '1 minute'");
  expect(await runs[2]!.result()).toMatchObject({ doubled: 6 });
  expect(told).toHaveLength(1);
});

test("a disk that is full holds everything up until there is room again", async () => {
  const { on } = await working();
  await client.query(`
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON durable.history EXECUTE FUNCTION no_room();`);
  const runs = await Promise.all([1, 2, 3].map((n) => on.start(machine, { n })));
  await vi.waitUntil(async () => (await on.list({ status: ["running"] })).length === 3, { timeout: 20_000 });
  expect((await Promise.all(runs.map(({ id }) => on.history(id)))).flat()).toEqual([]);
  await client.query("DROP TRIGGER full_disk ON durable.history; DROP FUNCTION no_room");
  expect(await Promise.all(runs.map((run) => run.result()))).toMatchObject([
    { doubled: 2 },
    { doubled: 4 },
    { doubled: 6 },
  ]);
});

test("a pool of one connection serves everybody in turn", async () => {
  const { on, told } = await working({ poolSize: 1 });
  const numbers = Array.from({ length: 40 }, (_, n) => n);
  const runs = await Promise.all(numbers.map((n) => on.start(machine, { n })));
  const results = await Promise.all(runs.map((run) => run.result()));
  expect(results).toMatchObject(numbers.map((n) => ({ doubled: n * 2 })));
  expect(told).toEqual([]);
});

test("a server without room for another connection is asked again", async () => {
  const { on } = await working();
  await client.query(`CREATE ROLE crowded LOGIN CONNECTION LIMIT 1; GRANT ALL ON SCHEMA durable TO crowded;
    GRANT ALL ON ALL TABLES IN SCHEMA durable TO crowded; GRANT ALL ON ALL SEQUENCES IN SCHEMA durable TO crowded`);
  const url = Object.assign(new URL(database.url), { username: "crowded" }).href;
  const hog = new pg.Client({ connectionString: url });
  await hog.connect();
  const store = createStore({ database: url, poolSize: 1, listen: false });
  await expect(store).rejects.toMatchObject({ code: "database_exhausted", message: /too many connections/ });
  await hog.end();
  const late = await createStore({ database: url, poolSize: 1, listen: false });
  const run = await durableOn(late, registryOf([machine])).start(machine, { n: 21 });
  expect(await on.handle(run.id).result()).toMatchObject({ doubled: 42 });
  await late.close();
  await client.query("DROP OWNED BY crowded; DROP ROLE crowded");
});
