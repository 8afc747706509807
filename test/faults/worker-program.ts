/** A worker in a process of its own, to be killed. It ends with its parent: when its input closes. */
import { createDurable, type Machine } from "@durablec/runtime";

const OPTIONS = { leaseMs: 500, pollMs: 50, maxCrashes: 10_000, queues: { default: { concurrency: 20 } } };

export async function serve(machine: Machine): Promise<void> {
  const durable = await createDurable({ database: process.env.DATABASE_URL ?? "", workflows: [machine] });
  const worker = await durable.work(OPTIONS);
  process.stdout.write("working\n");
  process.stdin.on("end", () => process.exit(0)).resume();
  process.on("SIGTERM", () => {
    void worker
      .stop()
      .then(() => durable.close())
      .then(() => process.exit(0));
  });
}
