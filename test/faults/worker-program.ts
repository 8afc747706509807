/** A worker in a process of its own, to be killed. It ends with its parent: when its input closes. */
import { setTimeout as after } from "node:timers/promises";
import {
  createDurable,
  type Durable,
  DurableError,
  ended,
  type Machine,
  StoreError,
  type Worker,
} from "@durablec/runtime";
import { record, uptime } from "./effects.ts";
import { sendEvents } from "./events.ts";

const LEASE_MS = Number(process.env.LEASE_MS ?? "500");
const OPTIONS = {
  leaseMs: LEASE_MS,
  pollMs: 50,
  maxCrashes: 10_000,
  queues: { default: { concurrency: 20 } },
  ...(process.env.QUIET !== undefined && { onError: recordStrays }),
};

export async function serve(workflows: readonly Machine[]): Promise<void> {
  process.stdin.on("end", () => process.exit(0)).resume();
  const { durable, worker } = await begun(workflows);
  recordPauses();
  process.stdout.write("working\n");
  if (process.env.ORDERS !== undefined) void attend(durable, workflows);
  process.on("SIGTERM", () => {
    void worker
      .stop()
      .then(() => durable.close())
      .then(() => process.exit(0));
  });
}

/** Starts so many orders, in a database that no other process can open, and says when everything has ended. */
async function attend(durable: Durable, workflows: readonly Machine[]): Promise<void> {
  const Order = workflows.find(({ workflow }) => workflow === "order")!;
  const orders = Number(process.env.ORDERS ?? "0");
  for (let total = 0; total < orders; total++) {
    const { id } = await durable.start(Order, { total }, { id: `order-${total}` });
    await sendEvents(durable, id, total).catch(unlessEnded);
  }
  while ((await durable.counts()).some(({ status }) => !ended(status))) await after(20);
  process.stdout.write("ended\n");
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof DurableError && error.code === "ended_execution")) throw error;
}

const AWAY: readonly StoreError["code"][] = ["database_unreachable", "database_exhausted"];

/** Begins again where the database is away just now, as whoever supervises it would have it do. */
async function begun(workflows: readonly Machine[]): Promise<{ durable: Durable; worker: Worker }> {
  for (;;) {
    let durable: Durable | undefined;
    try {
      durable = await createDurable({ database: process.env.DATABASE_URL ?? "", workflows });
      return { durable, worker: await durable.work(OPTIONS) };
    } catch (error) {
      await durable?.close();
      if (!(error instanceof StoreError && AWAY.includes(error.code))) throw error;
      await after(50);
    }
  }
}

/** Nothing in a storm changes rows by hand, so a stray is a defect. */
function recordStrays(error: unknown): void {
  if (!(error instanceof StoreError && error.code === "stray_execution")) return;
  record({ is: "stray", pid: process.pid, told: error.message });
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
