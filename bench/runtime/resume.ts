/** Table 4: what going on costs after a restart, against how much has happened before. */
import type { EngineOptions } from "../engines/engine.ts";
import { hosted } from "../engines/hosted.ts";
import { type Contestant, DURABLE, PEERS } from "../engines/peers.ts";
import type { Bench, Cell, Part } from "../harness/bench.ts";
import { interleaved } from "../harness/rounds.ts";
import { type Measured, measured } from "../harness/statistics.ts";
import { buildMachines } from "../workflows/machines.ts";
import { POOL_SIZE } from "./contest.ts";

interface Course {
  readonly name: string;
  readonly contestant: Contestant;
  readonly steps: number;
}

const courseName = (contestant: Contestant, steps: number) => `${contestant.name}, ${steps} before`;

/** A replaying engine takes minutes to come so far. */
const LONG = 10_000;

export const resume: Part = {
  name: "resume",
  about: "going on after a restart, with ever more behind it",
  run: async (bench) => {
    await buildMachines();
    const lengths = bench.quick ? [10, 1000] : [10, 100, 1000, LONG];
    const contestants = [DURABLE, ...PEERS];
    const courses = contestants.flatMap((contestant) =>
      lengths
        .filter((steps) => steps < (contestant.mostSteps ?? Number.POSITIVE_INFINITY))
        .map((steps): Course => ({ name: courseName(contestant, steps), contestant, steps })),
    );
    const times = await timesOf(bench, courses);
    const cell = (contestant: Contestant, steps: number): Measured | null => {
      const rounds = times.get(courseName(contestant, steps))?.filter((ms) => ms !== null) ?? [];
      return rounds.length === 0 ? null : measured(rounds);
    };
    bench.table({
      id: "resume",
      title: "From the start of a new process to the next step, by the steps before it",
      columns: ["steps before", ...contestants.map(({ name }) => `${name} ms`)],
      rows: lengths.map((length): Cell[] => [
        length.toLocaleString("en-US"),
        ...contestants.map((contestant) => cell(contestant, length)),
      ]),
      note: "The event that it waits for has been sent before. Connecting and looking at the schema are part of it.",
      chart: { columns: contestants.map(({ name }) => `${name} ms`), unit: "ms", scale: "log" },
    });
    if (!bench.quick)
      bench.goal("resume_10000_vs_10", cell(DURABLE, LONG)!.median / cell(DURABLE, lengths[0]!)!.median);
  },
};

/** Null where a course failed, or was left out of a round because it takes too long. */
async function timesOf(
  bench: Bench,
  courses: readonly Course[],
): Promise<ReadonlyMap<string, readonly (number | null)[]>> {
  const postgres = await bench.postgres();
  return await interleaved(bench.quick ? 1 : 5, courses, async ({ name, contestant, steps }, round) => {
    const takesLong = contestant !== DURABLE && steps >= 1000;
    if (takesLong && round > (steps >= LONG ? 0 : 2)) return null;
    const url = await postgres.database(`${contestant.name} resume`);
    try {
      const ms = await once(contestant.module, { url, concurrency: 10, poolSize: POOL_SIZE }, steps);
      bench.say(`  round ${round + 1}, ${name}: ${Math.round(ms)} ms`);
      return ms;
    } catch (error) {
      bench.say(`  ${name}: ${String(error)}`);
      return null;
    }
  });
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
