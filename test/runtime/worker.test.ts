import { durableContext, ok, StoreError } from "@durablec/runtime";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { durableOn } from "../../runtime/client/durable.ts";
import { type Registry, registryOf } from "../../runtime/registry.ts";
import { createStore } from "../../runtime/store/create.ts";
import type { Store } from "../../runtime/store/store.ts";
import { startWorker, type Worker, type WorkerOptions } from "../../runtime/worker/worker.ts";
import { machinesOf } from "../support/compile.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { machineOf, resume, step } from "./machines.ts";

let database: TestDatabase;
let store: Store;
let workers: Worker[] = [];

beforeAll(async () => {
  database = await testDatabase();
  store = await createStore({ database: database.url });
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop({ withinMs: 0 })));
  workers = [];
});

afterAll(async () => {
  await store?.close();
  await database?.drop();
});

async function work(registry: Registry, options: WorkerOptions = {}, on: Store = store): Promise<Worker> {
  const worker = await startWorker(on, registry, { pollMs: 50, ...options });
  workers.push(worker);
  return worker;
}

/** A step that holds on until it is let go, once for each time it is run. */
function gate() {
  const arrivals: (() => void)[] = [];
  return {
    arrivals,
    pass: () => new Promise<void>((resolve) => arrivals.push(resolve)),
    arrived: (count: number) => vi.waitUntil(() => arrivals.length >= count, { timeout: 10_000 }),
  };
}

describe("several workers", () => {
  test("run each execution once", async () => {
    const ran: string[] = [];
    const machine = machineOf("Worker.Once", {
      first: step("nap", (io) => {
        ran.push(`${io.workflowId()} first`);
        return "ok";
      }),
      nap: step(null, (io) => io.sleep(1, { resume: "nap@sleep" })),
      "nap@sleep": resume("nap", (io) => {
        ran.push(`${io.workflowId()} second`);
        return ok({ done: true });
      }),
    });
    const registry = registryOf([machine]);
    const durable = durableOn(store, registry);
    for (let n = 0; n < 3; n++) await work(registry, { queues: { default: { concurrency: 5 } } });
    const runs = await Promise.all(Array.from({ length: 60 }, () => durable.start(machine, {})));
    for (const run of runs) expect(await run.result()).toEqual({ done: true });
    expect(ran).toHaveLength(120);
    expect(new Set(ran).size).toBe(120);
  });

  test("leave alone what their code does not know", async () => {
    const known = machineOf("Worker.Known", { only: step(null, () => "ok") });
    const unknown = machineOf("Worker.Unknown", { only: step(null, () => "ok") });
    await work(registryOf([known]));
    const left = await durableOn(store, registryOf([unknown])).start(unknown, {});
    const run = await durableOn(store, registryOf([known])).start(known, {});
    await run.result();
    expect((await store.get(left.id))?.status).toBe("pending");
  });
});

describe("an execution in the name of a worker that does not have it in hand", () => {
  const LEASE_MS = 2_000;

  test("is given back after a lease, and that is told", async () => {
    const machine = machineOf("Worker.Stray", { only: step(null, () => ok({ done: true })) });
    const told: unknown[] = [];
    const registry = registryOf([machine]);
    const { id: worker } = await work(registry, { leaseMs: LEASE_MS, onError: (error) => told.push(error) });
    const run = await durableOn(store, registry).start(machine, {}, { at: new Date("2999-01-01") });
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      "UPDATE durable.executions SET owner = $1, status = 'running', wake_at = NULL, epoch = 7 WHERE id = $2",
      [worker, run.id],
    );
    await client.end();
    expect(await run.result()).toEqual({ done: true });
    expect(told).toMatchObject([{ code: "stray_execution", message: expect.stringContaining(run.id) }]);
    expect(await store.get(run.id)).toMatchObject({ epoch: 9, crashes: 0 });
  });

  test("is none that it runs for longer than a lease, nor an inline child that backs off", async () => {
    const { Parent } = await machinesOf(`
defmodule Child do
  use Durable
  workflow "main" do
    step :only, [retry: [max_attempts: 2, backoff: :constant, base: ${2 * LEASE_MS}]], fn _data -> {:error, "busy"} end
  end
end

defmodule Parent do
  use Durable
  use Durable.Orchestration
  workflow "main" do
    parallel on_error: :complete_all do
      step :calls, fn _data -> {:ok, %{called: call_workflow(Child, %{}, ref: :child)}} end
      step :long, fn _data ->
        Process.sleep(${2 * LEASE_MS})
        {:ok, %{}}
      end
    end
    step :done, fn _data -> {:ok, %{done: true}} end
  end
end`);
    const told: unknown[] = [];
    const registry = registryOf([Parent!]);
    await work(registry, { leaseMs: LEASE_MS, onError: (error) => told.push(error) });
    const run = await durableOn(store, registry).start(Parent!, {});
    expect(await run.result({ timeoutMs: 30_000 })).toMatchObject({ done: true });
    expect(told).toEqual([]);
  });
});

describe("a lost lease", () => {
  test("aborts what runs; another worker runs it under the same attempt, and what the first still does is refused", async () => {
    const door = gate();
    const signals: AbortSignal[] = [];
    const machine = machineOf("Worker.Lost", {
      slow: step(null, async () => {
        const { signal, attempt } = durableContext();
        const order = signals.push(signal);
        await door.pass();
        return ok({ attempt, order });
      }),
    });
    const registry = registryOf([machine]);
    const first = await work(registry, { leaseMs: 150 });
    const run = await durableOn(store, registry).start(machine, {});
    await door.arrived(1);
    // As if it had not renewed in time.
    await store.retireWorker(first.id);
    await work(registry);
    await door.arrived(2);
    await vi.waitUntil(() => signals[0]!.aborted);
    for (const open of door.arrivals) open();
    expect(await run.result()).toEqual({ attempt: 1, order: 2 });
    expect(await store.history(run.id)).toHaveLength(1);
  });
});

describe("stopping", () => {
  test("lets what runs come to its next checkpoint, so that nothing is run again", async () => {
    const door = gate();
    const ran: string[] = [];
    const machine = machineOf("Worker.Finish", {
      slow: step("after", async () => {
        ran.push("slow");
        await door.pass();
        return "ok";
      }),
      after: step(null, () => {
        ran.push("after");
        return ok({ after: true });
      }),
    });
    const registry = registryOf([machine]);
    const worker = await work(registry);
    const run = await durableOn(store, registry).start(machine, {});
    await door.arrived(1);
    const stopped = worker.stop();
    door.arrivals[0]!();
    await stopped;
    expect(await store.get(run.id)).toMatchObject({ status: "pending", state: "after", crashes: 0 });
    await work(registry);
    expect(await run.result()).toEqual({ after: true });
    expect(ran).toEqual(["slow", "after"]);
  });

  test("gives back what does not get there in time, without counting a crash", async () => {
    const door = gate();
    const machine = machineOf("Worker.GiveBack", {
      slow: step(null, async () => {
        await door.pass();
        return "ok";
      }),
    });
    const registry = registryOf([machine]);
    const worker = await work(registry);
    const run = await durableOn(store, registry).start(machine, {});
    await door.arrived(1);
    await worker.stop({ withinMs: 10 });
    expect(await store.get(run.id)).toMatchObject({ status: "pending", crashes: 0, attempt: 1 });
    await work(registry);
    await door.arrived(2);
    for (const open of door.arrivals) open();
    await run.result();
  });
});

describe("the database", () => {
  test("being away for a moment loses nothing and runs nothing twice", async () => {
    let away = 3;
    const flaky: Store = {
      ...store,
      commit: async (transitions) => {
        if (away-- > 0) throw new StoreError("database_unreachable", "gone", "wait");
        return store.commit(transitions);
      },
    };
    let runs = 0;
    const machine = machineOf("Worker.Away", {
      only: step(null, () => {
        runs += 1;
        return "ok";
      }),
    });
    const registry = registryOf([machine]);
    const errors: unknown[] = [];
    await work(registry, { onError: (error) => errors.push(error) }, flaky);
    await (await durableOn(store, registry).start(machine, {})).result();
    expect(runs).toBe(1);
    expect(errors).toHaveLength(3);
  });

  test("gets checkpoints that are ready together in one statement", async () => {
    const batches: number[] = [];
    const counting: Store = {
      ...store,
      commit: (transitions) => {
        batches.push(transitions.length);
        return store.commit(transitions);
      },
    };
    const door = gate();
    const machine = machineOf("Worker.Batch", {
      only: step(null, async () => {
        await door.pass();
        return "ok";
      }),
    });
    const registry = registryOf([machine]);
    await work(registry, { queues: { default: { concurrency: 20 } } }, counting);
    const runs = await Promise.all(Array.from({ length: 20 }, () => durableOn(store, registry).start(machine, {})));
    await door.arrived(20);
    for (const open of door.arrivals) open();
    for (const run of runs) await run.result();
    expect(batches).toEqual([20]);
  });

  test("is told of a failure of this library, and the execution ends with it", async () => {
    const machine = machineOf("Worker.Internal", { only: step("nowhere", () => "ok") });
    const registry = registryOf([machine]);
    const errors: unknown[] = [];
    await work(registry, { onError: (error) => errors.push(error) });
    const run = await durableOn(store, registry).start(machine, {});
    await expect(run.result()).rejects.toMatchObject({ error: { type: "internal_error" } });
    expect(errors).toHaveLength(1);
  });
});
