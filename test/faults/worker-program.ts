/** A worker in a process of its own, to be killed. It ends with its parent: when its input closes. */
import { createDurable } from "@durablec/runtime";
import { Order } from "./workflows.ts";

const durable = await createDurable({ database: process.env.DATABASE_URL ?? "", workflows: [Order] });
const worker = await durable.work({
  leaseMs: 500,
  pollMs: 50,
  maxCrashes: 10_000,
  queues: { default: { concurrency: 20 } },
});
process.stdout.write("working\n");
process.stdin.on("end", () => process.exit(0)).resume();
process.on("SIGTERM", () => {
  void worker
    .stop()
    .then(() => durable.close())
    .then(() => process.exit(0));
});
