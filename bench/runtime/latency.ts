/** Table 3: how long a system with nothing else to do takes, beside the least that Postgres can do it in. */
import { setTimeout as sleep } from "node:timers/promises";
import { createDurable, type Durable } from "@durablec/runtime";
import pg from "pg";
import { INPUT } from "../engines/engine.ts";
import type { Bench, Cell, Part } from "../harness/bench.ts";
import { percentile } from "../harness/statistics.ts";
import { buildMachines, machine } from "../workflows/machines.ts";
import { nextTouch } from "../workflows/work.ts";
import { POOL_SIZE } from "./contest.ts";

interface Probe {
  readonly name: string;
  /** Milliseconds of one time. */
  readonly once: () => Promise<number>;
}

export const latency: Part = {
  name: "latency",
  about: "one thing at a time on an idle system",
  run: async (bench) => {
    await buildMachines();
    const postgres = await bench.postgres();
    const url = await postgres.database("latency");
    const workflows = await Promise.all([
      machine("chain1", "Chain1"),
      machine("pair", "Pair"),
      machine("child", "Child"),
      machine("event", "Event"),
    ]);
    const open = () => createDurable({ database: url, workflows, poolSize: POOL_SIZE });
    const working = await open();
    const elsewhere = await open();
    await working.work({ queues: { default: { concurrency: 10 } } });
    const bare = await bareProbe(url);
    const probes = [bare.probe, ...(await durableProbes(working, elsewhere))];
    const times = await measure(bench, probes);
    await bare.close();
    await elsewhere.close();
    await working.close();
    report(bench, probes, times);
  },
};

async function measure(bench: Bench, probes: readonly Probe[]): Promise<ReadonlyMap<string, number[]>> {
  const times = new Map<string, number[]>(probes.map(({ name }) => [name, []]));
  const rounds = bench.quick ? 40 : 300;
  for (let round = -10; round < rounds; round++) {
    for (const { name, once } of probes) {
      const ms = await once();
      if (round >= 0) times.get(name)!.push(ms);
      // What follows the end of an execution is over, and the worker rests.
      await sleep(15);
    }
  }
  return times;
}

function report(bench: Bench, probes: readonly Probe[], times: ReadonlyMap<string, readonly number[]>): void {
  const p50 = (name: string) => percentile(times.get(name)!, 50);
  const rows = probes.map(({ name }): Cell[] => [
    name,
    p50(name),
    percentile(times.get(name)!, 99),
    p50(name) / p50(BARE),
  ]);
  bench.table({
    id: "latency",
    title: "Latency on an idle system",
    columns: ["", "p50 ms", "p99 ms", "× the bare round trip"],
    rows,
    chart: { columns: ["p50 ms", "p99 ms"], unit: "ms" },
  });
  bench.goal("idle_latency_ratio", Math.max(...COMPARABLE.map(p50)) / p50(BARE));
}

const BARE = "bare INSERT; NOTIFY → SELECT";
const START_ELSEWHERE = "start → first step, another process's worker";
const EVENT_ELSEWHERE = "event → resume, another process's worker";
/** What, like the bare round trip, is written by one and read by another who is told of it. */
const COMPARABLE = [START_ELSEWHERE, EVENT_ELSEWHERE];

async function durableProbes(working: Durable, elsewhere: Durable): Promise<readonly Probe[]> {
  const [chain, pair, child, event] = await Promise.all([
    machine("chain1", "Chain1"),
    machine("pair", "Pair"),
    machine("child", "Child"),
    machine("event", "Event"),
  ]);
  const start = (durable: Durable) => async () => {
    const touched = nextTouch();
    const began = performance.now();
    await durable.start(chain, INPUT);
    return (await touched) - began;
  };
  const between = async (workflow: typeof pair) => {
    const first = nextTouch();
    await working.start(workflow, INPUT);
    const began = await first;
    return (await nextTouch()) - began;
  };
  const resume = (durable: Durable) => async () => {
    const first = nextTouch();
    const { id } = await working.start(event, INPUT);
    await first;
    while ((await working.get(id))!.status !== "waiting") await sleep(5);
    await sleep(15);
    const touched = nextTouch();
    const began = performance.now();
    await durable.sendEvent(id, "go", {});
    return (await touched) - began;
  };
  return [
    { name: "start → first step, same process", once: start(working) },
    { name: START_ELSEWHERE, once: start(elsewhere) },
    { name: "step → step", once: () => between(pair) },
    { name: "call → child → back", once: () => calling(working, child) },
    { name: "event → resume, same process", once: resume(working) },
    { name: EVENT_ELSEWHERE, once: resume(elsewhere) },
  ];
}

/** From the step before the call, through the child's only step, to the step after. */
async function calling(durable: Durable, child: Awaited<ReturnType<typeof machine>>): Promise<number> {
  const before = nextTouch();
  await durable.start(child, INPUT);
  const began = await before;
  await nextTouch();
  return (await nextTouch()) - began;
}

/** The least there is: a row is written, somebody is told in the same message, and reads it. */
async function bareProbe(url: string): Promise<{ readonly probe: Probe; readonly close: () => Promise<void> }> {
  const [writer, reader] = [new pg.Client({ connectionString: url }), new pg.Client({ connectionString: url })];
  await writer.connect();
  await reader.connect();
  await writer.query("CREATE TABLE bare (id integer PRIMARY KEY, data jsonb NOT NULL)");
  await reader.query("LISTEN bare");
  let id = 0;
  const once = async (): Promise<number> => {
    id += 1;
    const told = new Promise((resolve) => reader.once("notification", resolve));
    const began = performance.now();
    const written = writer.query(`INSERT INTO bare VALUES (${id}, '${JSON.stringify(INPUT)}'); NOTIFY bare`);
    await told;
    await reader.query({ name: "bare", text: "SELECT data FROM bare WHERE id = $1", values: [id] });
    const ms = performance.now() - began;
    await written;
    return ms;
  };
  const close = async (): Promise<void> => {
    await writer.end();
    await reader.end();
  };
  return { probe: { name: BARE, once }, close };
}
