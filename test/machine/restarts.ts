/** Runs an execution with a new worker after every wait, as if the process had been restarted each time. */
import type { Machine } from "@durablec/runtime";
import { durableOn } from "../../runtime/client/durable.ts";
import { registryOf } from "../../runtime/registry.ts";
import { ended } from "../../runtime/status.ts";
import type { Execution, Store } from "../../runtime/store/store.ts";
import { startWorker } from "../../runtime/worker/worker.ts";

export interface Restarted {
  readonly execution: Execution;
  /** How often it came to rest on the way. */
  readonly rests: number;
}

/** Events are answered with the name they wait for; sleeps are slept in virtual time. */
export async function runWithRestarts(store: Store, machine: Machine, input: object = {}): Promise<Restarted> {
  const durable = durableOn(store, registryOf([machine]));
  const { id } = await durable.start(machine, input);
  for (let rests = 0; rests < 200; rests++) {
    const execution = await untilItRests(store, machine, id);
    if (ended(execution.status)) return { execution, rests };
    const { wait } = execution;
    if (wait?.on === "event") await durable.sendEvent(id, wait.names[0]!, `${wait.names[0]}!`);
    else if (execution.wakeAt !== null) await store.advanceClock(execution.wakeAt);
  }
  throw new Error(`${machine.workflow} did not end`);
}

async function untilItRests(store: Store, machine: Machine, id: string): Promise<Execution> {
  const worker = await startWorker(store, registryOf([machine]), { pollMs: 20 });
  try {
    for (;;) {
      const execution = (await store.get(id))!;
      if (ended(execution.status) || (await isResting(store, execution))) return execution;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  } finally {
    await worker.stop({ withinMs: 1000 });
  }
}

/** Waits for something that only the test can bring about. */
async function isResting(store: Store, { status, wait, wakeAt }: Execution): Promise<boolean> {
  if (status !== "waiting" || wait?.on === "child") return false;
  return wakeAt === null || wakeAt > (await store.now());
}
