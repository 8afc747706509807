/** A worker in a process of its own, to be killed. It ends with its parent: when its input closes. */
import { setTimeout as after } from "node:timers/promises";
import { createDurable, type Durable, type Machine, StoreError, type Worker } from "@durablec/runtime";
import { record, uptime } from "./effects.ts";

const LEASE_MS = Number(process.env.LEASE_MS ?? "500");
const OPTIONS = {
  leaseMs: LEASE_MS,
  pollMs: 50,
  maxCrashes: 10_000,
  queues: { default: { concurrency: 20 } },
  ...(process.env.QUIET !== undefined && { onError: () => {} }),
};

export async function serve(workflows: readonly Machine[]): Promise<void> {
  process.stdin.on("end", () => process.exit(0)).resume();
  const { durable, worker } = await begun(workflows);
  recordPauses();
  process.stdout.write("working\n");
  process.on("SIGTERM", () => {
    void worker
      .stop()
      .then(() => durable.close())
      .then(() => process.exit(0));
  });
}

/** Begins again where the database is away just now, as whoever supervises it would have it do. */
async function begun(workflows: readonly Machine[]): Promise<{ durable: Durable; worker: Worker }> {
  for (;;) {
    let durable: Durable | undefined;
    try {
      durable = await createDurable({ database: process.env.DATABASE_URL ?? "", workflows });
      return { durable, worker: await durable.work(OPTIONS) };
    } catch (error) {
      await durable?.close();
      if (!(error instanceof StoreError && error.code === "database_unreachable")) throw error;
      await after(50);
    }
  }
}

/** Whoever did not run for most of a lease, stopped or starved, may have lost it without knowing. */
function recordPauses(): void {
  let last = uptime();
  setInterval(() => {
    const now = uptime();
    if (now - last > LEASE_MS / 2) record({ is: "pause", pid: process.pid, from: last, to: now });
    last = now;
  }, LEASE_MS / 20).unref();
}
