/** DBOS Transact: a workflow runs in the process that starts it, each step's result is a row. */
import { DBOS } from "@dbos-inc/dbos-sdk";
import { type Data, type Engine, INPUT, type Work } from "../engines/engine.ts";
import { startAll } from "../engines/start-all.ts";
import { touch } from "../workflows/work.ts";

const chain = DBOS.registerWorkflow(
  async (input: Data, steps: number): Promise<Data> => {
    let data = input;
    for (let n = 0; n < steps; n++) data = await DBOS.runStep(() => touched(data), { name: `step_${n + 1}` });
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

let atOnce = 1;

export const engine: Engine = {
  open: async ({ url, concurrency, poolSize }) => {
    atOnce = concurrency;
    const quiet = { logLevel: "error", runAdminServer: false };
    DBOS.setConfig({ name: "bench", systemDatabaseUrl: url, systemDatabasePoolSize: poolSize, ...quiet });
    await DBOS.launch();
  },
  run: (work) =>
    startAll(work.executions, atOnce, async () => {
      const handle = await start(work);
      await handle.getResult();
    }),
  close: () => DBOS.shutdown(),
};

function start(work: Work): Promise<{ getResult(): Promise<unknown> }> {
  if (work.kind === "chain") return DBOS.startWorkflow(chain)(INPUT, work.steps);
  if (work.kind === "child") return DBOS.startWorkflow(child)(INPUT);
  return DBOS.startWorkflow(fan)(INPUT, work.children);
}

async function touched(data: Data): Promise<Data> {
  return { ...data, n: await touch(data.n) };
}
