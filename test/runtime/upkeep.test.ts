import { createDurable, type Machine } from "@durablec/runtime";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";
import { testDatabase } from "../support/database.ts";
import { machineOf, resume, step } from "./machines.ts";
import { world } from "./world.ts";

const here = world();

describe("retry by hand", () => {
  /** Waits, then fails as long as it is told to. */
  function mending(module: string) {
    const state = { broken: true, begun: 0 };
    const machine = machineOf(module, {
      before: step("work", (io) => io.putContext("before", true)),
      work: step(null, (io) => {
        state.begun += 1;
        return io.sleep(1000, { resume: "work@sleep", saved: { kept: 7 } });
      }),
      "work@sleep": resume("work", (_io, _data, { kept }) => (state.broken ? ["error", "broken"] : ["ok", { kept }])),
    });
    return { machine, state };
  }

  test("takes a failed execution up at the last resume point of the step that failed", async () => {
    const { machine, state } = mending("Retry.Step");
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toThrow("broken");
    state.broken = false;
    await durable.retry(run.id);
    expect(await run.result()).toEqual({ before: true, kept: 7 });
    expect(state.begun).toBe(1);
    expect((await durable.history(run.id)).map(({ step: name, status }) => [name, status])).toEqual([
      ["before", "completed"],
      ["work", "failed"],
      ["work", "completed"],
    ]);
  });

  test("runs only the branches of a parallel block that have not completed", async () => {
    const ran: string[] = [];
    let broken = true;
    const machine = machineOf("Retry.Block", {
      block: {
        kind: "parallel",
        line: 1,
        mode: "inline",
        onError: "complete_all",
        branches: { good: "good", bad: "bad" },
        next: null,
        into: (_io, _data, results) => (results.bad[0] === "ok" ? ["ok", { done: true }] : results.bad),
      },
      good: step(null, () => {
        ran.push("good");
        return "ok";
      }),
      bad: step(null, () => {
        ran.push("bad");
        return broken ? ["error", "broken"] : "ok";
      }),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toThrow("broken");
    broken = false;
    await durable.retry(run.id);
    expect(await run.result()).toEqual({ done: true });
    expect(ran.sort()).toEqual(["bad", "bad", "good"]);
  });

  test("of what has not failed, or is unknown, is refused", async () => {
    const machine = machineOf("Retry.Fine", { only: step(null, () => "ok") });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await run.result();
    await expect(durable.retry(run.id)).rejects.toMatchObject({ code: "not_failed" });
    await expect(durable.retry("nobody")).rejects.toMatchObject({ code: "unknown_execution" });
  });
});

describe("queues", () => {
  test("a paused queue is claimed from by nobody until it is resumed; drain waits for what runs", async () => {
    let finish = () => {};
    const running = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const machine = machineOf("Queue.Held", {
      only: step(null, async () => {
        await running;
        return "ok";
      }),
    });
    const durable = await here.working([machine], { skipTime: false, queues: { held: { concurrency: 1 } } });
    const run = await durable.start(machine, {}, { queue: "held" });
    await expect.poll(async () => (await durable.get(run.id))?.status).toBe("running");
    await expect(durable.queues.drain("held", { timeoutMs: 60 })).rejects.toMatchObject({ code: "drain_timeout" });
    finish();
    await durable.queues.drain("held");
    const next = await durable.start(machine, {}, { queue: "held" });
    await expect(next.result({ timeoutMs: 200 })).rejects.toMatchObject({ code: "result_timeout" });
    const held = (await durable.queues.list()).find(({ name }) => name === "held");
    expect(held).toMatchObject({ paused: true, due: 1, workers: 1 });
    expect((await durable.parked()).find(({ id }) => id === next.id)).toMatchObject({ reason: "queue_paused" });
    await durable.queues.resume("held");
    expect(await next.result()).toEqual({});
  });
});

describe("cleanup", () => {
  test("deletes whole trees that have ended before a time, and only those", async () => {
    const leaf = machineOf("Clean.Leaf", { only: step(null, () => "ok") });
    const machine = machineOf(
      "Clean.Root",
      {
        only: step(null, (io) => io.callWorkflow(leaf, {}, { ref: "leaf", resume: "only@leaf" })),
        "only@leaf": resume("only", () => "ok"),
      },
      { children: () => [leaf] },
    );
    const waiting = machineOf(
      "Clean.Waits",
      {
        only: step(null, (io) => io.waitForEvent("go", { resume: "only@event" })),
        "only@event": resume("only", () => "ok"),
      },
      { events: ["go"] },
    );
    const durable = await here.working([machine, waiting], { skipTime: false });
    const run = await durable.start(machine, {});
    await run.result();
    const alive = await durable.start(waiting, {});
    const before = new Date(Date.parse(await here.store.now()) + 60_000);
    expect((await durable.cleanup({ before, statuses: ["completed"], dryRun: true })).trees).toBeGreaterThan(0);
    await durable.cleanup({ before, statuses: ["completed"], batch: 1 });
    expect(await durable.get(run.id)).toBeNull();
    expect(await durable.listChildren(run.id)).toEqual([]);
    expect(await durable.get(alive.id)).not.toBeNull();
  });
});

describe("inside the app's own transaction", () => {
  test("a start and an event happen if and when it commits", async () => {
    const { Waits } = (await machinesOf(`
      defmodule Waits do
        use Durable
        use Durable.Wait
        workflow "waits" do
          step :s, fn _data -> {:ok, %{got: wait_for_event("go", timeout: :infinity)}} end
        end
      end`)) as { readonly Waits: Machine };
    const database = await testDatabase();
    const durable = await createDurable({ database: database.url, workflows: [Waits] });
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query("BEGIN");
      await durable.start(Waits, {}, { id: "undone", client });
      await client.query("ROLLBACK");
      expect(await durable.get("undone")).toBeNull();
      await client.query("BEGIN");
      const run = await durable.start(Waits, {}, { id: "done", client });
      await durable.sendEvent(run.id, "go", 1, { client });
      expect(await durable.get("done")).toBeNull();
      await client.query("COMMIT");
      await durable.work();
      expect(await run.result()).toEqual({ got: 1 });
    } finally {
      await client.end();
      await durable.close();
      await database.drop();
    }
  });
});
