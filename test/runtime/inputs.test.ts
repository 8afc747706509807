import type { Durable, Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";
import { world } from "./world.ts";

const here = world();

const source = `
defmodule Ask do
  use Durable
  use Durable.Wait
  use Durable.Context

  workflow "approval" do
    step :ask, fn data ->
      put_context(:asked, true)
      decision = wait_for_approval("manager", prompt: "Pay #{data["total"]}?", metadata: %{total: data["total"]})
      case decision do
        :approved -> {:ok, %{decision: "yes"}}
        :rejected -> {:ok, %{decision: "no"}}
      end
    end
  end

  workflow "choice" do
    step :ask, fn _data -> {:ok, %{got: wait_for_choice("size", choices: ["S", "M", %{value: "L", label: "large"}])}} end
  end

  workflow "several" do
    step :ask, fn _data -> {:ok, %{got: wait_for_input("tags", type: :multi_choice, choices: [1, 2, 3])}} end
  end

  workflow "text" do
    step :ask, fn _data -> {:ok, %{got: wait_for_text("reason")}} end
  end

  workflow "form" do
    step :ask, fn _data ->
      got = wait_for_form("order", fields: [
        %{name: :sku, type: :text, required: true},
        %{name: :count, type: :integer},
        %{name: :speed, type: :select, options: ["fast", "slow"]}
      ])
      {:ok, %{got: got}}
    end
  end

  workflow "timeout" do
    step :ask, fn _data -> {:ok, %{got: wait_for_approval("boss", timeout: hours(1), timeout_value: :nobody)}} end
  end

  workflow "nil_timeout" do
    step :ask, fn _data -> {:ok, %{got: wait_for_text("boss", timeout: hours(1))}} end
  end

  workflow "strict" do
    step :book, [compensate: :unbook], fn _data -> {:ok, %{booked: true}} end
    step :ask, [retry: [max_attempts: 3]], fn _data -> {:ok, %{got: wait_for_text("boss", timeout: hours(1), on_timeout: :fail)}} end
    compensate :unbook, fn _data -> :ok end
  end

  workflow "twice" do
    step :first, fn _data -> {:ok, %{first: wait_for_text("reason")}} end
    step :second, fn _data -> {:ok, %{second: wait_for_text("reason")}} end
  end

  workflow "event" do
    step :wait, fn _data ->
      first = wait_for_event("news", timeout: days(1))
      second = wait_for_event("news", timeout: days(1))
      {:ok, %{first: first, second: second}}
    end
  end
end
`;

describe("asking people", () => {
  let all: readonly Machine[];
  beforeAll(async () => {
    all = Object.values(await machinesOf(source));
  });
  const named = (workflow: string) => all.find((machine) => machine.workflow === workflow)!;

  async function asked(workflow: string, input: object = {}, options = { skipTime: false }) {
    const durable = await here.working(all, options);
    const run = await durable.start(named(workflow), input);
    await untilAsked(durable, run.id);
    return { durable, run };
  }

  async function untilAsked(durable: Durable, id: string): Promise<void> {
    await expect.poll(async () => (await durable.listPendingInputs({ executionId: id })).length).toBe(1);
  }

  test.each([
    ["approved", "yes"],
    [true, "yes"],
    [{ approved: true }, "yes"],
    ["rejected", "no"],
    [false, "no"],
    [{ approved: false }, "no"],
  ])("an approval takes %j", async (answer, decision) => {
    const { durable, run } = await asked("approval", { total: 5 });
    await durable.provideInput(run.id, "manager", answer);
    expect(await run.result()).toEqual({ total: 5, asked: true, decision });
  });

  test("what is asked can be listed, with all that was said about it", async () => {
    const { durable, run } = await asked("approval", { total: 7 });
    expect(await durable.listPendingInputs({ executionId: run.id })).toMatchObject([
      {
        executionId: run.id,
        name: "manager",
        type: "approval",
        prompt: "Pay 7?",
        metadata: { total: 7 },
        workflow: "approval",
        onTimeout: "resume",
        until: null,
      },
    ]);
  });

  test.each([
    ["approval", "manager", "maybe", false, { decision: "no" }],
    ["choice", "size", "XL", "L", { got: "L" }],
    ["several", "tags", [1, 4], [3, 1], { got: [3, 1] }],
    ["text", "reason", 5, "because", { got: "because" }],
    ["form", "order", { count: 1 }, { sku: "a" }, { got: { sku: "a" } }],
    ["form", "order", { sku: "a", count: 1.5 }, { sku: "a", count: 2 }, { got: { sku: "a", count: 2 } }],
    ["form", "order", { sku: "a", speed: "odd" }, { sku: "a", speed: "fast" }, { got: { sku: "a", speed: "fast" } }],
    ["form", "order", { sku: "a", colour: 1 }, { sku: "b" }, { got: { sku: "b" } }],
  ] as const)(
    "%s: an answer that does not fit is refused, and the question stays open",
    async (workflow, name, bad, good, result) => {
      const { durable, run } = await asked(workflow);
      await expect(durable.provideInput(run.id, name, bad)).rejects.toMatchObject({ code: "invalid_answer" });
      await durable.provideInput(run.id, name, good);
      expect(await run.result()).toMatchObject(result);
    },
  );

  test("one answer wins", async () => {
    const { durable, run } = await asked("text");
    const answers = ["a", "b", "c"].map((answer) => durable.provideInput(run.id, "reason", answer));
    const settled = await Promise.allSettled(answers);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const winner = ["a", "b", "c"][settled.findIndex(({ status }) => status === "fulfilled")];
    expect(await run.result()).toEqual({ got: winner });
  });

  test("an unknown execution, an ended one, an unknown name and one that is not asked now are told apart", async () => {
    const { durable, run } = await asked("text");
    await expect(durable.provideInput("nobody", "reason", "x")).rejects.toMatchObject({ code: "unknown_execution" });
    await expect(durable.provideInput(run.id, "raeson", "x")).rejects.toMatchObject({ code: "unknown_input" });
    await durable.provideInput(run.id, "reason", "x");
    await run.result();
    await expect(durable.provideInput(run.id, "reason", "x")).rejects.toMatchObject({ code: "ended_execution" });
  });

  test("a second question of one name gets an answer of its own", async () => {
    const { durable, run } = await asked("twice");
    await durable.provideInput(run.id, "reason", "one");
    await expect.poll(async () => (await durable.get(run.id))?.state).toContain("second");
    await untilAsked(durable, run.id);
    await durable.provideInput(run.id, "reason", "two");
    expect(await run.result()).toEqual({ first: "one", second: "two" });
  });

  test.each([
    ["timeout", { got: "nobody" }],
    ["nil_timeout", { got: null }],
  ])("%s: a question nobody answers in time gives its timeout value, or nil", async (workflow, result) => {
    const durable = await here.working(all);
    expect(await (await durable.start(named(workflow), {})).result()).toEqual(result);
  });

  test("with on_timeout: :fail the workflow fails, is not retried, and is undone", async () => {
    const durable = await here.working(all);
    const run = await durable.start(named("strict"), {});
    const error = { type: "timeout", message: "Timeout waiting for input: boss" };
    await expect(run.result()).rejects.toMatchObject({ status: "compensated", error });
    expect((await durable.history(run.id)).map(({ step, status }) => [step, status])).toEqual([
      ["book", "completed"],
      ["ask", "failed"],
      ["unbook", "completed"],
    ]);
  });
});

describe("cancelling a wait", () => {
  test("gives {:cancelled, reason} to this wait and leaves the next one alone", async () => {
    const machines = Object.values(await machinesOf(source));
    const durable = await here.working(machines, { skipTime: false });
    const run = await durable.start(machines.find(({ workflow }) => workflow === "event")!, {});
    await expect
      .poll(async () => (await durable.listPendingEvents({ executionId: run.id })).map(({ names }) => names))
      .toEqual([["news"]]);
    await durable.cancelWait(run.id, "not today");
    await expect.poll(async () => (await durable.get(run.id))?.saved).toEqual({ first: ["cancelled", "not today"] });
    await durable.sendEvent(run.id, "news", 2);
    expect(await run.result()).toEqual({ first: ["cancelled", "not today"], second: 2 });
    await expect(durable.cancelWait(run.id)).rejects.toMatchObject({ code: "ended_execution" });
  });
});
