/** How often a step is tried, how long it rests in between, and what is undone when it has failed for good. */
import type { Execution, Machine } from "@durablec/runtime";
import { createTestDurable, type TestDurable } from "@durablec/runtime/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machinesOf } from "../../support/compile.ts";

const source = `
defmodule Failing do
  use Durable
  use Durable.Context
  use Durable.Helpers
  use Durable.Orchestration
  use Durable.Wait

  workflow "exponential" do
    step :fail, [retry: [max_attempts: 7]], fn _data -> {:error, "no"} end
  end

  workflow "linear" do
    step :fail, [retry: [max_attempts: 5, backoff: :linear, base: minutes(1), max_backoff: minutes(3)]], fn _data -> {:error, "no"} end
  end

  workflow "constant" do
    step :fail, [retry: [max_attempts: 4, backoff: :constant, base: seconds(10)]], fn _data -> raise "no" end
  end

  workflow "capped" do
    step :fail, [retry: [max_attempts: 4, base: hours(1), max_backoff: hours(3)]], fn _data -> {:error, "no"} end
  end

  workflow "inherited", max_retries: 3 do
    step :fail, fn _data -> {:error, "no"} end
  end

  # Fails until a certain time has come.
  workflow "decides" do
    decision :flaky, [retry: [max_attempts: 3, backoff: :constant, base: minutes(10)]], fn data ->
      if too_early?(data), do: {:error, "again"}, else: {:goto, :last, data}
    end
    step :between, fn data -> {:ok, assign(data, :between, true)} end
    step :last, fn data -> {:ok, assign(data, :last, true)} end
  end

  defp too_early?(data), do: DateTime.compare(DateTime.utc_now(), data["not_before"]) == :lt

  workflow "fine" do
    step :book, [compensate: :unbook], fn data -> {:ok, assign(data, :booked, true)} end
    compensate :unbook, fn _data -> :ok end
  end

  workflow "plain" do
    step :book, fn data -> {:ok, data} end
    step :fail, fn _data -> {:error, "no"} end
  end

  workflow "trip" do
    step :flight, [compensate: :cancel_flight], fn data -> {:ok, assign(data, :flight, 1)} end

    decision :class, [compensate: :downgrade], fn data ->
      if data["skip"], do: {:goto, :car, data}, else: {:ok, data}
    end

    step :hotel, [compensate: :cancel_hotel], fn data -> {:ok, assign(data, :hotel, 1)} end

    branch on: fn data -> data["kind"] end do
      "museum" ->
        step :ticket, [compensate: :refund], fn data -> {:ok, assign(data, :ticket, 1)} end
      "raises" ->
        step :never, [compensate: :refund], fn data -> {:ok, data} end
      _ ->
        step :nothing, fn data -> {:ok, data} end
    end

    step :car, [compensate: :cancel_car], fn data ->
      put_context(:half, "a car")
      if data["fail"] == "car", do: {:error, %{type: "no_car", message: "none left", town: "Bonn"}}, else: {:ok, assign(data, :car, 1)}
    end

    branch on: fn data -> if data["fail"] == "branch", do: data["list"] |> Enum.count(), else: 0 end do
      _ -> step :over, fn data -> {:ok, data} end
    end

    decision :jump, fn data ->
      if data["fail"] == "decision", do: data["go"], else: {:ok, data}
    end

    parallel into: fn _data, _results -> {:error, "decided"} end do
      step :insure, [compensate: :uninsure], fn _data -> {:ok, %{}} end
    end

    compensate :cancel_flight, fn data ->
      put_context(:seen, data)
      if data["stuck"], do: raise("closed"), else: :ok
    end
    compensate :downgrade, fn _data -> :ok end
    compensate :cancel_hotel, fn data -> if data["stuck"], do: {:error, %{code: 1}}, else: {:ok, %{}} end
    compensate :refund, fn _data -> :ok end
    compensate :cancel_car, fn _data -> :ok end
    compensate :uninsure, fn _data -> :ok end
  end

  workflow "slow_undo" do
    step :book, [compensate: :unbook], fn data -> {:ok, data} end
    step :fail, fn _data -> {:error, "no"} end
    compensate :unbook, [retry: [max_attempts: 3, backoff: :constant, base: hours(1)]], fn _data -> {:error, "not yet"} end
  end

  workflow "retried" do
    step :book, [compensate: :unbook, retry: [max_attempts: 3, backoff: :constant, base: minutes(10)]], fn data ->
      if too_early?(data), do: {:error, "again"}, else: {:ok, data}
    end
    step :fail, fn _data -> {:error, "no"} end
    compensate :unbook, fn _data -> :ok end
  end

  workflow "outer" do
    step :book, [compensate: :unbook], fn data -> {:ok, data} end
    step :call, fn data ->
      case call_workflow(Failing, data, workflow: "inner", ref: :inner) do
        {:ok, _} -> {:ok, data}
        {:error, reason} -> {:error, reason}
      end
    end
    compensate :unbook, fn _data -> :ok end
  end

  workflow "inner" do
    step :hold, [compensate: :unhold], fn data -> {:ok, data} end
    step :fail, fn _data -> {:error, %{type: "inner", message: "no"}} end
    compensate :unhold, fn data -> if data["stuck"], do: {:error, "stuck"}, else: :ok end
  end
end`;

let durable: TestDurable;
let machines: readonly Machine[];
beforeAll(async () => {
  machines = Object.values(await machinesOf(source));
  durable = await createTestDurable({ workflows: machines, startAt: new Date("2026-01-01T00:00:00Z") });
});
afterAll(() => durable.close());

async function begin(workflow: string, input: object = {}) {
  const machine = machines.find((one) => one.workflow === workflow)!;
  return durable.start(machine, input);
}

async function run(workflow: string, input: object = {}): Promise<Execution> {
  return durable.runToEnd((await begin(workflow, input)).id);
}

async function inMinutes(minutes: number): Promise<string> {
  return new Date((await durable.now()).getTime() + minutes * MINUTE).toISOString();
}

/** The time between the end of each attempt and the beginning of the next. */
async function rests(of: Execution): Promise<readonly number[]> {
  const attempts = await durable.history(of.id);
  return attempts.slice(1).map(({ startedAt }, n) => Date.parse(startedAt) - Date.parse(attempts[n]!.endedAt));
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe("a retry", () => {
  test.each([
    ["exponential", [2, 4, 8, 16, 30, 30].map((n) => n * SECOND)],
    ["linear", [1, 2, 3, 3].map((n) => n * MINUTE)],
    ["constant", [10, 10, 10].map((n) => n * SECOND)],
    ["capped", [2, 3, 3].map((n) => n * HOUR)],
    ["inherited", [2, 4, 8].map((n) => n * SECOND)],
  ])("%s rests as long as its backoff says, give or take a quarter", async (workflow, delays) => {
    const end = await run(workflow);
    expect(end).toMatchObject({ status: "failed", error: { message: "no" } });
    const rested = await rests(end);
    expect(rested).toHaveLength(delays.length);
    for (const [n, delay] of delays.entries()) {
      expect(rested[n]).toBeGreaterThanOrEqual(0.74 * delay);
      // A worker's clock runs on between two looks at the virtual one.
      expect(rested[n]).toBeLessThan(1.26 * delay + 10 * SECOND);
    }
  });

  test("of a decision is one like of any step, and its goto counts when it succeeds", async () => {
    const end = await run("decides", { not_before: await inMinutes(5) });
    expect(end).toMatchObject({ status: "completed", result: { last: true } });
    expect(end.result).not.toHaveProperty("between");
    const attempts = (await durable.history(end.id)).map(({ step, attempt, status }) => [step, attempt, status]);
    expect(attempts).toEqual([
      ["flaky", 1, "failed"],
      ["flaky", 2, "completed"],
      ["last", 1, "completed"],
    ]);
  });

  test("rests in the database, held by nobody", async () => {
    const { id } = await begin("capped");
    await durable.settled();
    const resting = (await durable.get(id))!;
    expect(resting).toMatchObject({ status: "pending", state: "fail", attempt: 2 });
    expect(Date.parse(resting.wakeAt!)).toBeGreaterThan((await durable.now()).getTime());
    const queue = (await durable.queues.list()).find(({ name }) => name === "default")!;
    expect(queue).toMatchObject({ due: 0, later: 1 });
    expect(queue.counts.running).toBeUndefined();
    await durable.cancel(id);
  });
});

describe("a saga", () => {
  const undone = ({ compensations }: Execution) => compensations!.map(({ compensation }) => compensation);

  test("is none where nothing failed, and none where no step can be undone", async () => {
    expect(await run("fine")).toMatchObject({ status: "completed", compensations: null });
    expect(await run("plain")).toMatchObject({ status: "failed", compensations: null, error: { message: "no" } });
  });

  test.each([
    [
      "a step",
      { fail: "car" },
      { type: "no_car", message: "none left", town: "Bonn" },
      ["cancel_hotel", "downgrade", "cancel_flight"],
    ],
    [
      "a step behind a clause",
      { fail: "car", kind: "museum" },
      { type: "no_car" },
      ["refund", "cancel_hotel", "downgrade", "cancel_flight"],
    ],
    ["a step behind a goto", { fail: "car", skip: true }, { type: "no_car" }, ["downgrade", "cancel_flight"]],
    [
      "the condition of a branch",
      { fail: "branch", list: 7 },
      { type: "branch_error" },
      ["cancel_car", "cancel_hotel", "downgrade", "cancel_flight"],
    ],
    [
      "a goto to nowhere",
      { fail: "decision", go: ["goto", "nowhere", {}] },
      { type: "decision_error" },
      ["cancel_car", "cancel_hotel", "downgrade", "cancel_flight"],
    ],
    [
      "the callback of a block",
      {},
      { message: "decided" },
      ["uninsure", "cancel_car", "cancel_hotel", "downgrade", "cancel_flight"],
    ],
  ])(
    "follows the failure of %s: it undoes what has completed, and nothing else",
    async (_what, input, error, handlers) => {
      const end = await run("trip", input);
      expect(end).toMatchObject({ status: "compensated", error });
      expect(undone(end)).toEqual(handlers);
      expect(end.endedAt).not.toBeNull();
    },
  );

  test("does not see what the failed step has written, and leaves the error as it was", async () => {
    const end = await run("trip", { fail: "car" });
    expect(end.data.seen).toMatchObject({ flight: 1, hotel: 1 });
    expect(end.data.seen).not.toHaveProperty("half");
    expect(end.result).toBeNull();
  });

  test("goes on behind a handler that fails, and says of each how it ended", async () => {
    const end = await run("trip", { fail: "car", stuck: true });
    expect(end).toMatchObject({ status: "compensation_failed", error: { type: "no_car" } });
    expect(end.compensations!.map(({ compensation, status }) => [compensation, status])).toEqual([
      ["cancel_hotel", "failed"],
      ["downgrade", "completed"],
      ["cancel_flight", "failed"],
    ]);
  });

  test("tries a handler as often as it says, and may take hours", async () => {
    const { id } = await begin("slow_undo");
    await durable.settled();
    expect((await durable.get(id))!.status).toBe("compensating");
    const end = await durable.runToEnd(id);
    expect(end).toMatchObject({ status: "compensation_failed", compensations: [{ error: { message: "not yet" } }] });
    const handlers = (await durable.history(id)).filter(({ kind }) => kind === "compensation");
    expect(handlers.map(({ attempt, status, compensates }) => [attempt, status, compensates])).toEqual(
      [1, 2, 3].map((attempt) => [attempt, "failed", "book"]),
    );
  });

  test("undoes a step once, however often it was tried", async () => {
    const end = await run("retried", { not_before: await inMinutes(15) });
    expect(undone(end)).toEqual(["unbook"]);
    expect((await durable.history(end.id)).filter(({ step }) => step === "book")).toHaveLength(3);
  });

  test.each([
    [{}, "compensated"],
    [{ stuck: true }, "compensation_failed"],
  ])("of a child comes before its parent's, which fails with the child's error (%j: %s)", async (input, status) => {
    const end = await run("outer", input);
    expect(end).toMatchObject({ status: "compensated", error: { type: "inner", message: "no" } });
    expect(undone(end)).toEqual(["unbook"]);
    const [inner] = await durable.listChildren(end.id);
    expect(inner).toMatchObject({ status, compensations: [{ compensation: "unhold" }] });
    expect(Date.parse(inner!.endedAt!)).toBeLessThanOrEqual(Date.parse(end.endedAt!));
  });

  test("cannot be cancelled while it undoes, and is over for good when it has", async () => {
    const { id } = await begin("slow_undo");
    await durable.settled();
    await expect(durable.cancel(id)).rejects.toMatchObject({ code: "compensating_execution" });
    await durable.runToEnd(id);
    await expect(durable.cancel(id)).rejects.toMatchObject({ code: "ended_execution" });
  });
});
