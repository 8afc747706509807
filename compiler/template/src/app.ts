/** Starts a worker, and a workflow. In an app of yours the two are likely to be different processes. */
import { createDurable } from "@durablec/runtime";
import { Welcome } from "./generated/welcome.js";

// A Postgres URL in production; a folder, or "memory", while you try things out.
const database = process.env.DATABASE_URL ?? ".durable";

const durable = await createDurable({ database, workflows: [Welcome] });
const worker = await durable.work();

const run = await durable.start(Welcome, { name: "Ada", email: "ada@example.com" });
console.log(`started ${run.id}`);

// This would come from the link in the mail.
await durable.sendEvent(run.id, "confirmed", { by: "link" });

const result = await run.result();
console.log(`${result.name} is ${result.status}`);

await worker.stop();
await durable.close();
