/** pg-boss: jobs, fetched and completed a batch at a time; the shortest time between two looks that it allows. */
import pg from "pg";
import PgBoss from "pg-boss";
import { type Data, type Engine, INPUT } from "../engines/engine.ts";
import { until } from "../engines/start-all.ts";
import { touch } from "../workflows/work.ts";

const QUEUE = "touch";
const BUSY = "SELECT EXISTS (SELECT FROM pgboss.job WHERE name = 'touch' AND state < 'completed') AS busy";

let boss: PgBoss;
let look: pg.Client;

export const engine: Engine = {
  open: async ({ url, concurrency, poolSize }) => {
    boss = new PgBoss({ connectionString: url, max: poolSize });
    await boss.start();
    await boss.createQueue(QUEUE);
    await boss.work<Data>(QUEUE, { batchSize: concurrency, pollingIntervalSeconds: 0.5 }, async (jobs) => {
      await Promise.all(jobs.map(({ data }) => touch(data.n)));
    });
    look = new pg.Client({ connectionString: url });
    await look.connect();
  },
  run: async (work) => {
    if (work.kind !== "chain" || work.steps !== 1) throw new Error("a job is the whole story here");
    const { executions } = work;
    await boss.insert(Array.from({ length: executions }, () => ({ name: QUEUE, data: INPUT })));
    await until(async () => !(await look.query<{ busy: boolean }>(BUSY)).rows[0]!.busy, 10);
  },
  close: async () => {
    await boss.stop({ graceful: true, wait: true });
    await look.end();
  },
};
