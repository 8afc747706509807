/** Table 1: workflows of 1, 10 and 100 effectful steps, one worker. */
import type { Batch } from "../engines/engine.ts";
import { type Contestant, DURABLE, PEERS, QUEUES } from "../engines/peers.ts";
import type { Bench, Cell, Part } from "../harness/bench.ts";
import { yardstick } from "../harness/pgbench.ts";
import { measured } from "../harness/statistics.ts";
import { buildMachines } from "../workflows/machines.ts";
import { contest, type Score } from "./contest.ts";

interface Shape {
  readonly concurrency: number;
  readonly steps: number;
  /** Of one round; peers are given a part of it, so that a round takes about as long for each. */
  readonly executions: number;
  readonly peersShare: number;
}

const SHAPES: readonly Shape[] = [
  { concurrency: 1, steps: 100, executions: 30, peersShare: 1 / 6 },
  { concurrency: 32, steps: 1, executions: 6000, peersShare: 1 / 6 },
  { concurrency: 32, steps: 10, executions: 2000, peersShare: 1 / 20 },
  { concurrency: 32, steps: 100, executions: 400, peersShare: 1 / 20 },
];

export const sequential: Part = {
  name: "sequential",
  about: "workflows of 1, 10 and 100 steps, one worker",
  run: async (bench) => {
    await buildMachines();
    for (const shape of SHAPES) await measure(bench, shape);
  },
};

async function measure(bench: Bench, { concurrency, steps, executions, peersShare }: Shape): Promise<void> {
  const pgbench = await yardstick(await bench.postgres());
  const transactions: number[] = [];
  const workOf = (contestant: Contestant): Batch => {
    const share = (contestant === DURABLE ? 1 : peersShare) * (bench.quick ? 1 / 8 : 1);
    return { kind: "chain", steps, executions: Math.max(2, Math.round(executions * share)) };
  };
  const scores = await contest(bench, {
    contestants: [DURABLE, ...PEERS, ...(steps === 1 ? QUEUES : [])],
    concurrency,
    workOf,
    unitsOf: (work) => work.executions * steps,
    rounds: bench.quick ? 2 : 4,
    between: async () => {
      if (pgbench !== null) transactions.push(await pgbench.measure(concurrency, bench.quick ? 1 : 3));
    },
  });
  const rows = [...scores].map(([name, score]) => rowOf(name, score, steps));
  if (transactions.length > 0) rows.push(["pgbench", measured(transactions), null, 1, null, null]);
  bench.table({
    id: `sequential-${steps}-at-${concurrency}`,
    title: `${steps} ${steps === 1 ? "step" : "steps"} one after the other, ${concurrency} at once`,
    columns: ["", "steps/s", "executions/s", "statements/step", "WAL bytes/step", "own CPU µs/step"],
    rows,
    chart: { columns: ["steps/s"], unit: "steps/s", scale: "log" },
  });
  if (steps === 100) setGoals(bench, concurrency, scores, transactions);
}

function rowOf(name: string, { perSecond, statements, walBytes, cpuMicros }: Score, steps: number): Cell[] {
  return [name, perSecond, perSecond.median / steps, statements, walBytes, cpuMicros.median];
}

function setGoals(
  bench: Bench,
  concurrency: number,
  scores: ReadonlyMap<string, Score>,
  transactions: readonly number[],
): void {
  const ours = scores.get(DURABLE.name)!;
  if (concurrency === 1) {
    bench.goal("statements_per_step", ours.statements);
    return;
  }
  const best = Math.max(...PEERS.map(({ name }) => scores.get(name)!.perSecond.median));
  bench.goal("steps_vs_best_peer", ours.perSecond.median / best);
  if (transactions.length > 0) bench.goal("steps_vs_pgbench", ours.perSecond.median / measured(transactions).median);
}
