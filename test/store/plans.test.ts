/**
 * How Postgres plans the store's statements. A connection plans each once and keeps the plan: what was planned while the
 * tables were empty must be right when they are full.
 */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SET_PLANNING } from "../../runtime/store/postgres/pg.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { STATEMENTS } from "./all-statements.ts";

interface Plan {
  readonly "Node Type": string;
  readonly Operation?: string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
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

/** From here on Postgres compiles a statement before it runs it, which takes a commit from one millisecond to a second. */
const JIT_ABOVE_COST = 100_000;

/** Asleep, a third of them at each of three priorities, half of them another's children; and what belongs to some of them. */
const FILL = [
  `INSERT INTO durable.executions (root_id, id, logical_id, parent_id, kind, module, workflow, queue, priority, input, data,
     status, resume_key, created_at, wake_at)
   SELECT r, r || CASE WHEN n % 2 = 0 THEN '' ELSE 'c' END, r, CASE WHEN n % 2 = 1 THEN r END,
     CASE WHEN n % 2 = 0 THEN 'root' ELSE 'call' END, 'M', 'w', 'default', n % 3, '{}', '{}', 'waiting', 'k', now(),
     now() + n * interval '1 minute'
   FROM (SELECT n, 's' || n / 2 AS r FROM generate_series(1, 50000) n) n`,
  `INSERT INTO durable.history (root_id, id, seq, n, state, step, kind, attempt, status, log, started_at, ended_at)
   SELECT 's' || n, 's' || n, 1, 0, 'a', 'a', 'step', 1, 'completed', '[]', now(), now() FROM generate_series(1, 5000) n`,
  `INSERT INTO durable.mailbox (root_id, logical_id, event_id, name, arrived_at)
   SELECT 's' || n, 's' || n, 'e' || n, 'go', now() FROM generate_series(1, 5000) n`,
  `INSERT INTO durable.inputs (root_id, logical_id, id, seq, name, type, opened_at)
   SELECT 's' || n, 's' || n, 's' || n, 1, 'ok', 'approval', now() FROM generate_series(1, 5000) n`,
];

/** A worker that can carry them on. */
const WORKER = [
  `INSERT INTO durable.workers (worker, host, pid, queues, code, registered_at, lease_until)
   VALUES ('w', 'h', 1, '{default}', 'c', now(), now() + interval '1 day')`,
  "INSERT INTO durable.code_keys (code, resume_key) VALUES ('c', 'k')",
];

/** What has ended, so that the statistics know of nothing that is due. */
const ENDED = `
INSERT INTO durable.executions (root_id, id, logical_id, kind, module, workflow, queue, priority, input, data, status,
  created_at, ended_at)
SELECT 'e' || n, 'e' || n, 'e' || n, 'root', 'M', 'w', 'default', 0, '{}', '{}', 'completed', now(), now()
FROM generate_series(1, 20000) n`;

/** Index and table together have some two thousand. */
const FEW_PAGES = 150;

/** Tables with rows for each execution. */
const GROWING = ["executions", "history", "mailbox", "inputs"];
/** Two hold only what is in somebody's hands, and what a cancel has not come to yet; of the third the first is asked for. */
const SHORT_INDEXES = ["executions_held", "executions_cascading", "executions_unknown"];
/** People ask these now and then, and they look at everything or at what is newest. */
const LOOKING_ROUND = new Set([
  "durable_advance_clock",
  "durable_counts",
  "durable_delete_unused_builds",
  "durable_findings",
  "durable_list",
  "durable_list_inputs",
  "durable_list_waits",
  "durable_parked",
  "durable_queues",
]);

let database: TestDatabase;
let empty: pg.Client;
let full: pg.Client;
let rested: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  empty = await prepared(SET_PLANNING);
  // The pages that are counted are to depend on nothing that happens now and then.
  await empty.query("ALTER TABLE durable.executions SET (autovacuum_enabled = false)");
  for (const { name } of STATEMENTS) await planOf(empty, name);
  await empty.query(ENDED);
  rested = await prepared(SET_PLANNING);
  for (const { name } of STATEMENTS) await planOf(rested, name);
  for (const text of [...WORKER, ...FILL]) await empty.query(text);
  full = await prepared(SET_PLANNING);
});
afterAll(async () => {
  await empty.end();
  await full.end();
  await rested.end();
  await database.drop();
});

/** What the client does in a transaction of the app's, on whose connection nothing is set. */
test.each(["durable_start", "durable_send_events", "durable_notify"])(
  "%s is too cheap to be compiled, even where the session's settings are not ours",
  async (name) => {
    const lent = await prepared("SET plan_cache_mode = force_generic_plan");
    expect((await planOf(lent, name))["Total Cost"]).toBeLessThan(JIT_ABOVE_COST);
    await lent.end();
  },
);

describe.each(STATEMENTS)("$name", ({ name }) => {
  test.each([
    ["in an empty database", () => empty],
    ["in a full one", () => full],
  ])(
    "joins no row that it locks with a UNION ALL, planned %s: such a row is lost when another changes it meanwhile",
    async (_, client) => {
      const plan = await planOf(client(), name);
      const locking = [plan, ...inside(plan)].filter(locks);
      expect(locking.flatMap(joinedAgain)).not.toContain("Append");
    },
  );
});

describe.each(STATEMENTS.filter(({ name }) => !LOOKING_ROUND.has(name)))("$name", ({ name }) => {
  test.each([
    ["in an empty database", () => empty],
    ["in a full one", () => full],
  ])("goes to the rows it names and passes no others, planned %s", async (_, client) => {
    const plan = await planOf(client(), name);
    expect([plan, ...inside(plan)].filter(passesAll).map(nameOf)).toEqual([]);
  });
});

describe("with fifty thousand executions asleep, at several priorities", () => {
  /** Ten rows and their entries in six indexes. */
  const PAGES_OF_TEN = 600;

  test.each([
    ["what is due is claimed", "durable_claim", `'w', 't', '[{"name": "default", "limit": 10}]'`],
    ["the next timer is found", "durable_next_wake", "'{default}', now()"],
    ["what waits is counted", "durable_backlogs", "'{default}'"],
  ])("%s without passing them", async (_what, name, parameters) => {
    for (const client of [empty, rested, full]) {
      await client.query("BEGIN");
      expect(await pagesOf(client, name, parameters)).toBeLessThan(FEW_PAGES);
      await client.query("ROLLBACK");
    }
  });

  test("a claim passes none of those that are due when they are more than it takes, whenever it was planned", async () => {
    for (const client of [empty, rested, full]) {
      await client.query("BEGIN");
      await client.query(
        "UPDATE durable.executions SET wake_at = created_at WHERE kind = 'root' AND wake_at IS NOT NULL",
      );
      expect(await pagesOf(client, "durable_claim", `'w', 't', '[{"name": "default", "limit": 10}]'`)).toBeLessThan(
        PAGES_OF_TEN,
      );
      await client.query("ROLLBACK");
    }
  });
});

test("a page of the list is read from where it begins, the newest first", async () => {
  const page = (after: string) =>
    `${Array.from({ length: 5 }, () => "NULL").join()}, false, NULL, NULL, NULL, ${after}, 50`;
  for (const client of [empty, rested, full]) {
    expect(await pagesOf(client, "durable_list", page("NULL"))).toBeLessThan(60);
    expect(await pagesOf(client, "durable_list", page("'s10000'"))).toBeLessThan(60);
  }
});

test("a checkpoint changes nothing that an index has, so that it is a HOT update", async () => {
  await full.query(
    `INSERT INTO durable.executions (root_id, id, logical_id, kind, module, workflow, queue, priority, input, data, status,
       resume_key, created_at, owner, epoch)
     VALUES ('hot', 'hot', 'hot', 'root', 'M', 'w', 'hot', 0, '{}', '{}', 'running', 'k', now(), 'w', 1)`,
  );
  const now = new Date().toISOString();
  const record = {
    ...{
      n: 0,
      rootId: "hot",
      id: "hot",
      epoch: 1,
      seq: 0,
      status: "running",
      state: "b",
      resumeKey: "l",
      data: { a: 1 },
    },
    ...{ of: "a", step: "a", kind: "step", attempt: 1, startedAt: now, endedAt: now },
  };
  await full.query("BEGIN");
  const before = await updatesOf(full);
  await full.query(`EXECUTE durable_checkpoint('${JSON.stringify([record])}')`);
  const after = await updatesOf(full);
  await full.query("ROLLBACK");
  expect({ all: after.all - before.all, hot: after.hot - before.hot }).toEqual({ all: 1, hot: 1 });
});

describe("with eight thousand due that nobody has code for", () => {
  const UNMARKED = "SELECT FROM durable.executions WHERE resume_key = 'gone' AND unknown_code IS NULL";

  beforeAll(async () => {
    await full.query(
      "UPDATE durable.executions SET wake_at = created_at, resume_key = 'gone' WHERE wake_at IS NOT NULL AND priority = 0",
    );
  });

  test("marking them, some at once, comes to an end; then neither a claim nor the marking passes them", async () => {
    let left = (await full.query(UNMARKED)).rowCount!;
    expect(left).toBeGreaterThan(8000);
    while (left > 0) {
      await full.query("EXECUTE durable_mark_unknown_code");
      const now = (await full.query(UNMARKED)).rowCount!;
      expect(now).toBeLessThan(left);
      left = now;
    }
    await full.query("VACUUM durable.executions");
    for (const client of [empty, rested, full]) {
      expect(await pagesOf(client, "durable_claim", `'w', 't', '[{"name": "default", "limit": 10}]'`)).toBeLessThan(
        FEW_PAGES,
      );
      expect(await pagesOf(client, "durable_mark_unknown_code", "")).toBeLessThan(FEW_PAGES);
    }
  });
});

test("who waits for an event is claimed with the first that has come, without passing those behind it", async () => {
  await full.query(
    `INSERT INTO durable.executions (root_id, id, logical_id, kind, module, workflow, queue, priority, input, data, status,
       resume_key, created_at, wake_at, wait)
     VALUES ('m', 'm', 'm', 'root', 'M', 'w', 'mail', 0, '{}', '{}', 'pending', 'k', now(), now(),
       '{"on": "event", "mode": "one", "names": ["come"]}')`,
  );
  await full.query(
    `INSERT INTO durable.mailbox (root_id, logical_id, event_id, name, arrived_at)
     SELECT 'm', 'm', 'm' || n, 'come', now() FROM generate_series(1, 5000) n`,
  );
  for (const client of [empty, rested, full]) {
    await client.query("BEGIN");
    expect(await pagesOf(client, "durable_claim", `'w', 't', '[{"name": "mail", "limit": 10}]'`)).toBeLessThan(60);
    await client.query("ROLLBACK");
  }
});

/** A connection on which every statement is prepared, with the statistics that the tables have now. */
async function prepared(settings: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query("ANALYZE");
  await client.query(settings);
  for (const { name, text } of STATEMENTS) await client.query(`PREPARE ${name} AS ${text}`);
  return client;
}

/** The plan of a statement for whatever parameters. */
async function planOf(client: pg.Client, name: string): Promise<Plan> {
  const { rows: found } = await client.query<{ n: number }>(
    "SELECT cardinality(parameter_types) AS n FROM pg_prepared_statements WHERE name = $1",
    [name],
  );
  const parameters = Array.from({ length: found[0]!.n }, () => "NULL").join(", ");
  const { rows } = await client.query<Explained>(`EXPLAIN (FORMAT JSON) EXECUTE ${call(name, parameters)}`);
  return rows[0]!["QUERY PLAN"][0].Plan;
}

/** How many executions this connection has changed: since its numbers were last collected, which is never inside a transaction. */
async function updatesOf(client: pg.Client): Promise<{ readonly all: number; readonly hot: number }> {
  const { rows } = await client.query(
    `SELECT n_tup_upd::integer AS "all", n_tup_hot_upd::integer AS hot FROM pg_stat_xact_all_tables
     WHERE relid = 'durable.executions'::regclass`,
  );
  return rows[0];
}

/** How many pages a statement reads, which is run. */
async function pagesOf(client: pg.Client, name: string, parameters: string): Promise<number> {
  const { rows } = await client.query<Explained>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE ${call(name, parameters)}`,
  );
  const { "Shared Hit Blocks": hit, "Shared Read Blocks": read } = rows[0]!["QUERY PLAN"][0].Plan;
  return hit + read;
}

function call(name: string, parameters: string): string {
  return parameters === "" ? name : `${name}(${parameters})`;
}

function inside({ Plans = [] }: Plan): readonly Plan[] {
  return Plans.flatMap((plan) => [plan, ...inside(plan)]);
}

/** An insert waits for nobody's row. */
function locks({ "Node Type": type, Operation: operation }: Plan): boolean {
  return type === "LockRows" || (type === "ModifyTable" && operation !== "Insert");
}

/** What a row that has changed while the node waited for it is joined with again. */
function joinedAgain({ Plans = [] }: Plan): readonly string[] {
  const parts = Plans.filter((plan) => !["InitPlan", "SubPlan"].includes(plan["Parent Relationship"] ?? ""));
  return parts.flatMap((plan) => [plan["Node Type"], ...joinedAgain(plan)]);
}

/** Reads a table, or an index of it, from one end to the other. */
function passesAll({
  "Node Type": type,
  "Relation Name": table,
  "Index Name": index,
  "Index Cond": cond,
}: Plan): boolean {
  return (
    type.includes("Scan") && GROWING.includes(table ?? "") && cond === undefined && !SHORT_INDEXES.includes(index ?? "")
  );
}

function nameOf({ "Node Type": type, "Relation Name": table, "Index Name": index }: Plan): string {
  return `${type} of ${index ?? table}`;
}
