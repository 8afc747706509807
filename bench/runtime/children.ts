/** Table 2: a workflow that calls another and awaits it, and one that runs a hundred at the same time. */
import type { Batch } from "../engines/engine.ts";
import { type Contestant, DURABLE, PEERS } from "../engines/peers.ts";
import type { Bench, Part } from "../harness/bench.ts";
import { buildMachines } from "../workflows/machines.ts";
import { contest } from "./contest.ts";

const CONCURRENCY = 32;
const CHILDREN = 100;

export const children: Part = {
  name: "children",
  about: "calling one workflow, and running a hundred at once",
  run: async (bench) => {
    await buildMachines();
    const child = { kind: "child", executions: 1200 } as const;
    await measure(bench, "child", "A parent calls one child and awaits it", "calls/s", child, 1);
    const fan = { kind: "fan", children: CHILDREN, executions: 24 } as const;
    await measure(bench, "fan-out", "A parent runs 100 children at once and awaits them", "children/s", fan, CHILDREN);
  },
};

async function measure(
  bench: Bench,
  id: string,
  title: string,
  unit: string,
  work: Batch,
  units: number,
): Promise<void> {
  const workOf = (contestant: Contestant) => {
    const share = (contestant === DURABLE ? 1 : 1 / 8) * (bench.quick ? 1 / 4 : 1);
    return { ...work, executions: Math.max(1, Math.round(work.executions * share)) };
  };
  const scores = await contest(bench, {
    contestants: [DURABLE, ...PEERS],
    concurrency: CONCURRENCY,
    workOf,
    unitsOf: ({ executions }) => executions * units,
    rounds: bench.quick ? 1 : 3,
  });
  bench.table({
    id,
    title: `${title}, ${CONCURRENCY} at once`,
    columns: ["", unit, "statements", "WAL bytes", "own CPU µs"],
    rows: [...scores].map(([name, { perSecond, statements, walBytes, cpuMicros }]) => [
      name,
      perSecond,
      statements,
      walBytes,
      cpuMicros.median,
    ]),
    note: "Statements, WAL and CPU are for one child, its parent's part included.",
    chart: { columns: [unit], unit, scale: "log" },
  });
}
