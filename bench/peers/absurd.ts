/** Absurd: a worker polls for tasks; each step is looked for among the task's checkpoints, and becomes one when it has been called. */
import { Absurd, type TaskContext } from "absurd-sdk";
import pg from "pg";
import { type Data, type Engine, INPUT } from "../engines/engine.ts";
import { startAll, until } from "../engines/start-all.ts";
import { touch, touched } from "../workflows/work.ts";
import { absurdSql } from "./absurd-sql.ts";

const STARTS_AT_ONCE = 32;

/** In seconds; at the default, 0.25, a child takes four times as long. */
const POLL_INTERVAL = 0.01;

/** A task may only await those of another queue, which has a worker of its own. */
const CHILDREN = "children";

const BUSY = "SELECT EXISTS (SELECT FROM absurd.r_default WHERE state IN ('pending', 'running', 'sleeping')) AS busy";

let pool: pg.Pool;
let parents: Absurd;
let children: Absurd;
let look: pg.Client;
let atOnce = 1;
let childrenAtWork = false;
let last = "";

export const engine: Engine = {
  open: async ({ url, concurrency, poolSize }) => {
    pool = new pg.Pool({ connectionString: url, max: poolSize });
    await install();
    parents = new Absurd({ db: pool });
    children = new Absurd({ db: pool, queueName: CHILDREN });
    define();
    await parents.createQueue();
    await children.createQueue();
    atOnce = concurrency;
    childrenAtWork = false;
    await work(parents);
    look = new pg.Client({ connectionString: url });
    await look.connect();
  },
  run: async (load) => {
    if (load.kind === "history") return await upToTheWait(load.steps);
    if (load.kind === "leave") return await leave();
    if (load.kind === "go") return await until(() => touched() > 0, 1);
    if (load.kind !== "chain") await letChildrenWork();
    const times = load.kind === "chain" ? load.steps : load.kind === "fan" ? load.children : 1;
    await startAll(load.executions, STARTS_AT_ONCE, () => parents.spawn<Input>(load.kind, { data: INPUT, times }));
    await until(async () => !(await look.query<{ busy: boolean }>(BUSY)).rows[0]!.busy, 10);
  },
  close: async () => {
    await parents.close();
    await children.close();
    await pool.end();
    await look.end();
  },
};

/** The SQL is for a database that has none of it yet. */
async function install(): Promise<void> {
  const { rows } = await pool.query<{ there: boolean }>("SELECT to_regnamespace('absurd') IS NOT NULL AS there");
  if (rows[0]!.there) return;
  const { path, text } = absurdSql()!;
  try {
    await pool.query(text);
  } catch (error) {
    await pool.end();
    throw new Error(`ABSURD_SQL does not load: ${path}: ${(error as Error).message}`);
  }
}

function work(queue: Absurd): Promise<unknown> {
  return queue.startWorker({ concurrency: atOnce, batchSize: atOnce, pollInterval: POLL_INTERVAL });
}

/** Only where there are any: a worker that finds nothing asks all the time. */
async function letChildrenWork(): Promise<void> {
  if (childrenAtWork) return;
  childrenAtWork = true;
  await work(children);
}

async function upToTheWait(steps: number): Promise<void> {
  const { taskID } = await parents.spawn<Input>("history", { data: INPUT, times: steps });
  last = taskID;
  await until(async () => (await parents.fetchTaskResult(taskID))!.state === "sleeping", 20);
}

/** Once nobody works, the event comes. */
async function leave(): Promise<void> {
  await parents.close();
  await parents.emitEvent(goFor(last), {});
  await engine.close();
}

interface Input {
  readonly data: Data;
  readonly times: number;
}

function define(): void {
  parents.registerTask({ name: "chain" }, chain);
  children.registerTask({ name: "chain" }, chain);
  parents.registerTask({ name: "child" }, async ({ data }: Input, ctx) => {
    return await resultOf(await spawnChild(data, ctx, "child"), ctx);
  });
  parents.registerTask({ name: "fan" }, async ({ data, times }: Input, ctx) => {
    const names = Array.from({ length: times }, (_, n) => `child_${n + 1}`);
    const all = await Promise.all(names.map((name) => spawnChild(data, ctx, name)));
    for (const taskID of all) await resultOf(taskID, ctx);
    return all.length;
  });
  parents.registerTask({ name: "history" }, async (input: Input, ctx) => {
    const data = await chain(input, ctx);
    await ctx.awaitEvent(goFor(ctx.taskID));
    return await ctx.step("after", () => withTouch(data));
  });
}

async function chain({ data, times }: Input, ctx: TaskContext): Promise<Data> {
  let result = data;
  for (let n = 0; n < times; n++) {
    const before = result;
    result = await ctx.step(`step_${n + 1}`, () => withTouch(before));
  }
  return result;
}

/** The key keeps a parent that is run again from having it twice. */
async function spawnChild(data: Data, ctx: TaskContext, name: string): Promise<string> {
  const idempotencyKey = `${ctx.taskID}:${name}`;
  const { taskID } = await children.spawn<Input>("chain", { data, times: 1 }, { idempotencyKey });
  return taskID;
}

async function resultOf(taskID: string, ctx: TaskContext): Promise<unknown> {
  const end = await ctx.awaitTaskResult(taskID, { queue: CHILDREN });
  if (end.state !== "completed") throw new Error(`a child has ${end.state}`);
  return end.result;
}

function goFor(taskID: string): string {
  return `go:${taskID}`;
}

async function withTouch(data: Data): Promise<Data> {
  return { ...data, n: await touch(data.n) };
}
