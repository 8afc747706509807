/** Every statement of the store, taken from its files, fits the schema that the migrations make. */
import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Statement } from "../../runtime/store/postgres/database.ts";
import { NOTIFY } from "../../runtime/store/postgres/hints.ts";
import { migrate } from "../../runtime/store/postgres/migrate.ts";
import { oneMessage } from "../../runtime/store/postgres/one-message.ts";
import { SET_PLANNING } from "../../runtime/store/postgres/pg.ts";
import { pgliteDatabase } from "../../runtime/store/postgres/pglite.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const folder = new URL("../../runtime/store/postgres/queries/", import.meta.url);
const files = await Promise.all(
  readdirSync(folder).map((file) => import(new URL(file, folder).href) as Promise<Readonly<Record<string, unknown>>>),
);
const statements = [NOTIFY, ...files.flatMap((file) => Object.values(file).filter(isStatement))];

function isStatement(value: unknown): value is Statement {
  return typeof value === "object" && value !== null && "text" in value && "name" in value;
}

interface Plan {
  readonly "Node Type": string;
  readonly Operation?: string;
  readonly "Total Cost": number;
  /** Of this node and those below, where the statement was run. */
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
  /** A CTE and what is asked once are made before; the rest is part of what reads it. */
  readonly "Parent Relationship"?: string;
  readonly Plans?: readonly Plan[];
}

interface Explained {
  readonly "QUERY PLAN": readonly [{ readonly Plan: Plan }];
}

/** An insert waits for nobody's row. */
function locks({ "Node Type": type, Operation: operation }: Plan): boolean {
  return type === "LockRows" || (type === "ModifyTable" && operation !== "Insert");
}

function inside({ Plans = [] }: Plan): readonly Plan[] {
  return Plans.flatMap((plan) => [plan, ...inside(plan)]);
}

/** What a row that has changed while the node waited for it is joined with again. */
function joinedAgain({ Plans = [] }: Plan): readonly string[] {
  const parts = Plans.filter((plan) => !["InitPlan", "SubPlan"].includes(plan["Parent Relationship"] ?? ""));
  return parts.flatMap((plan) => [plan["Node Type"], ...joinedAgain(plan)]);
}

/** From here on Postgres compiles a statement before it runs it, which takes a commit from one millisecond to a second. */
const JIT_ABOVE_COST = 100_000;

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
  expect(named.sort()).toEqual(statements.map(({ name }) => name).sort());
});

test("each can be prepared on the embedded database as well", { timeout: 120_000 }, async () => {
  const embedded = await pgliteDatabase(null);
  await migrate(embedded, "durable");
  for (const { name, text } of statements) await embedded.query({ name: "", text: `PREPARE ${name} AS ${text}` }, []);
  const rows = await embedded.query({ name: "", text: "SELECT name FROM pg_prepared_statements" }, []);
  expect(rows.length).toBeGreaterThanOrEqual(statements.length);
  await embedded.close();
});

test("each has a name of its own", () => {
  const names = statements.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(15);
});

describe.each(statements)("$name", ({ name, text }) => {
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

  test("is too cheap to be compiled, even where the session's settings are not ours", async () => {
    expect((await planOf(name))["Total Cost"]).toBeLessThan(JIT_ABOVE_COST);
  });

  test("joins no row that it locks with a UNION ALL: such a row is lost when another changes it meanwhile", async () => {
    await client.query(SET_PLANNING);
    const plan = await planOf(name);
    await client.query("RESET ALL");
    const locking = [plan, ...inside(plan)].filter(locks);
    expect(locking.flatMap(joinedAgain)).not.toContain("Append");
  });
});

describe("with fifty thousand executions asleep, at several priorities", () => {
  const ASLEEP = 50_000;
  /** Index and table together have some two thousand. */
  const FEW_PAGES = 150;

  beforeAll(async () => {
    await client.query(SET_PLANNING);
    await client.query("BEGIN");
    await client.query(
      `INSERT INTO durable.executions (root_id, id, logical_id, kind, module, workflow, queue, priority, input, data, status,
         resume_key, created_at, wake_at)
       SELECT 's' || n, 's' || n, 's' || n, 'root', 'M', 'w', 'default', n % 3, '{}', '{}', 'waiting', 'k', now(),
         now() + n * interval '1 minute'
       FROM generate_series(1, $1::integer) n`,
      [ASLEEP],
    );
    await client.query("SET LOCAL plan_cache_mode = force_generic_plan");
  });
  afterAll(async () => {
    await client.query("ROLLBACK");
    await client.query("RESET ALL");
  });

  test.each([
    ["what is due is claimed", "durable_claim", `'w', 't', '[{"name": "default", "limit": 10}]'`],
    ["the next timer is found", "durable_next_wake", "'{default}', now()"],
    ["what waits is counted", "durable_backlogs", "'{default}'"],
  ])("%s without passing them", async (_what, name, parameters) => {
    const { rows } = await client.query<Explained>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE ${name}(${parameters})`,
    );
    const { "Shared Hit Blocks": hit, "Shared Read Blocks": read } = rows[0]!["QUERY PLAN"][0].Plan;
    expect(hit + read).toBeLessThan(FEW_PAGES);
  });
});

/** The plan for whatever parameters of a statement that has been prepared. */
async function planOf(name: string): Promise<Plan> {
  const { rows: found } = await client.query<{ n: number }>(
    "SELECT cardinality(parameter_types) AS n FROM pg_prepared_statements WHERE name = $1",
    [name],
  );
  await client.query("SET plan_cache_mode = force_generic_plan");
  const parameters = Array.from({ length: found[0]!.n }, () => "NULL").join(", ");
  const { rows } = await client.query<Explained>(
    `EXPLAIN (FORMAT JSON) EXECUTE ${name}${parameters === "" ? "" : `(${parameters})`}`,
  );
  return rows[0]!["QUERY PLAN"][0].Plan;
}
