/**
 * Workers that stand still for longer than their lease and then go on, not knowing that others have taken over: nothing of
 * what they still do may count.
 */
import type { Handle } from "@durablec/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TESTPOINTS } from "../../runtime/testpoint.ts";
import { broken } from "./evidence.ts";
import { type Ordering, openOrdering } from "./ordering.ts";
import type { WorkerOptions } from "./processes.ts";
import { expectedChildren, expectedResult } from "./workflows.ts";

let here: Ordering;

beforeAll(async () => {
  here = await openOrdering();
});

afterAll(() => here?.close());

async function treeOf({ id }: Handle<unknown>): Promise<readonly string[]> {
  const { rows } = await here.client.query("SELECT id FROM durable.executions WHERE root_id = $1", [id]);
  for (const row of rows) await here.durable.ended(row.id);
  return rows.map((row) => row.id).sort();
}

/** All that the database has of an order: rows, history, events. */
async function recordOf({ id }: Handle<unknown>): Promise<unknown> {
  const found: unknown[] = [];
  for (const table of ["executions", "history", "mailbox", "inputs"]) {
    const rows = `SELECT to_jsonb(t) AS row FROM durable.${table} t WHERE root_id = $1 ORDER BY to_jsonb(t)`;
    found.push((await here.client.query(rows, [id])).rows);
  }
  return found;
}

const segments = ["validate", "pay", "label", "pick@sleep", "gather@event:invoice,receipt"];
const points = Object.keys(TESTPOINTS).filter((name) => name !== "before-release");

test.each<readonly [string, WorkerOptions]>([
  ...segments.map((name) => [`inside the segment ${name}`, { stopsIn: name }] as const),
  ...points.map((name) => [`at ${name}`, { armed: `${name}:1:SIGSTOP` }] as const),
])("a worker stopped %s past its lease commits nothing when it goes on", async (_where, how) => {
  const run = await here.ordered(7);
  const zombie = here.spawn(how);
  await zombie.stopped();
  const heir = here.spawn();
  expect(await run.result({ timeoutMs: 60_000 })).toEqual(expectedResult(7));
  const tree = await treeOf(run);
  const recorded = await recordOf(run);
  await heir.end("SIGKILL");

  zombie.signal("SIGCONT");
  // Nobody else is there: when the next order is through, the zombie has tried what it had left to do.
  const next = await here.ordered(8);
  expect(await next.result({ timeoutMs: 60_000 })).toEqual(expectedResult(8));
  expect(await treeOf(run)).toEqual(tree);
  expect(await recordOf(run)).toEqual(recorded);
  const children = await here.durable.listChildren(run.id);
  expect(Object.fromEntries(children.map(({ ref, status }) => [ref, status]))).toEqual(expectedChildren);
  await treeOf(next);
  expect(await broken(here.client)).toEqual([]);
  await zombie.end("SIGKILL");
});
