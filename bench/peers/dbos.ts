/** DBOS Transact: a workflow runs in the process that starts it, each step's result is a row. */
import { DBOS, DBOSClient } from "@dbos-inc/dbos-sdk";
import { type Batch, type Data, type Engine, INPUT } from "../engines/engine.ts";
import { startAll, until } from "../engines/start-all.ts";
import { touch, touched } from "../workflows/work.ts";

const chain = DBOS.registerWorkflow(
  async (input: Data, steps: number): Promise<Data> => {
    let data = input;
    for (let n = 0; n < steps; n++) data = await DBOS.runStep(() => withTouch(data), { name: `step_${n + 1}` });
    return data;
  },
  { name: "chain" },
);

const child = DBOS.registerWorkflow(
  async (input: Data): Promise<Data> => {
    const handle = await DBOS.startWorkflow(chain)(input, 1);
    return await handle.getResult();
  },
  { name: "child" },
);

const fan = DBOS.registerWorkflow(
  async (input: Data, children: number): Promise<number> => {
    const handles = [];
    for (let n = 0; n < children; n++) handles.push(await DBOS.startWorkflow(chain)(input, 1));
    for (const handle of handles) await handle.getResult();
    return handles.length;
  },
  { name: "fan" },
);

/** Its steps are called again by nobody, but its code runs from the top. */
const history = DBOS.registerWorkflow(
  async (input: Data, steps: number): Promise<void> => {
    let data = input;
    for (let n = 0; n < steps; n++) data = await DBOS.runStep(() => withTouch(data), { name: `step_${n + 1}` });
    await DBOS.setEvent("waits", true);
    await DBOS.recv("go", 3600);
    await DBOS.runStep(() => withTouch(input), { name: "after" });
  },
  { name: "history" },
);

let atOnce = 1;
let at = "";
let last = "";

export const engine: Engine = {
  open: async ({ url, concurrency, poolSize }) => {
    atOnce = concurrency;
    at = url;
    const quiet = { logLevel: "error", runAdminServer: false };
    DBOS.setConfig({ name: "bench", systemDatabaseUrl: url, systemDatabasePoolSize: poolSize, ...quiet });
    await DBOS.launch();
  },
  run: async (work) => {
    if (work.kind === "history") return await upToTheWait(work.steps);
    if (work.kind === "leave") return await leave();
    if (work.kind === "go") return await until(() => touched() > 0, 1);
    await startAll(work.executions, atOnce, async () => {
      const handle = await start(work);
      await handle.getResult();
    });
  },
  close: () => DBOS.shutdown(),
};

async function upToTheWait(steps: number): Promise<void> {
  const handle = await DBOS.startWorkflow(history)(INPUT, steps);
  last = handle.workflowID;
  await DBOS.getEvent(last, "waits", 3600);
}

async function leave(): Promise<void> {
  await DBOS.shutdown();
  const client = await DBOSClient.create({ systemDatabaseUrl: at });
  await client.send(last, {}, "go");
  await client.destroy();
}

function start(work: Batch): Promise<{ getResult(): Promise<unknown> }> {
  if (work.kind === "chain") return DBOS.startWorkflow(chain)(INPUT, work.steps);
  if (work.kind === "child") return DBOS.startWorkflow(child)(INPUT);
  return DBOS.startWorkflow(fan)(INPUT, work.children);
}

async function withTouch(data: Data): Promise<Data> {
  return { ...data, n: await touch(data.n) };
}
