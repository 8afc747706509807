/** Table 7: the embedded database, PGlite, on the load of table 1. */
import { hosted } from "../engines/hosted.ts";
import { DURABLE } from "../engines/peers.ts";
import type { Cell, Part } from "../harness/bench.ts";
import { interleaved } from "../harness/rounds.ts";
import { measured } from "../harness/statistics.ts";
import { buildMachines } from "../workflows/machines.ts";
import { POOL_SIZE } from "./contest.ts";

const SHAPES = [
  { name: "1 step, 32 at once", steps: 1, executions: 600, concurrency: 32 },
  { name: "10 steps, 32 at once", steps: 10, executions: 200, concurrency: 32 },
  { name: "100 steps, 32 at once", steps: 100, executions: 40, concurrency: 32 },
  { name: "100 steps, 1 at once", steps: 100, executions: 5, concurrency: 1 },
];

export const embedded: Part = {
  name: "embedded",
  about: "the embedded database",
  run: async (bench) => {
    await buildMachines();
    const engine = await hosted(DURABLE.module);
    const rates = await interleaved(bench.quick ? 2 : 4, SHAPES, async ({ steps, executions, concurrency }) => {
      await engine.open({ url: "memory", concurrency, poolSize: POOL_SIZE });
      const work = { kind: "chain", steps, executions: bench.quick ? Math.ceil(executions / 4) : executions } as const;
      const { ms } = await engine.run(work);
      await engine.close();
      return (work.executions * steps * 1000) / ms;
    });
    engine.end();
    bench.table({
      id: "embedded",
      title: "Embedded PGlite, in memory",
      columns: ["", "steps/s"],
      rows: SHAPES.map(({ name }): Cell[] => [name, measured(rates.get(name)!.slice(1))]),
      note: "The first round is warm-up. It never calls fsync, and runs in the worker's own process.",
      chart: { columns: ["steps/s"], unit: "steps/s" },
    });
  },
};
