import { createDurable, type Machine } from "@durablec/runtime";
import { describe, expect, test } from "vitest";
import { app } from "./app.ts";

const { here, compiled, started, resultOf } = app();

/** Fails after its block, and undoes what the block has done. */
const block = (undo: string) => `
  workflow "block" do
    step :first, fn _data -> {:ok, %{first: 1}} end
    parallel do
      step :book, [compensate: :unbook], fn _data -> {:ok, %{booked: true}} end
      step :fail, fn _data ->
        Process.sleep(50)
        {:error, "sibling"}
      end
    end
    compensate :unbook, fn data -> ${undo} end
  end`;

async function ended(items: string, input: object = {}) {
  const { durable, run } = await started(items, input);
  const execution = await durable.ended(run.id);
  return { durable, execution, history: await durable.history(run.id) };
}

describe("failing, undoing and ending, where the reference has a defect", () => {
  test("B13: what steps of a parallel block did is undone", async () => {
    const { execution } = await ended(block(":ok"));
    expect(execution).toMatchObject({
      status: "compensated",
      error: { message: "sibling" },
      compensations: [{ step: "book", compensation: "unbook", status: "completed" }],
    });
  });

  test("B20: a compensation after a failed block is given the workflow's data", async () => {
    const { execution } = await ended(block("put_context(:seen, data)"), { n: 1 });
    expect(execution.data).toEqual({ n: 1, first: 1, seen: { n: 1, first: 1 } });
  });

  test("B21: a compensation that returns {:error, _} has failed", async () => {
    const { execution } = await ended(block('{:error, "stuck"}'));
    expect(execution).toMatchObject({
      status: "compensation_failed",
      compensations: [{ status: "failed", error: { message: "stuck" } }],
    });
  });

  test("B22: nothing overwrites how a saga ended", async () => {
    const { durable, execution } = await ended(block(":ok"));
    await here.working([], { queues: { default: { concurrency: 1 } } });
    expect(await durable.get(execution.id)).toEqual(execution);
    await expect(durable.cancel(execution.id)).rejects.toMatchObject({ code: "ended_execution" });
  });

  test("B24: a cancel stops a running workflow, and nothing of it counts any more", async () => {
    const { durable, run } = await started(
      `
      workflow "runs" do
        step :slow, fn _data ->
          Process.sleep(200)
          {:ok, %{slow: true}}
        end
        step :next, fn _data -> {:ok, %{next: true}} end
      end`,
      {},
      { skipTime: false },
    );
    await expect.poll(async () => (await durable.get(run.id))?.status).toBe("running");
    await durable.cancel(run.id, "stop");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await durable.get(run.id)).toMatchObject({ status: "cancelled", error: { message: "stop" }, result: null });
    expect(await durable.history(run.id)).toEqual([]);
  });

  test("B35: executions are listed by their module and workflow", async () => {
    const { durable, run } = await started(`
      defmodule Listed.Here do
        workflow "listed" do
          step :s, fn data -> {:ok, data} end
        end
      end`);
    await run.result();
    expect((await durable.list({ module: "Listed.Here" })).map(({ id }) => id)).toEqual([run.id]);
    expect((await durable.list({ workflow: "listed" })).map(({ id }) => id)).toEqual([run.id]);
    expect(await durable.list({ module: "Listed.There" })).toEqual([]);
  });

  test("B36: everything works in a schema of another name", async () => {
    const { asks } = await compiled(`
      workflow "asks" do
        step :s, fn _data -> {:ok, %{got: wait_for_text("name")}} end
      end`);
    const durable = await createDurable({ schema: "other_name", workflows: [asks as Machine] });
    try {
      await durable.work();
      const run = await durable.start(asks as Machine, {});
      await expect.poll(async () => (await durable.listPendingInputs()).length).toBe(1);
      await durable.provideInput(run.id, "name", "Ada");
      expect(await run.result()).toEqual({ got: "Ada" });
    } finally {
      await durable.close();
    }
  });

  test("B39: a retry that backs off holds no worker", async () => {
    const machines = await compiled(`
      workflow "flaky" do
        step :s, [retry: [max_attempts: 2, base: 3_600_000]], fn _data -> {:error, "no"} end
      end
      workflow "other" do
        step :s, fn _data -> {:ok, %{done: true}} end
      end`);
    const durable = await here.working(Object.values(machines), {
      skipTime: false,
      queues: { default: { concurrency: 1 } },
    });
    const flaky = await durable.start(machines.flaky!, {});
    await expect.poll(async () => (await durable.get(flaky.id))?.attempt).toBe(2);
    expect(await (await durable.start(machines.other!, {})).result()).toEqual({ done: true });
    expect(await durable.get(flaky.id)).toMatchObject({ status: "pending", attempt: 2 });
  });

  test("B40: a step's end, its data and where to go on are one record: a worker that goes leaves nothing half done", async () => {
    const source = `
      workflow "halves" do
        step :one, fn _data ->
          IO.puts("one")
          {:ok, %{one: true}}
        end
        step :two, fn _data ->
          Process.sleep(150)
          {:ok, %{two: true}}
        end
      end`;
    const { halves } = await compiled(source);
    const { startWorker } = await import("../../../runtime/worker/worker.ts");
    const durable = here.client(halves!);
    const worker = await startWorker(here.store, durable.registry, { pollMs: 20 });
    const run = await durable.start(halves!, {});
    await expect.poll(async () => (await durable.get(run.id))?.state).toBe("two");
    expect(await durable.get(run.id)).toMatchObject({ data: { one: true } });
    expect(await durable.history(run.id)).toMatchObject([{ step: "one", status: "completed" }]);
    await worker.stop({ withinMs: 0 });
    await here.working([halves!]);
    expect(await run.result()).toEqual({ one: true, two: true });
    expect((await durable.history(run.id)).map(({ step }) => step)).toEqual(["one", "two"]);
  });

  test("B42: fail_fast gives the first failure in time and stops the others", async () => {
    const { execution, history } = await ended(`
      workflow "fast" do
        parallel do
          step :a_later, fn _data ->
            Process.sleep(2_000)
            {:error, "alphabetically first"}
          end
          step :b_first, fn _data -> {:error, "first in time"} end
        end
      end`);
    expect(execution.error).toMatchObject({ message: "first in time" });
    expect(history.map(({ branch, status }) => [branch, status])).toEqual([
      ["b_first", "failed"],
      ["a_later", "aborted"],
    ]);
  });

  test("B43: nothing is ever left waiting for nothing", async () => {
    await resultOf(`
      workflow "waits" do
        step :s, fn _data ->
          sleep(minutes(1))
          wait_for_event("x", timeout: minutes(1))
          {:ok, %{}}
        end
      end`);
    const findings = await here.store.findings({ crashes: 1, limit: 10 });
    expect(findings.filter(({ code }) => code === "stuck_wait" || code === "lost_execution")).toEqual([]);
  });

  test("B44: what a client sees has the saga, and a start time that a resume leaves alone", async () => {
    const { durable, run } = await started(`
      workflow "seen" do
        step :book, [compensate: :undo], fn _data -> {:ok, %{}} end
        step :wait, fn _data ->
          sleep(hours(5))
          {:error, "late"}
        end
        compensate :undo, fn _data -> :ok end
      end`);
    const { startedAt, createdAt, endedAt, compensations } = await durable.ended(run.id);
    expect(compensations).toMatchObject([{ step: "book", compensation: "undo", status: "completed" }]);
    expect(Date.parse(startedAt!) - Date.parse(createdAt)).toBeLessThan(3_600_000);
    expect(Date.parse(endedAt!) - Date.parse(startedAt!)).toBeGreaterThan(4 * 3_600_000);
    const history = await durable.history(run.id);
    expect(history.map(({ kind, compensates }) => [kind, compensates ?? null])).toContainEqual([
      "compensation",
      "book",
    ]);
  });
});
