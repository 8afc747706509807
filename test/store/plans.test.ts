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

/** What has ended, so that the statistics know of nothing that is due, unread or unanswered. */
const ENDED = [
  `INSERT INTO durable.executions (root_id, id, logical_id, parent_id, kind, module, workflow, queue, priority, input, data,
     status, created_at, ended_at)
   SELECT r, r || CASE WHEN n % 2 = 0 THEN '' ELSE 'c' END, r, CASE WHEN n % 2 = 1 THEN r END,
     CASE WHEN n % 2 = 0 THEN 'root' ELSE 'call' END, 'M', 'w', 'default', 0, '{}', '{}', 'completed', now(), now()
   FROM (SELECT n, 'e' || n / 2 AS r FROM generate_series(1, 20000) n) n`,
  `INSERT INTO durable.history (root_id, id, seq, n, state, step, kind, attempt, status, log, started_at, ended_at)
   SELECT 'e' || n, 'e' || n, 1, 0, 'a', 'a', 'step', 1, 'completed', '[]', now(), now() FROM generate_series(1, 5000) n`,
  `INSERT INTO durable.mailbox (root_id, logical_id, event_id, name, arrived_at, consumed_by)
   SELECT 'e' || n, 'e' || n, 'e' || n, 'go', now(), 'e' || n FROM generate_series(1, 5000) n`,
  `INSERT INTO durable.inputs (root_id, logical_id, id, seq, name, type, opened_at, response)
   SELECT 'e' || n, 'e' || n, 'e' || n, 1, 'ok', 'approval', now(), '{"value": 1}' FROM generate_series(1, 5000) n`,
];

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

/** A database with all of FILL, where every statement was planned at the given moment: statistics taken later plan anew. */
interface Planned {
  readonly when: string;
  readonly client: pg.Client;
  readonly database: TestDatabase;
}

let empty: Planned;
let rested: Planned;
let full: Planned;
const all = () => [empty, rested, full];

beforeAll(async () => {
  empty = await planned("while it was empty", [], [...WORKER, ...FILL]);
  rested = await planned("while nothing was due", ENDED, [...WORKER, ...FILL]);
  full = await planned("when it was full", [...ENDED, ...WORKER, ...FILL], []);
});
afterAll(async () => {
  for (const { client, database } of all()) {
    await client.end();
    await database.drop();
  }
});

/** What the client does in a transaction of the app's, on whose connection nothing is set. */
test.each(["durable_start", "durable_send_events", "durable_notify"])(
  "%s is too cheap to be compiled, even where the session's settings are not ours",
  async (name) => {
    const lent = await prepared(full.database, "SET plan_cache_mode = force_generic_plan");
    expect((await planOf(lent, name))["Total Cost"]).toBeLessThan(JIT_ABOVE_COST);
    await lent.end();
  },
);

describe.each(STATEMENTS)("$name", ({ name }) => {
  test("joins no row that it locks with a UNION ALL: such a row is lost when another changes it meanwhile", async () => {
    for (const { when, client } of all()) {
      const plan = await planOf(client, name);
      const locking = [plan, ...inside(plan)].filter(locks);
      expect(locking.flatMap(joinedAgain), `planned ${when}`).not.toContain("Append");
    }
  });
});

describe.each(STATEMENTS.filter(({ name }) => !LOOKING_ROUND.has(name)))("$name", ({ name }) => {
  test("goes to the rows it names and passes no others", async () => {
    for (const { when, client } of all()) {
      const plan = await planOf(client, name);
      expect([plan, ...inside(plan)].filter(passesAll).map(nameOf), `planned ${when}`).toEqual([]);
    }
  });
});

describe("with fifty thousand executions asleep, at several priorities", () => {
  const CLAIM = `'w', 't', '[{"name": "default", "limit": 10}]'`;
  /** Ten rows and their entries in six indexes. */
  const PAGES_OF_TEN = 600;

  test.each([
    ["what is due is claimed", "durable_claim", CLAIM],
    ["the next timer is found", "durable_next_wake", "'{default}', now()"],
    ["what waits is counted", "durable_backlogs", "'{default}'"],
  ])("%s without passing them", async (_what, name, parameters) => {
    await expectFewPages(name, parameters, FEW_PAGES);
  });

  test("a page of the list is read from where it begins, the newest first", async () => {
    const page = (after: string) =>
      `${Array.from({ length: 5 }, () => "NULL").join()}, false, NULL, NULL, NULL, ${after}, 50`;
    await expectFewPages("durable_list", page("NULL"), 60);
    await expectFewPages("durable_list", page("'s10000'"), 60);
  });

  test("a claim passes none of those that are due when they are more than it takes", async () => {
    await expectFewPages("durable_claim", CLAIM, PAGES_OF_TEN, [
      "UPDATE durable.executions SET wake_at = created_at WHERE kind = 'root' AND wake_at IS NOT NULL",
    ]);
  });
});

test("who waits for an event is claimed with the first that has come, without passing those behind it", async () => {
  await expectFewPages("durable_claim", `'w', 't', '[{"name": "mail", "limit": 10}]'`, 60, [
    `INSERT INTO durable.executions (root_id, id, logical_id, kind, module, workflow, queue, priority, input, data, status,
       resume_key, created_at, wake_at, wait)
     VALUES ('m', 'm', 'm', 'root', 'M', 'w', 'mail', 0, '{}', '{}', 'pending', 'k', now(), now(),
       '{"on": "event", "mode": "one", "names": ["come"]}')`,
    `INSERT INTO durable.mailbox (root_id, logical_id, event_id, name, arrived_at)
     SELECT 'm', 'm', 'm' || n, 'come', now() FROM generate_series(1, 5000) n`,
  ]);
});

test("a checkpoint changes nothing that an index has, so that it is a HOT update", async () => {
  const { client } = full;
  await client.query(
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
  await rolledBack(client, async () => {
    const before = await updatesOf(client);
    await client.query(`EXECUTE durable_checkpoint('${JSON.stringify([record])}')`);
    const after = await updatesOf(client);
    expect({ all: after.all - before.all, hot: after.hot - before.hot }).toEqual({ all: 1, hot: 1 });
  });
});

test("eight thousand that nobody has code for are marked, some at once; then neither a claim nor the marking passes them", async () => {
  const { client } = full;
  const leftOver = async () =>
    (await client.query("SELECT FROM durable.executions WHERE resume_key = 'gone' AND unknown_code IS NULL")).rowCount!;
  await client.query(
    "UPDATE durable.executions SET wake_at = created_at, resume_key = 'gone' WHERE wake_at IS NOT NULL AND priority = 0",
  );
  let left = await leftOver();
  expect(left).toBeGreaterThan(8000);
  while (left > 0) {
    await client.query("EXECUTE durable_mark_unknown_code");
    const now = await leftOver();
    expect(now).toBeLessThan(left);
    left = now;
  }
  await client.query("VACUUM durable.executions");
  expect(await pagesOf(client, "durable_claim", `'w', 't', '[{"name": "default", "limit": 10}]'`)).toBeLessThan(
    FEW_PAGES,
  );
  expect(await pagesOf(client, "durable_mark_unknown_code", "")).toBeLessThan(FEW_PAGES);
});

/** A database of its own, because what is rolled back leaves its pages to those who read next. */
async function planned(when: string, before: readonly string[], after: readonly string[]): Promise<Planned> {
  const database = await testDatabase();
  const client = await prepared(database, SET_PLANNING, before);
  for (const { name } of STATEMENTS) await planOf(client, name);
  for (const text of after) await client.query(text);
  return { when, client, database };
}

/** Runs a statement once in each of the databases, after the changes, and takes all of it back. */
async function expectFewPages(name: string, parameters: string, limit: number, changes: readonly string[] = []) {
  for (const { when, client } of all()) {
    await rolledBack(client, async () => {
      for (const change of changes) await client.query(change);
      expect(await pagesOf(client, name, parameters), `planned ${when}`).toBeLessThan(limit);
    });
  }
}

async function rolledBack(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query("BEGIN");
  try {
    await work();
  } finally {
    await client.query("ROLLBACK");
  }
}

/** A connection on which every statement is prepared, after the changes and with their statistics; there are none when nothing has changed. */
async function prepared(database: TestDatabase, settings: string, changes: readonly string[] = []): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // Statistics that are taken now and then would plan anew, and pages be freed.
  for (const table of GROWING) await client.query(`ALTER TABLE durable.${table} SET (autovacuum_enabled = false)`);
  for (const change of changes) await client.query(change);
  if (changes.length > 0) await client.query("ANALYZE");
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
