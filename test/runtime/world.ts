/** One embedded database for a test file; for each test a client and a worker of its own, in virtual time. */
import type { Durable, Machine, WorkerOptions } from "@durablec/runtime";
import { afterAll, afterEach, beforeAll } from "vitest";
import { durableOn } from "../../runtime/client/durable.ts";
import { registryOf } from "../../runtime/registry.ts";
import { createStore } from "../../runtime/store/create.ts";
import type { Store } from "../../runtime/store/store.ts";
import { startWorker, type Worker } from "../../runtime/worker/worker.ts";

export interface World {
  readonly store: Store;
  /** A client that knows the machines. */
  client(...machines: readonly Machine[]): Durable;
  /** The same, with a worker that lets time pass at once when nothing can run. */
  working(machines: readonly Machine[], options?: WorkerOptions): Promise<Durable>;
}

/** To be called at the top of a test file. */
export function world(database = "memory"): World {
  let store: Store | undefined;
  let workers: Worker[] = [];
  beforeAll(async () => {
    store = await createStore({ database });
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop({ withinMs: 0 })));
    workers = [];
  });
  afterAll(async () => {
    await store?.close();
  });
  const client = (...machines: readonly Machine[]) => durableOn(store!, registryOf(machines));
  return {
    get store() {
      return store!;
    },
    client,
    working: async (machines, options = {}) => {
      const durable = client(...machines);
      workers.push(await startWorker(store!, durable.registry, { skipTime: true, pollMs: 50, ...options }));
      return durable;
    },
  };
}
