import { ExecutionFailedError, type Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";
import { world } from "./world.ts";

const here = world();

const source = `
defmodule Trip do
  use Durable
  use Durable.Context
  use Durable.Wait

  workflow "trip" do
    step :flight, [compensate: :cancel_flight], fn _data -> {:ok, %{flight: "F1"}} end

    parallel run: :inline do
      step :hotel, [compensate: :cancel_hotel], fn _data -> {:ok, %{hotel: "H1"}} end
      step :map, fn _data -> {:ok, %{}} end
    end

    parallel run: :queued do
      step :car, [compensate: :cancel_car], fn _data ->
        sleep(10)
        {:ok, %{car: "C1"}}
      end
    end

    step :pay, fn data ->
      put_context(:lost, true)
      case data["mood"] do
        "broke" -> {:error, %{type: "declined", message: "no money"}}
        "slow" ->
          sleep(days(1))
          {:ok, %{}}
        _ -> {:ok, %{paid: true}}
      end
    end

    compensate :cancel_flight, [retry: [max_attempts: 3, backoff: :constant, base: 60_000]], fn data ->
      increment_context(:flights, 1)
      if data["stuck"], do: {:error, "airline is closed"}, else: {:ok, %{returned: true}}
    end

    compensate :cancel_hotel, fn data ->
      put_context(:hotel_undone, %{flight: data["flight"], car_undone: data["car_undone"], lost: data["lost"]})
    end

    compensate :cancel_car, fn _data ->
      if get_context(:stuck), do: raise("car is gone")
      put_context(:car_undone, true)
    end
  end

  workflow "late", timeout: hours(2) do
    step :book, [compensate: :unbook], fn _data -> {:ok, %{}} end
    step :nap, fn _data ->
      sleep(days(1))
      {:ok, %{}}
    end
    compensate :unbook, fn _data -> :ok end
  end

  workflow "first" do
    step :fails, [compensate: :undo], fn _data -> {:error, "at once"} end
    compensate :undo, fn _data -> :ok end
  end
end

defmodule Caller do
  use Durable
  use Durable.Orchestration

  workflow "caller" do
    step :call, fn data ->
      outcome = call_workflow(Trip, %{mood: "broke", stuck: data["stuck"]}, ref: :trip, timeout: days(1))
      {:ok, %{outcome: outcome}}
    end
  end
end
`;

describe("the saga of a failed workflow", () => {
  let all: readonly Machine[];
  beforeAll(async () => {
    all = Object.values(await machinesOf(source));
  });
  const named = (workflow: string) => all.find((machine) => machine.workflow === workflow)!;

  async function failed(workflow: string, input: object) {
    const durable = await here.working(all);
    const run = await durable.start(named(workflow), input);
    await expect(run.result()).rejects.toBeInstanceOf(ExecutionFailedError);
    return { execution: (await durable.get(run.id))!, history: await durable.history(run.id) };
  }

  test("runs the handlers of completed steps newest first, those of inline and queued branches included", async () => {
    const { execution, history } = await failed("trip", { mood: "broke" });
    expect(execution).toMatchObject({ status: "compensated", error: { type: "declined", message: "no money" } });
    expect(execution.compensations).toEqual([
      { step: "car", branch: "car", compensation: "cancel_car", status: "completed", error: null },
      { step: "hotel", branch: "hotel", compensation: "cancel_hotel", status: "completed", error: null },
      { step: "flight", branch: null, compensation: "cancel_flight", status: "completed", error: null },
    ]);
    const undone = history.filter(({ kind }) => kind === "compensation");
    expect(undone.map(({ step, compensates }) => [step, compensates])).toEqual([
      ["cancel_car", "car"],
      ["cancel_hotel", "hotel"],
      ["cancel_flight", "flight"],
    ]);
  });

  test("gives a handler the data of the last checkpoint and what earlier handlers put, not their returned maps", async () => {
    const { execution } = await failed("trip", { mood: "broke" });
    expect(execution.data).toMatchObject({
      car_undone: true,
      hotel_undone: { flight: "F1", car_undone: true, lost: null },
    });
    expect(execution.data).not.toHaveProperty("returned");
  });

  test("counts {:error, _} and a raise as failed, retries as the handler says, and runs the rest all the same", async () => {
    const { execution, history } = await failed("trip", { mood: "broke", stuck: true });
    expect(execution).toMatchObject({ status: "compensation_failed", error: { type: "declined" } });
    expect(
      execution.compensations!.map(({ compensation, status, error }) => [compensation, status, error?.message]),
    ).toEqual([
      ["cancel_car", "failed", "car is gone"],
      ["cancel_hotel", "completed", undefined],
      ["cancel_flight", "failed", "airline is closed"],
    ]);
    const attempts = history.filter(({ step }) => step === "cancel_flight").map(({ attempt }) => attempt);
    expect(attempts).toEqual([1, 2, 3]);
  });

  test("tells the parent, whose call gives the child's error", async () => {
    const durable = await here.working(all);
    for (const stuck of [false, true]) {
      const run = await durable.start(named("caller"), { stuck });
      expect(await run.result()).toMatchObject({ outcome: ["error", { type: "declined", message: "no money" }] });
    }
  });

  test("runs after a workflow timeout too, however long it takes", async () => {
    const { execution } = await failed("late", {});
    expect(execution).toMatchObject({ status: "compensated", error: { type: "workflow_timeout" } });
  });

  test("has nothing to do when no step has completed: the execution has failed", async () => {
    const { execution } = await failed("first", {});
    expect(execution).toMatchObject({ status: "failed", error: { message: "at once" } });
    expect(execution.compensations).toBeNull();
  });

  test("never runs after a cancel", async () => {
    const durable = await here.working(all, { skipTime: false });
    const run = await durable.start(named("trip"), { mood: "slow" });
    await expect.poll(async () => (await durable.get(run.id))?.state).toContain("pay@sleep");
    await durable.cancel(run.id);
    expect(await durable.ended(run.id)).toMatchObject({ status: "cancelled", compensations: null });
    expect((await durable.history(run.id)).filter(({ kind }) => kind === "compensation")).toEqual([]);
  });
});
