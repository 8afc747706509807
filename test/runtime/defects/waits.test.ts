import { describe, expect, test } from "vitest";
import { app } from "./app.ts";

const { here, compiled, started, resultOf } = app();

const waits = (body: string) => `
  workflow "waits" do
    step :wait, fn data ->
      ${body}
    end
  end`;

describe("waits, where the reference has a defect", () => {
  test("B23: a cancel leaves no question open", async () => {
    const { durable, run } = await started(waits(`{:ok, %{got: wait_for_text("reason")}}`), {}, { skipTime: false });
    await expect.poll(async () => (await durable.listPendingInputs({ executionId: run.id })).length).toBe(1);
    await durable.cancel(run.id);
    expect(await durable.listPendingInputs({ executionId: run.id })).toEqual([]);
    await expect(durable.provideInput(run.id, "reason", "x")).rejects.toMatchObject({ code: "ended_execution" });
  });

  test("B25: an event's name is no key of the data, and each wait gets a payload of its own", async () => {
    const { durable, run } = await started(
      waits(`
        first = wait_for_event("go", timeout: :infinity)
        second = wait_for_event("go", timeout: :infinity)
        {:ok, %{got: [first, second], kept: data["go"]}}`),
      { go: "data" },
      { skipTime: false },
    );
    await durable.sendEvent(run.id, "go", 1);
    await durable.sendEvent(run.id, "go", null);
    expect(await run.result()).toEqual({ go: "data", got: [1, null], kept: "data" });
  });

  test("B26: an event that comes while its execution suspends is never lost", async () => {
    const { waits: machine } = await compiled(waits(`{:ok, %{got: wait_for_event("go", timeout: :infinity)}}`));
    const durable = await here.working([machine!], { skipTime: false });
    const runs = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const run = await durable.start(machine!, {});
        await durable.sendEvent(run.id, "go", n);
        return run;
      }),
    );
    const results = await Promise.all(runs.map((run) => run.result()));
    expect(results.map(({ got }) => got)).toEqual(runs.map((_, n) => n));
  });

  test("B27: a timeout without a value gives nil", async () => {
    const body = `{:ok, %{event: wait_for_event("go", timeout: hours(1)), input: wait_for_input("ask", timeout: hours(1))}}`;
    expect(await resultOf(waits(body))).toEqual({ event: null, input: null });
  });

  test("B28: wait_for_any and wait_for_all end with their timeouts, and keep what has come", async () => {
    const { waits: machine } = await compiled(
      waits(`
        all = wait_for_all(["a", "b"], timeout: hours(1))
        any = wait_for_any(["c", "d"], timeout: hours(1))
        {:ok, %{all: all, any: any}}`),
    );
    const client = here.client(machine!);
    const run = await client.start(machine!, {});
    await client.sendEvent(run.id, "a", 1);
    await here.working([machine!]);
    expect(await run.result()).toEqual({ all: ["timeout", { a: 1 }], any: ["timeout", null] });
  });

  test("B29: on_timeout: :fail fails the workflow, undoes it, and tells its parent", async () => {
    const result = await resultOf(`
      defmodule Caller do
        workflow "caller" do
          step :call, fn _data -> {:ok, %{got: call_workflow(Asks, %{}, timeout: days(1))}} end
        end
      end
      defmodule Asks do
        workflow "asks" do
          step :book, [compensate: :undo], fn _data -> {:ok, %{}} end
          step :ask, fn _data -> {:ok, %{got: wait_for_text("boss", timeout: hours(1), on_timeout: :fail)}} end
          compensate :undo, fn _data -> :ok end
        end
      end`);
    expect(result).toEqual({ got: ["error", { type: "timeout", message: "Timeout waiting for input: boss" }] });
  });

  test("B30: an event that lost the race of a wait_for_any is there for a later wait", async () => {
    const { waits: machine } = await compiled(
      waits(`
        {name, _} = wait_for_any(["a", "b"])
        later = wait_for_event("b", timeout: :infinity)
        {:ok, %{name: name, later: later}}`),
    );
    const client = here.client(machine!);
    const run = await client.start(machine!, {});
    await client.sendEvent(run.id, "a", 1);
    await client.sendEvent(run.id, "b", 2);
    await here.working([machine!]);
    expect(await run.result()).toEqual({ name: "a", later: 2 });
  });

  test("B31: a cancelled wait gives {:cancelled, reason} once, and later sleeps are slept", async () => {
    const { durable, run } = await started(
      waits(`
        got = wait_for_event("go", timeout: :infinity)
        began = DateTime.utc_now()
        sleep(hours(1))
        {:ok, %{got: got, slept: DateTime.diff(DateTime.utc_now(), began) >= 3600}}`),
      {},
      { skipTime: false },
    );
    await expect.poll(async () => (await durable.get(run.id))?.status).toBe("waiting");
    await durable.cancelWait(run.id, "enough");
    await expect.poll(async () => (await durable.get(run.id))?.wait?.on).toBe("time");
    await here.store.advanceClock((await durable.get(run.id))!.wakeAt!);
    expect(await run.result()).toEqual({ got: ["cancelled", "enough"], slept: true });
  });

  test("B41: an event wakes its execution at once, however rarely anybody looks", async () => {
    const { durable, run } = await started(
      waits(`{:ok, %{got: wait_for_event("go", timeout: :infinity)}}`),
      {},
      { skipTime: false, pollMs: 3_600_000 },
    );
    await expect.poll(async () => (await durable.get(run.id))?.status).toBe("waiting");
    await durable.sendEvent(run.id, "go", 1);
    expect(await run.result()).toEqual({ got: 1 });
  });
});
