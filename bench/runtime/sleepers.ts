/** Table 5: a million executions asleep, and ten thousand of them due together. */
import { setTimeout as sleep } from "node:timers/promises";
import { createDurable } from "@durablec/runtime";
import { INPUT } from "../engines/engine.ts";
import { type HostedEngine, hosted } from "../engines/hosted.ts";
import { type Contestant, DURABLE } from "../engines/peers.ts";
import type { Bench, Cell, Part } from "../harness/bench.ts";
import { counted } from "../harness/counts.ts";
import { once } from "../harness/postgres.ts";
import { buildMachines, machine } from "../workflows/machines.ts";
import { POOL_SIZE } from "./contest.ts";

const WAKING = 10_000;

export const sleepers: Part = {
  name: "sleepers",
  about: "a million sleeping executions",
  run: async (bench) => {
    await buildMachines();
    const asleep = bench.quick ? 50_000 : 1_000_000;
    const url = await (await bench.postgres()).database("sleepers");
    const idle = await idling(bench, await emptyOf(url), DURABLE);
    await putToSleep(bench, url, asleep);
    const full = await idling(bench, url, DURABLE);
    const size = await once<{ bytes: string }>(url, "SELECT pg_total_relation_size('durable.executions') AS bytes");
    const wokenMs = await waking(url);
    bench.table({
      id: "sleepers",
      title: `${asleep.toLocaleString("en-US")} sleeping executions, one worker`,
      columns: ["", "memory MB", "CPU % of a core", "queries/s", "server % of a core"],
      rows: [rowOf("worker, nothing asleep", idle), rowOf("worker, all asleep", full)],
      note: [
        `The rows take ${Math.round(Number(size[0]!.bytes) / 2 ** 20).toLocaleString("en-US")} MB with their indexes.`,
        `${WAKING.toLocaleString("en-US")} that fall due together have ended ${(wokenMs / 1000).toFixed(1)} s later.`,
      ].join(" "),
      chart: { columns: ["queries/s", "CPU % of a core"], unit: "" },
    });
    // Nothing is extrapolated: with fewer asleep there is no answer.
    if (bench.quick) return;
    bench.goal("sleepers_cpu_percent", full.cpuPercent + full.serverPercent);
    bench.goal("sleepers_queries_per_s", full.queriesPerSecond);
  },
};

/** A database with the schema and nothing in it. */
async function emptyOf(url: string): Promise<string> {
  const durable = await createDurable({ database: url });
  await durable.close();
  return url;
}

interface Idle {
  readonly memoryMb: number;
  readonly cpuPercent: number;
  readonly queriesPerSecond: number;
  /** What the server does for it. */
  readonly serverPercent: number;
}

function rowOf(name: string, { memoryMb, cpuPercent, queriesPerSecond, serverPercent }: Idle): Cell[] {
  return [name, memoryMb, cpuPercent, queriesPerSecond, serverPercent];
}

/** A worker in a process of its own that has nothing to do. */
async function idling(bench: Bench, url: string, { module }: Contestant): Promise<Idle> {
  const seconds = bench.quick ? 5 : 30;
  const engine: HostedEngine = await hosted(module);
  let before = { cpuMs: 0 };
  let after = { cpuMs: 0, memoryMb: 0 };
  const { statements, serverMs } = await counted(url, async () => {
    await engine.open({ url, concurrency: 32, poolSize: POOL_SIZE });
    await sleep(3_000);
    before = await engine.usage();
    await once(url, "SELECT pg_stat_statements_reset()");
    await sleep(seconds * 1000);
    after = await engine.usage();
  });
  await engine.close();
  engine.end();
  return {
    memoryMb: after.memoryMb,
    cpuPercent: (after.cpuMs - before.cpuMs) / (seconds * 10),
    queriesPerSecond: statements / seconds,
    serverPercent: serverMs / (seconds * 10),
  };
}

/** One execution falls asleep as any does; its row is copied, so that each is what a worker would have left. */
async function putToSleep(bench: Bench, url: string, total: number): Promise<void> {
  const nap = await machine("nap", "Nap");
  const durable = await createDurable({ database: url, workflows: [nap] });
  const worker = await durable.work();
  const { id } = await durable.start(nap, INPUT);
  while ((await durable.get(id))!.status !== "waiting") await sleep(10);
  await worker.stop();
  await durable.close();
  const columns = await once<{ name: string }>(url, COPIED);
  const names = columns.map(({ name }) => name).join(", ");
  const each = 100_000;
  for (let done = 1; done < total; done += each) {
    const last = Math.min(done + each, total) - 1;
    await once(
      url,
      `
      INSERT INTO durable.executions (root_id, id, logical_id, ${names})
      SELECT 'nap-' || n, 'nap-' || n, 'nap-' || n, ${names}
      FROM durable.executions, generate_series(${done}, ${last}) n WHERE id = '${id}'`,
    );
    bench.say(`  ${last} asleep`);
  }
  await once(url, "VACUUM ANALYZE durable.executions");
}

const COPIED = `
SELECT quote_ident(column_name) AS name FROM information_schema.columns
WHERE table_schema = 'durable' AND table_name = 'executions' AND is_identity = 'NO'
  AND column_name NOT IN ('root_id', 'id', 'logical_id')`;

/** Asked of indexes: to count what has ended would pass a million rows each time. */
const BUSY = `
SELECT EXISTS (SELECT FROM durable.executions WHERE owner IS NOT NULL)
  OR EXISTS (
    SELECT FROM durable.executions
    WHERE queue = 'default' AND priority = 0 AND wake_at <= durable.now() AND owner IS NULL AND kind <> 'inline') AS busy`;

/** Milliseconds from when they are due to the end of the last. */
async function waking(url: string): Promise<number> {
  const engine = await hosted(DURABLE.module);
  await engine.open({ url, concurrency: 100, poolSize: POOL_SIZE });
  await sleep(2_000);
  const ids = `SELECT id FROM durable.executions WHERE status = 'waiting' AND id LIKE 'nap-%' ORDER BY born LIMIT ${WAKING}`;
  await once(
    url,
    `
    UPDATE durable.executions SET wake_at = now(), wait = jsonb_set(wait, '{until}', to_jsonb(now())) WHERE id IN (${ids})`,
  );
  const began = performance.now();
  const isBusy = async () => (await once<{ busy: boolean }>(url, BUSY))[0]!.busy;
  while (await isBusy()) await sleep(200);
  const ms = performance.now() - began;
  await engine.close();
  engine.end();
  return ms;
}
