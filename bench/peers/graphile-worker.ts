/** graphile-worker: jobs, gone when they are done. */
import { makeWorkerUtils, type Runner, run } from "graphile-worker";
import pg from "pg";
import { type Data, type Engine, INPUT } from "../engines/engine.ts";
import { until } from "../engines/start-all.ts";
import { touch } from "../workflows/work.ts";

const BUSY = "SELECT EXISTS (SELECT FROM graphile_worker._private_jobs) AS busy";

let runner: Runner;
let look: pg.Client;
let utils: Awaited<ReturnType<typeof makeWorkerUtils>>;

export const engine: Engine = {
  open: async ({ url, concurrency, poolSize }) => {
    utils = await makeWorkerUtils({ connectionString: url });
    await utils.migrate();
    const taskList = { touch: async (payload: unknown) => void (await touch((payload as Data).n)) };
    const quiet = { noHandleSignals: true, crontab: "" };
    runner = await run({ connectionString: url, concurrency, maxPoolSize: poolSize, taskList, ...quiet });
    look = new pg.Client({ connectionString: url });
    await look.connect();
  },
  run: async (work) => {
    if (work.kind !== "chain" || work.steps !== 1) throw new Error("a job is the whole story here");
    const { executions } = work;
    await utils.addJobs(Array.from({ length: executions }, () => ({ identifier: "touch", payload: INPUT })));
    await until(async () => !(await look.query<{ busy: boolean }>(BUSY)).rows[0]!.busy, 10);
  },
  close: async () => {
    await runner.stop();
    await utils.release();
    await look.end();
  },
};
