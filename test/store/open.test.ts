/** Opening a store: what can be wrong with the database, and what is said about it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createStore, type StoreOptions } from "../../runtime/store/create.ts";
import { migrate, migrations } from "../../runtime/store/postgres/migrate.ts";
import { pgDatabase } from "../../runtime/store/postgres/pg.ts";
import { startLink } from "../faults/link.ts";
import { SASL, startAnswering } from "./answering.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { applied, COMPLETED, claimAll, held, registered, root, transition } from "./executions.ts";

describe("a Postgres server", () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await testDatabase({ migrated: false });
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });
  const refusal = (options: StoreOptions) =>
    createStore(options).then(
      () => null,
      (error: unknown) => error,
    );

  test("that does not answer is named, without the password", async () => {
    const error = await refusal({ database: "postgres://me:secret@127.0.0.1:1/shop" });
    expect(error).toMatchObject({ name: "StoreError", code: "database_unreachable" });
    expect(String(error)).toContain("127.0.0.1:1/shop");
    expect(String(error)).not.toContain("secret");
  });

  test("without that database says so", async () => {
    const error = await refusal({ database: database.url.replace(/[^/]+$/, "no_such_database") });
    expect(error).toMatchObject({ code: "database_refused", message: expect.stringContaining("no_such_database") });
  });

  test("whose URL cannot be read says how to write it, without the password", async () => {
    const error = await refusal({ database: "postgres://me:se#cret@127.0.0.1/shop" });
    expect(error).toMatchObject({ code: "invalid_option", help: expect.stringContaining("# is %23") });
    expect(String(error)).not.toMatch(/se#|cret/);
  });

  test.each([
    ["a password where there is none", "", SASL, "database_refused", "does not let us in"],
    ["TLS", "?sslmode=verify-full", ["N"], "database_refused", "no secure connection"],
  ])("that wants %s is named, and the connection is closed", async (_what, query, answers, code, message) => {
    const server = await startAnswering(answers);
    const error = await refusal({ database: `postgres://me@127.0.0.1:${server.port}/shop${query}` });
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    await server.left;
    server.close();
  });

  test("is migrated once, however many open it at the same time", async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => createStore({ database: database.url })));
    await Promise.all(stores.map((store) => store.close()));
    const { rows } = await client.query("SELECT version FROM durable.migrations");
    expect(rows.map(({ version }) => version)).toEqual(migrations().map(({ version }) => version));
  });

  test("with a schema of a newer version is refused", async () => {
    const store = await createStore({ database: database.url, schema: "newer" });
    await store.close();
    await client.query("INSERT INTO newer.migrations (version, name) VALUES (999, 'later')");
    expect(await refusal({ database: database.url, schema: "newer" })).toMatchObject({
      code: "schema_newer",
      message: expect.stringContaining("version 999"),
    });
  });

  test("takes back a migration that fails half-way", async () => {
    const bare = pgDatabase({ url: database.url, poolSize: 1, preparedStatements: true, listen: false });
    const broken = [
      ...migrations(),
      { version: 99, name: "0099", sql: "CREATE TABLE durable.half (); SELECT nonsense" },
    ];
    await expect(migrate(bare, "half", broken)).rejects.toThrow("nonsense");
    await bare.close();
    const { rows } = await client.query("SELECT to_regclass('half.executions') AS found");
    expect(rows).toEqual([{ found: null }]);
  });

  test("holds several schemas that know nothing of each other", async () => {
    const [one, other] = await Promise.all([
      createStore({ database: database.url, schema: "one" }),
      createStore({ database: database.url, schema: "other_2" }),
    ]);
    await one.start([root("same-id")]);
    expect(await one.get("same-id")).not.toBeNull();
    expect(await other.get("same-id")).toBeNull();
    await Promise.all([one.close(), other.close()]);
  });

  test("can be used without prepared statements and notifications, as behind a pooler", async () => {
    const store = await createStore({ database: database.url, preparedStatements: false, listen: false });
    await registered(store);
    const stop = await store.listen(() => {});
    await applied(store, transition(await held(store, "pooled"), COMPLETED));
    await stop();
    const { rows } = await client.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
    );
    expect(rows).toEqual([]);
    await store.close();
  });

  test("carries hints from one process's store to another's", async () => {
    const [here, there] = [
      await createStore({ database: database.url }),
      await createStore({ database: database.url }),
    ];
    const heard = new Promise((resolve) => {
      void there
        .listen(({ queue }) => queue === "hinted" && resolve(queue))
        .then(() => here.start([root("hint", { queue: "hinted" })]));
    });
    expect(await heard).toBe("hinted");
    await Promise.all([here.close(), there.close()]);
  });

  test("may cut every connection at any moment: what was asked is done, once", async () => {
    const store = await createStore({ database: database.url });
    await registered(store);
    const execution = await held(store, "cut");
    let cutting = true;
    const cuts = (async () => {
      while (cutting) {
        await client.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    })();
    let now = execution;
    for (let n = 0; n < 20; n++) now = await applied(store, transition(now, { data: { n } }));
    cutting = false;
    await cuts;
    expect(now).toMatchObject({ seq: 20, data: { n: 19 } });
    await store.close();
  });

  test("whose connection is cut in a transaction makes that fail, and the process lives on", async () => {
    const link = await startLink(database.url);
    const cut = pgDatabase({ url: link.url, poolSize: 1, preparedStatements: true, listen: false });
    const cutting = cut.transaction(async (run) => {
      await run("SELECT 1");
      link.cut("after");
      await run("SELECT 2");
    });
    await expect(cutting).rejects.toThrow("Connection terminated");
    expect(await cut.query({ name: "", text: "SELECT 1 AS one" }, [])).toEqual([{ one: 1 }]);
    await cut.close();
    link.close();
  });

  test("is not asked any more once the store is closed", async () => {
    const store = await createStore({ database: database.url });
    await store.close();
    await expect(store.get("x")).rejects.toMatchObject({ name: "StoreError" });
  });

  test("with a row that another hand has changed: which row, and what is wrong with it", async () => {
    const store = await createStore({ database: database.url });
    await store.start([root("odd")]);
    await client.query(`UPDATE durable.executions SET position = '"three"' WHERE id = 'odd'`);
    await expect(store.get("odd")).rejects.toMatchObject({
      code: "malformed_row",
      message: expect.stringMatching(/execution odd.*position: expected a list, found "three"/),
    });
    await store.close();
  });
});

describe("options that make no sense are refused:", () => {
  test.each(["", "Upper", 'a"b', "a.b", "1st"])("the schema %j", async (schema) => {
    await expect(createStore({ schema })).rejects.toMatchObject({ code: "invalid_option" });
  });

  test("a database of another kind", async () => {
    await expect(createStore({ database: "mysql://me:secret@host/x" })).rejects.toMatchObject({
      code: "invalid_option",
      message: expect.not.stringContaining("secret"),
    });
  });
});

test("the embedded database goes on after statements that fail, whoever else asks meanwhile", async () => {
  const store = await createStore();
  await store.start([root("here")]);
  const asked = Array.from({ length: 30 }, (_, n) =>
    n % 3 === 0
      ? store.cancel("\0", { type: "cancelled", message: "" }).catch(({ code }) => code)
      : store.get("here").then((found) => found?.id),
  );
  expect(await Promise.all(asked)).toEqual(asked.map((_, n) => (n % 3 === 0 ? "data_refused" : "here")));
  await store.close();
  await expect(store.counts()).rejects.toMatchObject({ name: "StoreError" });
});

describe("a directory of the embedded database", () => {
  const parent = mkdtempSync(join(tmpdir(), "durable-pglite-"));
  const directory = join(parent, "data");
  afterAll(() => rmSync(parent, { recursive: true }));

  test("keeps everything, and belongs to one store at a time", async () => {
    const store = await createStore({ database: directory });
    await registered(store);
    await applied(store, transition(await held(store, "kept"), COMPLETED));
    await expect(createStore({ database: directory })).rejects.toMatchObject({
      code: "directory_in_use",
      message: `This process already has the database in ${directory} open.`,
    });
    await store.close();
    const again = await createStore({ database: directory });
    expect(await again.get("kept")).toMatchObject({ status: "completed" });
    await again.close();
    expect(existsSync(`${directory}.lock`)).toBe(false);
  });

  test("open in another process is refused, naming it; left behind by one that is gone, it is taken over", async () => {
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    writeFileSync(`${directory}.lock`, `${other.pid}\n`);
    await expect(createStore({ database: directory })).rejects.toMatchObject({
      message: `Process ${other.pid} has the database in ${directory} open.`,
    });
    other.kill("SIGKILL");
    await once(other, "exit");
    const store = await createStore({ database: directory });
    await registered(store);
    await store.start([root("after", { queue: "after" })]);
    expect(await claimAll(store, "after")).toHaveLength(1);
    await store.close();
  });
});
