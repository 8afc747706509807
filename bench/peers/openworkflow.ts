/** OpenWorkflow: a worker polls for runs; each step is an attempt that is created and then completed. */
import { OpenWorkflow } from "openworkflow";
import { BackendPostgres } from "openworkflow/postgres";
import pg from "pg";
import { type Data, type Engine, INPUT } from "../engines/engine.ts";
import { startAll, until } from "../engines/start-all.ts";
import { touch, touched } from "../workflows/work.ts";

const STARTS_AT_ONCE = 32;

const BUSY = `SELECT EXISTS (SELECT FROM openworkflow.workflow_runs WHERE status IN ('pending', 'running', 'sleeping')) AS busy`;

let backend: BackendPostgres;
let app: OpenWorkflow;
let worker: ReturnType<OpenWorkflow["newWorker"]>;
let workflows: ReturnType<typeof define>;
let look: pg.Client;

export const engine: Engine = {
  // Its pool has ten connections unless one builds it oneself: what all have here.
  open: async ({ url, concurrency }) => {
    backend = await BackendPostgres.connect(url);
    app = new OpenWorkflow({ backend });
    workflows = define(app);
    worker = app.newWorker({ concurrency });
    await worker.start();
    look = new pg.Client({ connectionString: url });
    await look.connect();
  },
  run: async (work) => {
    const { chain, child, fan, history } = workflows;
    if (work.kind === "history") {
      await history.run({ data: INPUT, times: work.steps });
      return await until(() => touched() === work.steps, 20);
    }
    if (work.kind === "leave") return await leave();
    if (work.kind === "go") return await until(() => touched() > 0, 1);
    await startAll(work.executions, STARTS_AT_ONCE, () => {
      if (work.kind === "chain") return chain.run({ data: INPUT, times: work.steps });
      return work.kind === "child"
        ? child.run({ data: INPUT, times: 1 })
        : fan.run({ data: INPUT, times: work.children });
    });
    await until(async () => !(await look.query<{ busy: boolean }>(BUSY)).rows[0]!.busy, 10);
  },
  close: async () => {
    await worker.stop();
    await look.end();
    await backend.stop();
  },
};

/** Once the wait is in the database and nobody works, the signal comes. */
async function leave(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  await worker.stop();
  await app.sendSignal({ signal: "go" });
  await look.end();
  await backend.stop();
}

interface Input {
  readonly data: Data;
  readonly times: number;
}

function define(to: OpenWorkflow) {
  const chain = to.defineWorkflow<Input, Data>({ name: "chain" }, async ({ input, step }) => {
    let data = input.data;
    for (let n = 0; n < input.times; n++) {
      const before = data;
      data = await step.run({ name: `step_${n + 1}` }, async () => ({ ...before, n: await touch(before.n) }));
    }
    return data;
  });
  const child = to.defineWorkflow<Input, Data>({ name: "child" }, ({ input, step }) =>
    step.runWorkflow<Input, Data>(chain.workflow.spec, { data: input.data, times: 1 }),
  );
  const fan = to.defineWorkflow<Input, number>({ name: "fan" }, async ({ input, step }) => {
    const names = Array.from({ length: input.times }, (_, n) => `child_${n + 1}`);
    const one = { data: input.data, times: 1 };
    const all = await Promise.all(
      names.map((name) => step.runWorkflow<Input, Data>(chain.workflow.spec, one, { name })),
    );
    return all.length;
  });
  const history = to.defineWorkflow<Input, Data>({ name: "history" }, async ({ input, step }) => {
    let data = input.data;
    for (let n = 0; n < input.times; n++) {
      const before = data;
      data = await step.run({ name: `step_${n + 1}` }, async () => ({ ...before, n: await touch(before.n) }));
    }
    await step.waitForSignal({ signal: "go" });
    return await step.run({ name: "after" }, async () => ({ ...data, n: await touch(data.n) }));
  });
  return { chain, child, fan, history };
}
