/**
 * A worker that never looks for what may be due unless it is told, or knows itself: whatever happens is seen at once, and polling
 * is only for notifications that are lost.
 */
import { createDurable, type Durable, type Machine } from "@durablec/runtime";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { machinesOf } from "../support/compile.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const source = `
defmodule Child do
  use Durable
  use Durable.Wait
  workflow "child" do
    step :waits, fn _data ->
      wait_for_event("go")
      {:ok, %{}}
    end
  end
end

defmodule Work do
  use Durable
  use Durable.Wait
  use Durable.Orchestration

  workflow "plain" do
    step :only, fn _data -> {:ok, %{}} end
  end

  workflow "naps" do
    step :naps, fn _data ->
      sleep(50)
      sleep(20)
      {:ok, %{heard: wait_for_event("nothing", timeout: 50)}}
    end
  end

  workflow "tries again" do
    step :fails, [retry: [max_attempts: 3, backoff: :constant, base: 50]], fn _data -> {:error, "busy"} end
  end

  workflow "takes too long" do
    step :waits, [timeout: 50], fn _data ->
      wait_for_event("never")
      {:ok, %{}}
    end
  end

  workflow "calls" do
    step :calls, fn _data -> {:ok, %{called: call_workflow(Child, %{}, ref: :child)}} end
  end

  workflow "listens" do
    step :listens, fn _data -> {:ok, %{heard: wait_for_event("go")}} end
  end

  workflow "asks" do
    step :asks, fn _data -> {:ok, %{answer: wait_for_approval("sure")}} end
  end

  workflow "branches" do
    parallel run: :queued do
      step :naps, fn _data ->
        sleep(50)
        {:ok, %{}}
      end
      step :listens, fn _data ->
        wait_for_event("go")
        {:ok, %{}}
      end
    end
  end

  workflow "is undone" do
    step :first, [compensate: :undo], fn _data -> {:ok, %{}} end
    step :fails, fn _data -> {:error, "no"} end
    compensate :undo, [retry: [max_attempts: 3, backoff: :constant, base: 50]], fn _data -> {:error, "nor this"} end
  end
end`;

let database: TestDatabase;
let durable: Durable;
let machines: readonly Machine[];

beforeAll(async () => {
  database = await testDatabase();
  machines = Object.values(await machinesOf(source));
  durable = await createDurable({ database: database.url, workflows: machines });
  await durable.work({ pollMs: 3_600_000 });
});
afterAll(async () => {
  await durable?.close();
  await database?.drop();
});

/** Resolves when this many of the workflow, its children and its branches wait. */
async function waiting(id: string, count = 1): Promise<void> {
  const isWaiting = async () =>
    [await durable.get(id), ...(await durable.list({ parentId: id }))].filter((one) => one?.status === "waiting");
  await vi.waitUntil(async () => (await isWaiting()).length === count, { timeout: 30_000 });
}

async function childOf(id: string): Promise<string> {
  await waiting(id, 2);
  return (await durable.listChildren(id))[0]!.id;
}

const nothing = async () => {};

test.each<readonly [workflow: string, how: string, status: string, act: (id: string) => Promise<unknown>]>([
  ["plain", "started", "completed", nothing],
  ["naps", "whose timers begin one after the other", "completed", nothing],
  ["tries again", "that backs off", "failed", nothing],
  ["takes too long", "whose step times out while it waits", "failed", nothing],
  ["calls", "whose child ends", "completed", async (id) => durable.sendEvent(await childOf(id), "go", null)],
  ["calls", "whose child is cancelled", "completed", async (id) => durable.cancel(await childOf(id))],
  ["listens", "that is sent its event", "completed", (id) => waiting(id).then(() => durable.sendEvent(id, "go", null))],
  ["listens", "whose wait is cancelled", "completed", (id) => waiting(id).then(() => durable.cancelWait(id))],
  ["asks", "that is answered", "completed", (id) => waiting(id).then(() => durable.provideInput(id, "sure", true))],
  [
    "branches",
    "with queued branches",
    "completed",
    (id) => waiting(id, 2).then(() => durable.sendEvent(id, "go", null)),
  ],
  ["is undone", "whose compensation backs off", "compensation_failed", nothing],
])("%s: a workflow %s goes on at once", async (name, _how, status, act) => {
  const run = await durable.start(machines.find(({ workflow }) => workflow === name)!, {});
  await act(run.id);
  expect((await durable.ended(run.id, { timeoutMs: 60_000 })).status).toBe(status);
});

test("a start at a later time is made then", async () => {
  const plain = machines.find(({ workflow }) => workflow === "plain")!;
  const run = await durable.start(plain, {}, { at: new Date(Date.now() + 300) });
  expect((await durable.ended(run.id, { timeoutMs: 60_000 })).status).toBe("completed");
});
