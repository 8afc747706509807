/** Table 1: workflows of 1, 10 and 100 effectful steps, one worker. */

import type { Effort, Work } from "../engines/engine.ts";
import { type HostedEngine, hosted } from "../engines/hosted.ts";
import { type Contestant, DURABLE, PEERS, QUEUES } from "../engines/peers.ts";
import type { Bench, Cell, Part, Table } from "../harness/bench.ts";
import { type Counts, counted } from "../harness/counts.ts";
import { yardstick } from "../harness/pgbench.ts";
import { interleaved } from "../harness/rounds.ts";
import { type Measured, measured } from "../harness/statistics.ts";
import { buildMachines } from "../workflows/machines.ts";

export const POOL_SIZE = 10;

interface Load {
  readonly concurrency: number;
  readonly steps: number;
  /** Steps of one round for an engine that does a thousand a second; others do as many as their speed allows. */
  readonly executions: number;
}

const LOADS: readonly Load[] = [
  { concurrency: 1, steps: 100, executions: 10 },
  { concurrency: 32, steps: 1, executions: 3000 },
  { concurrency: 32, steps: 10, executions: 1000 },
  { concurrency: 32, steps: 100, executions: 300 },
];

export const sequential: Part = {
  name: "sequential",
  about: "workflows of 1, 10 and 100 steps, one worker",
  run: async (bench) => {
    await buildMachines();
    for (const load of LOADS) await measure(bench, load);
  },
};

async function measure(bench: Bench, load: Load): Promise<void> {
  const postgres = await bench.postgres();
  const pgbench = await yardstick(postgres);
  const { concurrency, steps } = load;
  const contestants = [DURABLE, ...PEERS, ...(steps === 1 ? QUEUES : [])];
  const engines = new Map<string, HostedEngine>();
  const executions = (c: Contestant) => Math.ceil(load.executions / (c === DURABLE ? 1 : 4) / (bench.quick ? 4 : 1));
  const workOf = (contestant: Contestant): Work => ({ kind: "chain", steps, executions: executions(contestant) });
  for (const contestant of contestants) engines.set(contestant.name, await hosted(contestant.module));
  const optionsOf = async ({ name }: Contestant) => ({
    url: await postgres.database(name),
    concurrency,
    poolSize: POOL_SIZE,
  });
  const once = async (contestant: Contestant, work: Work): Promise<Effort> => {
    const engine = engines.get(contestant.name)!;
    await engine.open(await optionsOf(contestant));
    const effort = await engine.run(work);
    await engine.close();
    bench.say(
      `  ${contestant.name}: ${work.executions} × ${steps} in ${Math.round(effort.ms)} ms, ${Math.round(effort.cpuMs)} ms CPU`,
    );
    return effort;
  };
  for (const contestant of contestants) await once(contestant, workOf(contestant));
  const rounds = bench.quick ? 2 : 5;
  const yard: number[] = [];
  const efforts = await interleaved(rounds, contestants, async (contestant) => {
    if (contestant === DURABLE && pgbench !== null) yard.push(await pgbench.measure(concurrency, bench.quick ? 2 : 5));
    return once(contestant, workOf(contestant));
  });
  const counts = new Map<string, Counts>();
  for (const contestant of contestants) {
    const { url } = await optionsOf(contestant);
    counts.set(contestant.name, await counted(url, () => once(contestant, workOf(contestant))));
  }
  for (const engine of engines.values()) engine.end();

  const rateOf = ({ name }: Contestant): Measured =>
    measured(
      efforts.get(name)!.map(({ ms }) => (executions(contestants.find((c) => c.name === name)!) * steps * 1000) / ms),
    );
  const rows = contestants.map((contestant): readonly Cell[] => {
    const total = executions(contestant) * steps;
    const { statements, walBytes } = counts.get(contestant.name)!;
    const cpu = measured(efforts.get(contestant.name)!.map(({ cpuMs }) => (cpuMs * 1000) / total));
    const rate = rateOf(contestant);
    return [contestant.name, rate, rate.median / steps, statements / total, walBytes / total, cpu.median];
  });
  const yardRow: readonly Cell[][] = yard.length === 0 ? [] : [["pgbench", measured(yard), null, 1, null, null]];
  const table: Table = {
    id: `sequential-${steps}-at-${concurrency}`,
    title: `${steps} ${steps === 1 ? "step" : "steps"} one after the other, ${concurrency} at once`,
    columns: ["", "steps/s", "executions/s", "statements/step", "WAL bytes/step", "client CPU µs/step"],
    rows: [...rows, ...yardRow],
    chart: { columns: ["steps/s"], unit: "steps/s", scale: "log" },
  };
  bench.table(table);
  const perStep = counts.get(DURABLE.name)!.statements / (executions(DURABLE) * steps);
  goals(bench, load, rateOf, perStep, yard);
}

function goals(
  bench: Bench,
  { concurrency, steps }: Load,
  rateOf: (contestant: Contestant) => Measured,
  perStep: number,
  yard: readonly number[],
): void {
  if (steps !== 100) return;
  if (concurrency === 1) bench.goal("statements_per_step", perStep);
  const ours = rateOf(DURABLE).median;
  if (concurrency === 32 && yard.length > 0) bench.goal("steps_vs_pgbench", ours / measured(yard).median);
  if (concurrency === 32 && PEERS.length > 0) {
    bench.goal(
      "steps_vs_best_peer",
      ours / Math.max(...PEERS.filter((p) => p.checkpoints).map((p) => rateOf(p).median)),
    );
  }
}
