/** Waits as an author writes them and an outsider meets them: what is asked, what comes, what a timeout gives. */
import type { Durable, Machine } from "@durablec/runtime";
import { createTestDurable, type TestDurable } from "@durablec/runtime/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { machinesOf } from "../../support/compile.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const source = `
defmodule Waits do
  use Durable
  use Durable.Helpers
  use Durable.Orchestration
  use Durable.Wait

  workflow "naps" do
    step :first, fn _data ->
      sleep(hours(1))
      {:ok, %{first: true}}
    end
    step :second, fn data ->
      sleep(hours(1))
      {:ok, assign(data, :second, wait_for_event("then", timeout: :infinity))}
    end
  end

  workflow "odd_names" do
    step :special, fn _data -> {:ok, %{special: wait_for_event("order:paid/2 (eu)", timeout: :infinity)}} end
    step :unicode, fn data -> {:ok, assign(data, :unicode, wait_for_event("支払い✓", timeout: :infinity))} end
  end

  workflow "values" do
    step :tuple, fn _data ->
      case wait_for_event("a", timeout: hours(1), timeout_value: {:error, :timeout}) do
        {:error, reason} -> {:ok, %{tuple: reason}}
        _ -> {:ok, %{}}
      end
    end
    step :map, fn data ->
      value = wait_for_event("b", timeout: hours(1), timeout_value: %{nested: [{:a, 1}, nil]})
      {:ok, assign(data, :map, value)}
    end
    step :at_once, fn data -> {:ok, assign(data, :at_once, wait_for_event("c", timeout: 1, timeout_value: "none"))} end
  end

  workflow "twice" do
    step :one, fn _data -> {:ok, %{one: wait_for_event("note", timeout: :infinity)}} end
    step :two, fn data -> {:ok, assign(data, :two, wait_for_event("note", timeout: :infinity))} end
  end

  workflow "any" do
    step :first, fn _data ->
      {name, payload} = wait_for_any(["left", "right"], timeout: :infinity)
      {:ok, %{name: name, payload: payload}}
    end
    step :rest, fn data -> {:ok, assign(data, :all, wait_for_all(["a", "b"], timeout: :infinity))} end
  end

  workflow "questions" do
    step :choose, fn _data ->
      {:ok, %{size: wait_for_choice("size", prompt: "Which?", choices: [%{value: "s", label: "Small"}, %{value: "l", label: "Large"}], timeout: days(1))}}
    end
    step :form, fn data ->
      answer = wait_for_form("address", fields: [%{name: :street, type: :text, required: true}], timeout: days(2), metadata: %{team: "ops"})
      {:ok, assign(data, :street, answer["street"])}
    end
  end

  workflow "calendar" do
    step :look, fn _data ->
      {:ok, %{
        business: next_business_day(),
        at_ten: next_business_day(hour: 10),
        friday: next_weekday(:friday),
        friday_noon: next_weekday(:friday, hour: 12),
        evening: end_of_day()
      }}
    end
  end
end`;

let machines: readonly Machine[];
let durable: TestDurable;
const named = (workflow: string) => machines.find((machine) => machine.workflow === workflow)!;
const begun = async (workflow: string) => {
  const run = await durable.start(named(workflow), {});
  await durable.settled();
  return run;
};
const stateOf = async (durable: Durable, id: string) => {
  const { status, state, wakeAt } = (await durable.get(id))!;
  return { status, state, wakeAt };
};

beforeAll(async () => {
  machines = Object.values(await machinesOf(source));
  // A Saturday.
  durable = await createTestDurable({ workflows: machines, startAt: new Date("2026-06-06T12:00:00.000Z") });
});
afterAll(() => durable.close());

describe("the calendar", () => {
  test("counts from virtual time, in UTC", async () => {
    const run = await begun("calendar");
    expect(await run.result()).toEqual({
      business: "2026-06-08T09:00:00Z",
      at_ten: "2026-06-08T10:00:00Z",
      friday: "2026-06-12T09:00:00Z",
      friday_noon: "2026-06-12T12:00:00Z",
      evening: "2026-06-06T23:59:59Z",
    });
  });
});

describe("sleeping", () => {
  test("one sleep after another, then an event that no old timer ends", async () => {
    const run = await begun("naps");
    const first = await stateOf(durable, run.id);
    expect(first).toMatchObject({ status: "waiting", state: "first@sleep" });
    expect(Date.parse(first.wakeAt!) - (await durable.now()).getTime()).toBeGreaterThan(HOUR - 60_000);
    await durable.advance(HOUR);
    expect(await stateOf(durable, run.id)).toMatchObject({ status: "waiting", state: "second@sleep" });
    await durable.advance(HOUR);
    expect(await stateOf(durable, run.id)).toEqual({ status: "waiting", state: "second@event:then", wakeAt: null });
    await durable.advance(DAY);
    expect(await stateOf(durable, run.id)).toMatchObject({ status: "waiting" });
    await durable.sendEvent(run.id, "then", 7);
    expect(await run.result()).toEqual({ first: true, second: 7 });
  });
});

describe("events", () => {
  test("may have any name", async () => {
    const run = await begun("odd_names");
    await durable.sendEvent(run.id, "支払い✓", { b: 2 });
    await durable.sendEvent(run.id, "order:paid/2 (eu)", "plain text");
    expect(await run.result()).toEqual({ special: "plain text", unicode: { b: 2 } });
  });

  test("of one name are received one by one, in their order", async () => {
    const run = await begun("twice");
    await durable.sendEvent(run.id, "note", "first");
    await durable.sendEvent(run.id, "note", "second");
    expect(await run.result()).toEqual({ one: "first", two: "second" });
  });

  test("time out with the value that was written, whatever it is", async () => {
    const run = await begun("values");
    await durable.advance(2 * HOUR + 1000);
    expect(await run.result()).toEqual({ tuple: "timeout", map: { nested: [["a", 1], null] }, at_once: "none" });
  });

  test("any takes the first that comes, all waits for the last", async () => {
    const run = await begun("any");
    expect(await durable.listPendingEvents({ executionId: run.id })).toMatchObject([
      { mode: "any", names: ["left", "right"] },
    ]);
    await durable.sendEvent(run.id, "right", 1);
    await durable.sendEvent(run.id, "left", 2);
    await durable.sendEvent(run.id, "b", 3);
    await durable.settled();
    expect(await stateOf(durable, run.id)).toMatchObject({ status: "waiting" });
    expect(await durable.listPendingEvents({ name: "a" })).toMatchObject([{ mode: "all", names: ["a", "b"] }]);
    await durable.sendEvent(run.id, "a", 4);
    expect(await run.result()).toEqual({ name: "right", payload: 1, all: { a: 4, b: 3 } });
  });
});

describe("questions", () => {
  test("are listed with what was said about them, by name and by when they time out", async () => {
    const run = await begun("questions");
    const [choice] = await durable.listPendingInputs({ name: "size" });
    expect(choice).toMatchObject({
      executionId: run.id,
      type: "single_choice",
      prompt: "Which?",
      choices: [
        { value: "s", label: "Small" },
        { value: "l", label: "Large" },
      ],
    });
    const soon = new Date((await durable.now()).getTime() + HOUR).toISOString();
    expect(await durable.listPendingInputs({ timeoutBefore: soon })).toEqual([]);
    await durable.provideInput(run.id, "size", "l");
    await durable.settled();
    expect(await durable.listPendingInputs({ executionId: run.id })).toMatchObject([
      {
        name: "address",
        type: "form",
        fields: [{ name: "street", type: "text", required: true }],
        metadata: { team: "ops" },
      },
    ]);
    await expect(durable.provideInput(run.id, "address", {})).rejects.toMatchObject({ code: "invalid_answer" });
    await durable.provideInput(run.id, "address", { street: "Main" });
    expect(await run.result()).toEqual({ size: "l", street: "Main" });
  });
});
