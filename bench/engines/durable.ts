/** This repository's runtime. */
import { createDurable, type Durable, type Machine, type Worker } from "@durablec/runtime";
import pg from "pg";
import { CLAIMABLE } from "../../runtime/store/postgres/timers.ts";
import { long } from "../workflows/long.ts";
import { machine } from "../workflows/machines.ts";
import { touched } from "../workflows/work.ts";
import { type Batch, type Engine, INPUT } from "./engine.ts";
import { startAll, until } from "./start-all.ts";

const STARTS_AT_ONCE = 32;

let durable: Durable;
let worker: Worker;
let look: Awaited<ReturnType<typeof lookingAt>>;

/** Something has an owner or is due; who waits for a child waits for what is. Both are partial indexes. */
const BUSY = `
SELECT EXISTS (SELECT FROM durable.executions WHERE owner IS NOT NULL)
  OR EXISTS (SELECT FROM durable.executions e WHERE ${CLAIMABLE}) AS busy`;

export const engine: Engine = {
  open: async ({ url, concurrency, poolSize }) => {
    const workflows = [...(await Promise.all(FILES.map(([file, name]) => machine(file, name)))), long];
    durable = await createDurable({ database: url, workflows, poolSize });
    worker = await durable.work({ queues: { default: { concurrency } } });
    look = await lookingAt(url);
  },
  run: async (work) => {
    if (work.kind === "history") return await upToTheWait(work.steps);
    if (work.kind === "leave") return await leave();
    if (work.kind === "go") return await until(() => touched() > 0, 1);
    const workflow = await workflowOf(work);
    await startAll(work.executions, STARTS_AT_ONCE, () => durable.start(workflow, INPUT));
    await until(async () => !(await look.busy()), 20);
  },
  close: async () => {
    await look.close();
    await durable.close();
  },
};

const FILES = [
  ["chain1", "Chain1"],
  ["chain10", "Chain10"],
  ["chain100", "Chain100"],
  ["child", "Child"],
  ["fan100", "Fan100"],
  ["nap", "Nap"],
] as const;

function workflowOf(work: Batch): Promise<Machine> {
  if (work.kind === "chain") return machine(`chain${work.steps}`, `Chain${work.steps}`);
  return work.kind === "child" ? machine("child", "Child") : machine(`fan${work.children}`, `Fan${work.children}`);
}

let last = "";

async function upToTheWait(steps: number): Promise<void> {
  const { id } = await durable.start(long, { ...INPUT, steps });
  last = id;
  await until(async () => (await durable.get(id))!.status === "waiting", 50);
}

/** The worker has stopped when the event comes. */
async function leave(): Promise<void> {
  await worker.stop();
  await durable.sendEvent(last, "go", {});
  await engine.close();
}

/** Whether something is under way: asked over a connection of its own; the embedded database has no other than its own. */
async function lookingAt(url: string): Promise<{ busy(): Promise<boolean>; close(): Promise<void> }> {
  if (url === "memory") {
    const busy = async () =>
      (await durable.counts()).some(
        ({ status }) => status === "pending" || status === "running" || status === "waiting",
      );
    return { busy, close: async () => {} };
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("SET enable_seqscan = off");
  const busy = async () => (await client.query<{ busy: boolean }>(BUSY)).rows[0]!.busy;
  return { busy, close: () => client.end() };
}
