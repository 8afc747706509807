import type { Durable, Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { world } from "../runtime/world.ts";
import { machinesOf } from "../support/compile.ts";

const here = world();

const source = `
defmodule Shop.Charge do
  use Durable
  use Durable.Wait

  workflow "charge" do
    step :process, fn data ->
      case data["card"] do
        "declined" -> {:error, %{type: "declined", message: "no money"}}
        "text" -> {:error, "plain text"}
        "raises" -> raise ArgumentError, "bad card"
        "slow" ->
          sleep(minutes(10))
          {:ok, %{payment_id: "late"}}
        _ -> {:ok, %{payment_id: "pay_1"}}
      end
    end
  end
end

defmodule Shop.Order do
  use Durable
  use Durable.Helpers
  use Durable.Orchestration

  workflow "order" do
    step :pay, fn data ->
      outcome = call_workflow(Shop.Charge, %{card: data["card"]}, timeout: seconds(1))
      {:ok, assign(data, :outcome, outcome)}
    end
  end
end

defmodule Shop.Patient do
  use Durable
  use Durable.Orchestration

  workflow "patient", timeout: hours(2) do
    step :pay, fn data ->
      case call_workflow(Shop.Charge, %{card: data["card"]}, timeout: hours(1), timeout_value: :gave_up) do
        {:ok, :gave_up} -> {:ok, %{gave_up: true}}
        {:ok, payment} -> {:ok, %{payment: payment}}
        {:error, reason} -> {:error, reason}
      end
    end
  end
end

defmodule Shop.Family do
  use Durable
  use Durable.Orchestration
  use Durable.Wait

  workflow "family" do
    step :begin, fn _data ->
      {:ok, quick} = start_workflow(Shop.Charge, %{card: "fine"}, ref: :quick)
      {:ok, slow} = start_workflow(Shop.Charge, %{card: "slow"}, ref: :slow)
      sleep(seconds(1))
      {:ok, _} = start_workflow(Shop.Patient, %{card: "slow"}, ref: :deep)
      {:ok, %{quick: quick, slow: slow}}
    end

    step :wait, fn data ->
      wait_for_event("never", timeout: :infinity)
      {:ok, data}
    end
  end
end
`;

describe("a compiled parent and its children", () => {
  let machines: { readonly [name: string]: Machine };
  beforeAll(async () => {
    machines = await machinesOf(source);
  });

  async function outcomeOf(name: string, input: object) {
    const durable = await here.working(Object.values(machines));
    const run = await durable.start(machines[name]!, input);
    return run.result();
  }

  test("gets the child's result", async () => {
    expect(await outcomeOf("Order", { card: "fine" })).toMatchObject({
      outcome: ["ok", { card: "fine", payment_id: "pay_1" }],
    });
  });

  test.each([
    ["declined", { type: "declined", message: "no money" }],
    ["text", { type: "error", message: "plain text" }],
    ["raises", { type: "ArgumentError", message: "bad card" }],
  ])("gets the error of a child that failed: %s", async (card, error) => {
    const { outcome } = await outcomeOf("Order", { card });
    expect(outcome[0]).toBe("error");
    expect(outcome[1]).toMatchObject(error);
  });

  test("gets :child_timeout when a child takes longer than its timeout, and the child goes on", async () => {
    const durable = await here.working(Object.values(machines));
    const run = await durable.start(machines.Order!, { card: "slow" });
    expect(await run.result()).toMatchObject({ outcome: ["ok", "child_timeout"] });
    const [child] = await durable.listChildren(run.id);
    expect(await durable.handle(child!.id).result()).toMatchObject({ payment_id: "late" });
  });

  test("waits as long as its timeout says", async () => {
    expect(await outcomeOf("Patient", { card: "slow" })).toMatchObject({ payment: { payment_id: "late" } });
  });

  test("takes its live children with it when it is cancelled, through all levels, and leaves the finished", async () => {
    const durable = await here.working(Object.values(machines), { skipTime: false });
    const run = await durable.start(machines.Family!, {});
    await untilChildren(durable, run.id, 3, async () => here.store.advanceClock(await inSeconds(2)));
    await durable.cancel(run.id, "not wanted any more");
    await run.result().catch(() => null);
    await expect
      .poll(() => statuses(durable, run.id))
      .toEqual({ quick: "completed", slow: "cancelled", deep: "cancelled" });
    const deep = (await durable.listChildren(run.id)).find(({ ref }) => ref === "deep");
    await expect.poll(() => statuses(durable, deep!.id)).toEqual({ charge: "cancelled" });
  });

  async function inSeconds(seconds: number): Promise<string> {
    return new Date(Date.parse(await here.store.now()) + seconds * 1000).toISOString();
  }
});

async function statuses(durable: Durable, id: string) {
  return Object.fromEntries((await durable.listChildren(id)).map(({ ref, status }) => [ref, status]));
}

/** Lets time pass until so many children are there, the last of them waiting for its own. */
async function untilChildren(durable: Durable, id: string, count: number, pass: () => Promise<void>): Promise<void> {
  await expect
    .poll(async () => {
      await pass();
      const children = await durable.listChildren(id);
      return (
        children.length === count && children.every(({ status }) => status === "waiting" || status === "completed")
      );
    })
    .toBe(true);
}
