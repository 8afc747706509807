/** One load, given to several engines in turns: how fast each is, and what it asks of the database. */
import type { Batch, Effort } from "../engines/engine.ts";
import { type HostedEngine, hosted } from "../engines/hosted.ts";
import type { Contestant } from "../engines/peers.ts";
import type { Bench } from "../harness/bench.ts";
import { type Counts, counted } from "../harness/counts.ts";
import { interleaved } from "../harness/rounds.ts";
import { type Measured, measured } from "../harness/statistics.ts";

/** Connections of every engine, as far as it lets one say so. */
export const POOL_SIZE = 10;

export interface Load {
  readonly contestants: readonly Contestant[];
  /** Executions at once. */
  readonly concurrency: number;
  readonly workOf: (contestant: Contestant) => Batch;
  /** What is counted: steps, calls, children. */
  readonly unitsOf: (work: Batch) => number;
  readonly rounds: number;
  /** Once a round, between the engines. */
  readonly between?: () => Promise<unknown>;
}

export interface Score {
  readonly perSecond: Measured;
  readonly cpuMicros: Measured;
  readonly statements: number;
  readonly walBytes: number;
}

/** By the contestants' names. */
export async function contest(bench: Bench, load: Load): Promise<ReadonlyMap<string, Score>> {
  const { contestants, workOf, unitsOf, concurrency } = load;
  const postgres = await bench.postgres();
  const engines = new Map<string, HostedEngine>();
  for (const { name, module } of contestants) engines.set(name, await hosted(module));
  const run = async (contestant: Contestant): Promise<Effort> => {
    const engine = engines.get(contestant.name)!;
    await engine.open({ url: await postgres.database(contestant.name), concurrency, poolSize: POOL_SIZE });
    const effort = await engine.run(workOf(contestant));
    await engine.close();
    const rate = Math.round((unitsOf(workOf(contestant)) * 1000) / effort.ms);
    bench.say(
      `  ${contestant.name}: ${rate}/s, ${Math.round(effort.ms)} ms, of which it computed ${Math.round(effort.cpuMs)}`,
    );
    return effort;
  };
  try {
    for (const contestant of contestants) await run(contestant);
    const efforts = await interleaved(load.rounds, contestants, async (contestant) => {
      if (contestant === contestants[0]) await load.between?.();
      return run(contestant);
    });
    const scores = new Map<string, Score>();
    for (const contestant of contestants) {
      const counts = await counted(await postgres.database(contestant.name), () => run(contestant));
      scores.set(contestant.name, scoreOf(efforts.get(contestant.name)!, counts, unitsOf(workOf(contestant))));
    }
    return scores;
  } finally {
    for (const engine of engines.values()) engine.end();
  }
}

function scoreOf(efforts: readonly Effort[], { statements, walBytes }: Counts, units: number): Score {
  return {
    perSecond: measured(efforts.map(({ ms }) => (units * 1000) / ms)),
    cpuMicros: measured(efforts.map(({ cpuMs }) => (cpuMs * 1000) / units)),
    statements: statements / units,
    walBytes: walBytes / units,
  };
}
