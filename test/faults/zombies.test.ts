/**
 * Workers that stand still for longer than their lease and then go on, not knowing that others have taken over: nothing of
 * what they still do may count.
 */
import { createDurable, type Durable, type Handle, type Machine } from "@durablec/runtime";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TESTPOINTS } from "../../runtime/testpoint.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { sendEvents } from "./events.ts";
import { broken } from "./evidence.ts";
import { openWorkshop, type WorkerOptions, type Workshop } from "./processes.ts";
import { compileWorkflows, expectedChildren, expectedResult, loadWorkflows } from "./workflows.ts";

let database: TestDatabase;
let durable: Durable;
let workshop: Workshop;
let client: pg.Client;
let Order: Machine;

beforeAll(async () => {
  const paths = await compileWorkflows();
  const [machines, empty, opened] = await Promise.all([loadWorkflows(paths), testDatabase(), openWorkshop(paths)]);
  Order = machines.Order;
  database = empty;
  workshop = opened;
  durable = await createDurable({ database: database.url, workflows: [Order] });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await durable?.close();
  await client?.end();
  await workshop?.close();
  await database?.drop();
});

async function ordered(total: number): Promise<Handle<unknown>> {
  const run = await durable.start(Order, { total });
  await sendEvents(durable, run.id, total);
  return run;
}

async function treeOf({ id }: Handle<unknown>): Promise<readonly string[]> {
  const { rows } = await client.query("SELECT id FROM durable.executions WHERE root_id = $1", [id]);
  for (const row of rows) await durable.ended(row.id);
  return rows.map((row) => row.id).sort();
}

/** All that the database has of an order: rows, history, events. */
async function recordOf({ id }: Handle<unknown>): Promise<unknown> {
  const found: unknown[] = [];
  for (const table of ["executions", "history", "mailbox", "inputs"]) {
    const rows = `SELECT to_jsonb(t) AS row FROM durable.${table} t WHERE root_id = $1 ORDER BY to_jsonb(t)`;
    found.push((await client.query(rows, [id])).rows);
  }
  return found;
}

const segments = ["validate", "pay", "label", "pick@sleep", "gather@event:invoice,receipt"];
const points = Object.keys(TESTPOINTS).filter((name) => name !== "before-release");

test.each<readonly [string, WorkerOptions]>([
  ...segments.map((name) => [`inside the segment ${name}`, { stopsIn: name }] as const),
  ...points.map((name) => [`at ${name}`, { armed: `${name}:1:SIGSTOP` }] as const),
])("a worker stopped %s past its lease commits nothing when it goes on", async (_where, how) => {
  const run = await ordered(7);
  const zombie = workshop.spawn(database.url, how);
  await zombie.stopped();
  const heir = workshop.spawn(database.url);
  expect(await run.result({ timeoutMs: 60_000 })).toEqual(expectedResult(7));
  const tree = await treeOf(run);
  const recorded = await recordOf(run);
  await heir.end("SIGKILL");

  zombie.signal("SIGCONT");
  // Nobody else is there: when the next order is through, the zombie has tried what it had left to do.
  const next = await ordered(8);
  expect(await next.result({ timeoutMs: 60_000 })).toEqual(expectedResult(8));
  expect(await treeOf(run)).toEqual(tree);
  expect(await recordOf(run)).toEqual(recorded);
  const children = await durable.listChildren(run.id);
  expect(Object.fromEntries(children.map(({ ref, status }) => [ref, status]))).toEqual(expectedChildren);
  await treeOf(next);
  expect(await broken(client)).toEqual([]);
  await zombie.end("SIGKILL");
});
