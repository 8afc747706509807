/**
 * Real Postgres for tests, with nothing to set up:
 *
 *     const database = await testDatabase();          // its own, migrated, empty; about 0.1 s
 *     const store = await createStore({ database: database.url });
 *     …
 *     await store.close();
 *     await database.drop();
 *
 * Databases are cloned from one template in the cluster of this test run (setup.ts).
 */
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import pg from "pg";
import { inject } from "vitest";
import { createStore } from "../../runtime/store/create.ts";

export interface TestDatabase {
  readonly url: string;
  /** Cuts every connection to it and removes it. */
  drop(): Promise<void>;
}

const TEMPLATE = "durable_template";

/** A database of its own with the schema in place; `{ migrated: false }` for an empty one. */
export async function testDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const cluster = await clusterUrl();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdministrator(cluster, async (run) => {
    if (migrated) await prepareTemplate(cluster, run);
    await run(`CREATE DATABASE ${name} TEMPLATE ${migrated ? TEMPLATE : "template1"}`);
  });
  return {
    url: cluster(name),
    drop: () => asAdministrator(cluster, (run) => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

type Run = (sql: string) => Promise<void>;

/** Built under a lock, because test files run in several processes. */
async function prepareTemplate(cluster: (database: string) => string, run: Run): Promise<void> {
  await run("SELECT pg_advisory_lock(1)");
  try {
    await run(`CREATE DATABASE ${TEMPLATE}`);
    const store = await createStore({ database: cluster(TEMPLATE) });
    await store.close();
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "42P04";
    if (!exists) throw error;
  } finally {
    await run("SELECT pg_advisory_unlock(1)");
  }
}

async function asAdministrator(
  cluster: (database: string) => string,
  work: (run: Run) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: cluster("postgres") });
  await client.connect();
  try {
    await work(async (sql) => void (await client.query(sql)));
  } finally {
    await client.end();
  }
}

async function clusterUrl(): Promise<(database: string) => string> {
  const answer = await new Promise<string>((resolve, reject) => {
    let text = "";
    connect(inject("clusterSocket"))
      .on("data", (chunk) => {
        text += chunk.toString();
      })
      .on("error", reject)
      .on("end", () => resolve(text));
  });
  if (answer.startsWith("error: ")) throw new Error(answer.slice("error: ".length));
  return (database) => answer.replace(/NAME$/, database);
}
