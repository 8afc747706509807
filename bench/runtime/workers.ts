/** Table 6: the same load on 1, 2, 4 and 8 worker processes. */
import type { HostedEngine } from "../engines/hosted.ts";
import { hosted } from "../engines/hosted.ts";
import { DURABLE } from "../engines/peers.ts";
import type { Part } from "../harness/bench.ts";
import { interleaved } from "../harness/rounds.ts";
import { measured } from "../harness/statistics.ts";
import { buildMachines } from "../workflows/machines.ts";
import { POOL_SIZE } from "./contest.ts";

const STEPS = 10;
const COUNTS = [1, 2, 4, 8].map((count) => ({ name: String(count), count }));

export const workers: Part = {
  name: "workers",
  about: "1, 2, 4 and 8 worker processes",
  run: async (bench) => {
    await buildMachines();
    const url = await (await bench.postgres()).database("workers");
    const executions = bench.quick ? 200 : 1500;
    const engines: HostedEngine[] = [];
    for (let n = 0; n < 8; n++) engines.push(await hosted(DURABLE.module));
    const rates = await interleaved(bench.quick ? 2 : 4, COUNTS, async ({ count }, round) => {
      const some = engines.slice(0, count);
      await Promise.all(some.map((engine) => engine.open({ url, concurrency: 32, poolSize: POOL_SIZE })));
      const { ms } = await some[0]!.run({ kind: "chain", steps: STEPS, executions });
      await Promise.all(some.map((engine) => engine.close()));
      bench.say(`  round ${round + 1}, ${count} workers: ${Math.round((executions * STEPS * 1000) / ms)} steps/s`);
      return (executions * STEPS * 1000) / ms;
    });
    for (const engine of engines) engine.end();
    bench.table({
      id: "workers",
      title: `Worker processes: ${STEPS} steps one after the other, 32 at once in each`,
      columns: ["processes", "steps/s"],
      rows: COUNTS.map(({ name }) => [name, measured(rates.get(name)!.slice(1))]),
      note: "The first round is warm-up. Postgres and all processes share the machine's cores.",
      chart: { columns: ["steps/s"], unit: "steps/s" },
    });
  },
};
