/** Upgrading: step by step with executions in the tables, it comes to the same schema as at once, and nothing is lost. */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStore } from "../../runtime/store/create.ts";
import { migrate, migrations } from "../../runtime/store/postgres/migrate.ts";
import { pgDatabase } from "../../runtime/store/postgres/pg.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { applied, attempt, COMPLETED, claimAll, KEY, registered, transition } from "./executions.ts";

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

/** Everything that makes up a schema, as text without the schema's name. */
async function catalog(schema: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT format('column %s.%s %s %s %s %s', table_name, column_name, data_type, is_nullable, column_default,
       identity_generation) AS line
     FROM information_schema.columns WHERE table_schema = $1
     UNION ALL
     SELECT indexdef FROM pg_indexes WHERE schemaname = $1
     UNION ALL
     SELECT format('%s %s: %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
     FROM pg_constraint c WHERE c.connamespace = $1::regnamespace
     UNION ALL
     SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = $1::regnamespace
     UNION ALL
     SELECT format('%s %s', c.relname, c.reloptions) FROM pg_class c WHERE c.relnamespace = $1::regnamespace`,
    [schema],
  );
  return rows.map(({ line }) => line.replaceAll(`${schema}.`, "").replaceAll(`"${schema}".`, "")).sort();
}

/** One pending execution with a finished attempt behind it, as the tables of 0001 hold it. */
const EARLIER = `
  INSERT INTO upgraded.executions (root_id, id, logical_id, kind, module, workflow, queue, priority, input, data, status,
    state, resume_key, wake_at, created_at, epoch, seq)
  VALUES ('old', 'old', 'old', 'root', 'Shop', 'order', 'default', 0, '{}', '{}', 'pending', 'first', '${KEY}', now(), now(), 1, 1);
  INSERT INTO upgraded.history (root_id, id, seq, n, state, step, kind, attempt, status, log, started_at, ended_at)
  VALUES ('old', 'old', 1, 0, 'zeroth', 'zeroth', 'step', 1, 'completed', '[]', now(), now());
  INSERT INTO upgraded.mailbox (root_id, logical_id, event_id, name, payload, arrived_at)
  VALUES ('old', 'old', '1', 'paid', '5', now());
  INSERT INTO upgraded.code_keys VALUES ('build', '${KEY}');`;

test("gives the schema that a new database has, and keeps what is there", async () => {
  const bare = pgDatabase({ url: database.url, poolSize: 1, preparedStatements: true, listen: false });
  const [first, ...later] = migrations();
  expect(later.length).toBeGreaterThan(0);
  await migrate(bare, "upgraded", [first!]);
  await client.query(EARLIER);
  for (const [n] of later.entries()) await migrate(bare, "upgraded", [first!, ...later.slice(0, n + 1)]);
  await migrate(bare, "fresh");
  await bare.close();
  expect(await catalog("upgraded")).toEqual(await catalog("fresh"));

  const store = await createStore({ database: database.url, schema: "upgraded" });
  await registered(store);
  const [claim] = await claimAll(store);
  expect(claim?.execution).toMatchObject({ id: "old", seq: 1, compensations: null, failure: null });
  await applied(store, transition(claim!.execution, COMPLETED, { history: [attempt()] }));
  expect((await store.completedSteps("old")).map(({ step }) => step)).toEqual(["zeroth", "first"]);
  await store.close();
});

test("says in each migration what it is for and whether older workers can run against it", () => {
  for (const { sql } of migrations()) {
    const header = sql.slice(0, sql.search(/^[^-\s]/m));
    expect(header).toMatch(/^-- \w/);
    expect(header).toMatch(/older workers/i);
  }
});
