/** This repository's runtime. */
import { createDurable, type Durable, type Machine } from "@durablec/runtime";
import pg from "pg";
import { machine } from "../workflows/machines.ts";
import { type Engine, INPUT, type Work } from "./engine.ts";
import { startAll, until } from "./start-all.ts";

const STARTS_AT_ONCE = 32;

let durable: Durable;
let look: pg.Client;

/** Something has an owner or is due. */
const BUSY = `
SELECT EXISTS (SELECT FROM durable.executions WHERE owner IS NOT NULL)
  OR EXISTS (SELECT FROM durable.executions WHERE owner IS NULL AND wake_at IS NOT NULL AND kind <> 'inline')
  OR EXISTS (SELECT FROM durable.executions WHERE status = 'waiting') AS busy`;

export const engine: Engine = {
  open: async ({ url, concurrency, poolSize }) => {
    const workflows = await Promise.all(FILES.map(([file, name]) => machine(file, name)));
    durable = await createDurable({ database: url, workflows, poolSize });
    await durable.work({ queues: { default: { concurrency } } });
    look = new pg.Client({ connectionString: url });
    await look.connect();
  },
  run: async (work) => {
    const workflow = await workflowOf(work);
    await startAll(work.executions, STARTS_AT_ONCE, () => durable.start(workflow, INPUT));
    await until(async () => !(await look.query<{ busy: boolean }>(BUSY)).rows[0]!.busy, 10);
  },
  close: async () => {
    await look.end();
    await durable.close();
  },
};

const FILES = [
  ["chain1", "Chain1"],
  ["chain10", "Chain10"],
  ["chain100", "Chain100"],
  ["child", "Child"],
  ["fan100", "Fan100"],
] as const;

function workflowOf(work: Work): Promise<Machine> {
  if (work.kind === "chain") return machine(`chain${work.steps}`, `Chain${work.steps}`);
  return work.kind === "child" ? machine("child", "Child") : machine(`fan${work.children}`, `Fan${work.children}`);
}
