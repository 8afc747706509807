/** Table 4: what going on costs after a restart, against how much has happened before. */
import type { EngineOptions } from "../engines/engine.ts";
import { hosted } from "../engines/hosted.ts";
import { type Contestant, DURABLE, PEERS } from "../engines/peers.ts";
import type { Bench, Cell, Part } from "../harness/bench.ts";
import { type Measured, measured } from "../harness/statistics.ts";
import { buildMachines } from "../workflows/machines.ts";
import { POOL_SIZE } from "./contest.ts";

export const resume: Part = {
  name: "resume",
  about: "going on after a restart, with ever more behind it",
  run: async (bench) => {
    await buildMachines();
    const lengths = bench.quick ? [10, 1000] : [10, 100, 1000, 10_000];
    const contestants = [DURABLE, ...PEERS];
    const times = new Map<string, readonly (Measured | null)[]>();
    for (const contestant of contestants) times.set(contestant.name, await timesOf(bench, contestant, lengths));
    bench.table({
      id: "resume",
      title: "From the start of a new process to the next step, by the steps before it",
      columns: ["steps before", ...contestants.map(({ name }) => `${name} ms`)],
      rows: lengths.map((length, n): Cell[] => [
        length.toLocaleString("en-US"),
        ...contestants.map(({ name }) => times.get(name)![n]!),
      ]),
      note: "The event that it waits for has been sent before. Connecting and looking at the schema are part of it.",
      chart: { columns: contestants.map(({ name }) => `${name} ms`), unit: "ms", scale: "log" },
    });
    const ours = times.get(DURABLE.name)!;
    if (!bench.quick) bench.goal("resume_10000_vs_10", ours.at(-1)!.median / ours[0]!.median);
  },
};

async function timesOf(
  bench: Bench,
  { name, module, mostSteps = Number.POSITIVE_INFINITY }: Contestant,
  lengths: readonly number[],
): Promise<(Measured | null)[]> {
  const url = await (await bench.postgres()).database(`${name} resume`);
  const options: EngineOptions = { url, concurrency: 10, poolSize: POOL_SIZE };
  const times: (Measured | null)[] = [];
  for (const steps of lengths) {
    if (steps >= mostSteps) {
      times.push(null);
      continue;
    }
    const rounds: number[] = [];
    for (let round = 0; round < (bench.quick ? 1 : steps >= 10_000 ? 2 : 3); round++) {
      const ms = await once(module, options, steps).catch((error: unknown) => bench.say(`  ${name}: ${String(error)}`));
      if (typeof ms === "number") rounds.push(ms);
    }
    bench.say(`  ${name}, ${steps} before: ${rounds.map((ms) => Math.round(ms)).join(", ")} ms`);
    times.push(rounds.length === 0 ? null : measured(rounds));
  }
  return times;
}

/** Runs up to the wait, sends the event when nobody works, and lets a new process go on. */
async function once(module: string, options: EngineOptions, steps: number): Promise<number> {
  const before = await hosted(module);
  await before.open(options);
  await before.run({ kind: "history", steps });
  await before.run({ kind: "leave" });
  before.end();
  const after = await hosted(module);
  try {
    const opened = await after.open(options);
    const went = await after.run({ kind: "go" });
    await after.close();
    return opened.ms + went.ms;
  } finally {
    after.end();
  }
}
