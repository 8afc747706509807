/** Taking up again by hand what has failed: while it waited, in a parallel block, or by the timeout of the whole. */
import type { Durable } from "@durablec/runtime";
import { describe, expect, test, vi } from "vitest";
import { startWorker } from "../../runtime/worker/worker.ts";
import { app } from "./defects/app.ts";

const { here, compiled, started } = app();
const DAY = 86_400_000;

/** Runs it until it has failed; from then on time stands still unless told otherwise. */
async function failing(items: string, input: object = {}) {
  const time = { passes: true };
  const { durable, run } = await started(items, input, { skipTime: () => time.passes });
  expect((await durable.ended(run.id)).status).toBe("failed");
  for (const { id } of await durable.list({ parentId: run.id })) await durable.ended(id);
  time.passes = false;
  return { durable, run, time };
}

async function stepsOf(durable: Durable, id: string) {
  return (await durable.history(id)).map(({ step, status }) => `${step} ${status}`);
}

describe("what failed while it waited", () => {
  test("waits again for its event, with the whole timeout of the step before it", async () => {
    const { durable, run } = await failing(`
      workflow "parcel" do
        step :send, [timeout: hours(1)], fn _data ->
          label = "no. 7"
          carrier = wait_for_event("picked_up", timeout: :infinity)
          {:ok, %{label: label, carrier: carrier}}
        end
      end`);
    expect((await durable.get(run.id))!.error).toMatchObject({ type: "step_timeout" });
    await durable.retry(run.id);
    await durable.sendEvent(run.id, "picked_up", "Bo");
    expect(await run.result()).toEqual({ label: "no. 7", carrier: "Bo" });
    expect(await stepsOf(durable, run.id)).toEqual(["send failed", "send completed"]);
  });

  test("runs into the step's timeout again when nothing comes the second time either", async () => {
    const { durable, run, time } = await failing(`
      workflow "parcel" do
        step :send, [timeout: hours(1)], fn _data ->
          {:ok, %{carrier: wait_for_event("picked_up", timeout: :infinity)}}
        end
      end`);
    time.passes = true;
    await durable.retry(run.id);
    await vi.waitUntil(async () => (await durable.get(run.id))!.status === "failed");
    expect(await stepsOf(durable, run.id)).toEqual(["send failed", "send failed"]);
  });

  test("asks people again, with the whole time to answer", async () => {
    const { durable, run } = await failing(`
      workflow "ask" do
        step :ask, fn _data ->
          {:ok, %{answer: wait_for_approval("boss", timeout: days(2), on_timeout: :fail)}}
        end
      end`);
    expect((await durable.get(run.id))!.error).toMatchObject({ type: "timeout" });
    const before = Date.parse(await here.store.now());
    await durable.retry(run.id);
    const [request] = await durable.listPendingInputs({ executionId: run.id });
    expect(request).toMatchObject({ name: "boss", prompt: null });
    await durable.provideInput(run.id, "boss", true);
    expect(await run.result()).toEqual({ answer: "approved" });
    expect(Date.parse(await here.store.now()) - before).toBeLessThan(2 * DAY);
  });

  test("gets its children back, which the timeout of the whole had cancelled", async () => {
    const { durable, run } = await failing(`
      workflow "parent", timeout: hours(1) do
        step :call, fn _data ->
          {:ok, child} = call_workflow(App, %{}, workflow: "child", ref: :child)
          {:ok, %{child: child}}
        end
      end
      workflow "child" do
        step :before, fn _data -> {:ok, %{before: true}} end
        step :wait, fn data -> {:ok, assign(data, :got, wait_for_event("go", timeout: :infinity))} end
      end`);
    expect((await durable.get(run.id))!.error).toMatchObject({ type: "workflow_timeout" });
    const [child] = await durable.listChildren(run.id);
    expect((await durable.ended(child!.id)).status).toBe("cancelled");
    await durable.retry(run.id);
    await durable.sendEvent(child!.id, "go", 7);
    expect(await run.result()).toEqual({ child: { before: true, got: 7 } });
    expect(await stepsOf(durable, child!.id)).toEqual(["before completed", "wait completed"]);
  });
});

describe("a second attempt that has nothing to do but wait", () => {
  test("is under the step's timeout, too", async () => {
    const { durable, run } = await failing(`
      workflow "parcel" do
        step :send, [timeout: hours(1), retry: [max_attempts: 2, base: 10]], fn _data ->
          {:ok, %{carrier: wait_for_event("picked_up", timeout: :infinity)}}
        end
      end`);
    expect(await stepsOf(durable, run.id)).toEqual(["send failed", "send failed"]);
  });
});

describe("a failed queued block", () => {
  const items = `
    workflow "block" do
      parallel run: :queued do
        step :good, fn _data ->
          sleep(seconds(1))
          {:ok, %{good: true}}
        end
        step :bad, fn data ->
          before = "kept"
          answer = wait_for_event("answer", timeout: hours(1), timeout_value: "none")
          if answer == "none", do: {:error, "nobody answered"}, else: {:ok, %{before: before, answer: answer, seen: data["n"], input: input()}}
        end
        step :slow, fn _data ->
          {:ok, child} = call_workflow(App, %{}, workflow: "child", ref: :child)
          {:ok, %{child: child}}
        end
      end
      step :done, fn _data -> {:ok, %{results: parallel_results()}} end
    end
    workflow "child" do
      step :nap, fn _data ->
        sleep(days(3))
        {:ok, %{napped: true}}
      end
    end`;

  test("is taken up again with the branches that have not completed, where each of them was", async () => {
    const { durable, run } = await failing(items, { n: 1 });
    expect((await durable.get(run.id))!.error).toMatchObject({ message: "nobody answered" });
    const branches = await durable.list({ parentId: run.id });
    const bad = branches.find(({ ref }) => ref === "bad")!;
    await durable.retry(run.id);
    // What it had received before it failed is received again, and fails again.
    await vi.waitUntil(async () => (await durable.get(run.id))!.status === "failed");
    expect(await stepsOf(durable, bad.id)).toEqual(["bad failed", "bad failed"]);
    expect(await stepsOf(durable, run.id)).toContain("good completed");
    expect((await stepsOf(durable, run.id)).filter((step) => step === "good completed")).toHaveLength(1);
  });

  test("goes on behind the block when the branches succeed", async () => {
    const { durable, run, time } = await failing(
      `
      workflow "block" do
        parallel run: :queued do
          step :nap, fn _data ->
            sleep(days(2))
            {:ok, %{napped: true}}
          end
          step :ask, [timeout: hours(1)], fn data ->
            {:ok, %{answer: wait_for_event("answer", timeout: :infinity), n: data["n"], input: input()}}
          end
        end
        step :done, fn _data -> {:ok, %{results: parallel_results()}} end
      end`,
      { n: 1 },
    );
    await durable.retry(run.id);
    await durable.sendEvent(run.id, "answer", 42);
    time.passes = true;
    expect(await run.result()).toEqual({
      n: 1,
      results: { nap: ["ok", { napped: true }], ask: ["ok", { answer: 42, n: 1, input: { n: 1 } }] },
    });
  });
});

describe("a saga that cannot be planned", () => {
  test("is tried again a few times, and then says that nothing was undone", async () => {
    const machines = await compiled(`
      workflow "saga" do
        step :charge, [compensate: :refund], fn _data -> {:ok, %{charged: true}} end
        step :ship, fn _data -> {:error, "out of stock"} end
        compensate :refund, fn _data -> {:ok, %{refunded: true}} end
      end`);
    const durable = here.client(machines.saga!);
    const errors: unknown[] = [];
    // A store that answers nonsense: planning throws.
    const broken = { ...here.store, completedSteps: async () => null as never };
    const worker = await startWorker(broken, durable.registry, {
      skipTime: true,
      onError: (error) => errors.push(error),
    });
    const run = await durable.start(machines.saga!, {});
    const end = await durable.ended(run.id);
    await worker.stop();
    expect(end).toMatchObject({
      status: "compensation_failed",
      error: { message: "out of stock", compensation_error: { type: "internal_error" } },
    });
    expect(errors).toHaveLength(10);
  });
});
