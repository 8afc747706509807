/** Every statement of the store fits the schema that the migrations make. */
import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "../../runtime/store/postgres/migrate.ts";
import { oneMessage } from "../../runtime/store/postgres/one-message.ts";
import { pgliteDatabase } from "../../runtime/store/postgres/pglite.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { STATEMENTS } from "./all-statements.ts";

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test("they are all there are: none is written where this suite does not find it", () => {
  const sources = new URL("../../runtime/", import.meta.url);
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("dist"))
    .map((file) => readFileSync(new URL(file, sources), "utf8"));
  const named = files.flatMap((text) => [...text.matchAll(/name: "(durable_\w+)"/g)].map(([, name]) => name));
  expect(named.sort()).toEqual(STATEMENTS.map(({ name }) => name).sort());
});

test("each can be prepared on the embedded database as well", { timeout: 120_000 }, async () => {
  const embedded = await pgliteDatabase(null);
  await migrate(embedded, "durable");
  for (const { name, text } of STATEMENTS) await embedded.query({ name: "", text: `PREPARE ${name} AS ${text}` }, []);
  const rows = await embedded.query({ name: "", text: "SELECT name FROM pg_prepared_statements" }, []);
  expect(rows.length).toBeGreaterThanOrEqual(STATEMENTS.length);
  await embedded.close();
});

test("each has a name of its own", () => {
  const names = STATEMENTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(15);
});

describe.each(STATEMENTS)("$name", ({ name, text }) => {
  test("can be prepared against the migrated schema", async () => {
    await client.query(`PREPARE ${name} AS ${text}`);
    const { rows } = await client.query("SELECT 1 FROM pg_prepared_statements WHERE name = $1", [name]);
    expect(rows).toHaveLength(1);
  });

  test("can be sent as one message without parameters, as through a pooler", async () => {
    const { rows } = await client.query<{ n: number }>(
      "SELECT cardinality(parameter_types) AS n FROM pg_prepared_statements WHERE name = $1",
      [name],
    );
    const nothing = Array.from({ length: rows[0]!.n }, () => null);
    await client.query(oneMessage([], { name, text: `EXPLAIN ${text}` }, nothing));
  });
});
