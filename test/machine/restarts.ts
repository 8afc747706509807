/** Runs executions with a new worker after every wait, as if the process had been restarted each time. */
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
  const [restarted] = await runAllWithRestarts(store, [machine], { input, restarts: 200 });
  if (!ended(restarted!.execution.status)) throw new Error(`${machine.workflow} did not end`);
  return restarted!;
}

interface Run {
  readonly input: object;
  /** After so many, what has not ended is left as it is. */
  readonly restarts: number;
}

/** As `runWithRestarts`, side by side: the process is restarted when all of them rest. */
export async function runAllWithRestarts(
  store: Store,
  machines: readonly Machine[],
  { input, restarts }: Run,
): Promise<Restarted[]> {
  const durable = durableOn(store, registryOf(machines));
  const ids = await Promise.all(machines.map(async (machine) => (await durable.start(machine, input)).id));
  const rests = ids.map(() => 0);
  for (let round = 0; ; round++) {
    const executions = await untilAllRest(store, machines, ids);
    if (round === restarts || executions.every(({ status }) => ended(status))) {
      return executions.map((execution, i) => ({ execution, rests: rests[i]! }));
    }
    for (const [i, { id, status, wait, wakeAt }] of executions.entries()) {
      if (ended(status)) continue;
      rests[i]!++;
      if (wait?.on === "event") await durable.sendEvent(id, wait.names[0]!, `${wait.names[0]}!`);
      else if (wakeAt !== null) await store.advanceClock(wakeAt);
    }
  }
}

async function untilAllRest(store: Store, machines: readonly Machine[], ids: readonly string[]): Promise<Execution[]> {
  const worker = await startWorker(store, registryOf(machines), { pollMs: 20 });
  try {
    return await Promise.all(ids.map((id) => untilItRests(store, id)));
  } finally {
    await worker.stop({ withinMs: 1000 });
  }
}

async function untilItRests(store: Store, id: string): Promise<Execution> {
  for (;;) {
    const execution = (await store.get(id))!;
    if (ended(execution.status) || (await isResting(store, execution))) return execution;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Waits for something that only the test can bring about. */
async function isResting(store: Store, { status, wait, wakeAt }: Execution): Promise<boolean> {
  if (status !== "waiting" || wait?.on === "child") return false;
  return wakeAt === null || wakeAt > (await store.now());
}
