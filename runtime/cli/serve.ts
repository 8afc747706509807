/** `durable worker`: a worker, and a scheduler for its workflows, that run until a signal asks them to stop. */
import { startScheduler } from "../schedules/schedules.ts";
import { UsageError } from "./failure.ts";
import { given, number } from "./given.ts";
import type { Opened, Printed } from "./operation.ts";

/** Resolves after an orderly stop; a second signal ends the process at once. */
export async function serve({ durable, machines, options }: Opened): Promise<Printed> {
  if (machines.length === 0)
    throw new UsageError("The worker knows no workflow.", "Name compiled modules by --workflows.");
  const { queue, lease, poll, grace } = options;
  const worker = await durable.work({
    queues: queuesOf(Array.isArray(queue) ? queue : ["default"]),
    ...given({ leaseMs: number(lease), pollMs: number(poll) }),
  });
  const scheduler = await startScheduler(durable);
  process.stderr.write(`durable: worker ${worker.id} runs; stop it with Ctrl-C\n`);
  const signal = await signalled();
  process.stderr.write(`durable: stopping on ${signal}\n`);
  await scheduler.stop();
  await worker.stop(given({ withinMs: number(grace) }));
  return { json: { worker: worker.id, stopped: signal }, text: "Stopped." };
}

function queuesOf(words: readonly string[]): { readonly [name: string]: { readonly concurrency: number } } {
  return Object.fromEntries(
    words.map((word) => {
      const [name = "", concurrency = "10"] = word.split("=");
      if (name !== "" && Number.isInteger(Number(concurrency)) && Number(concurrency) > 0) {
        return [name, { concurrency: Number(concurrency) }];
      }
      throw new UsageError(`--queue ${word} is not understood.`, "Write it as --queue emails or --queue emails=5.");
    }),
  );
}

function signalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
}
