import type { Durable, Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { machinesOf } from "../support/compile.ts";
import { world } from "./world.ts";

const here = world();

const source = `
defmodule Stock do
  use Durable
  use Durable.Wait

  workflow "reserve" do
    step :reserve, fn data ->
      sleep(minutes(5))
      if data["sku"] == "none", do: {:error, "out of stock"}, else: {:ok, %{reserved: data["sku"]}}
    end
  end
end

defmodule Shipping do
  use Durable
  use Durable.Context
  use Durable.Orchestration
  use Durable.Wait

  workflow "shipping" do
    step :prepare, fn data -> {:ok, %{prepared: true, sku: data["sku"]}} end

    parallel run: :queued do
      step :stock, [queue: :stock], fn data ->
        put_context(:seen, %{prepared: data["prepared"], input: input()})
        case call_workflow(Stock, %{sku: data["sku"]}, ref: :stock) do
          {:ok, stock} -> {:ok, %{sku: stock["reserved"]}}
          {:error, reason} -> {:error, reason}
        end
      end

      step :courier, [returns: :courier_id], fn _data ->
        answer = wait_for_event("courier", timeout: days(1), timeout_value: "none")
        {:ok, %{id: answer, execution: workflow_id()}}
      end
    end

    step :done, fn _data ->
      {:ok, %{results: parallel_results()}}
    end
  end

  workflow "all" do
    parallel run: :queued, on_error: :complete_all do
      step :good, fn _data -> {:ok, %{good: true}} end
      step :bad, fn _data -> {:error, "bad"} end
    end

    step :done, fn _data -> {:ok, %{results: parallel_results()}} end
  end

  workflow "decided" do
    parallel run: :queued, into: fn data, results ->
      case results do
        %{one: {:ok, one}, two: {:error, _}} -> {:ok, %{one: one, kept: data["kept"]}}
        _ -> {:error, "unexpected"}
      end
    end do
      step :one, fn _data ->
        sleep(seconds(10))
        {:ok, %{n: 1}}
      end
      step :two, fn _data -> raise "two" end
    end
  end

  workflow "first" do
    parallel run: :queued do
      step :fails, fn _data -> {:error, "first in time"} end
      step :calls, fn _data ->
        call_workflow(Stock, %{sku: "x"}, ref: :slow)
        {:ok, %{}}
      end
      step :naps, fn _data ->
        sleep(days(3))
        {:error, "too late"}
      end
    end
  end

  workflow "turns" do
    parallel run: :queued do
      step :left, fn data ->
        ticket = wait_for_event("ticket_#{data["hall"]}")
        {:ok, %{ticket: ticket}}
      end
      step :right, fn data ->
        ticket = wait_for_event("ticket_#{data["hall"]}")
        {:ok, %{ticket: ticket}}
      end
      step :middle, fn data ->
        {_, ticket} = wait_for_any(["ticket_#{data["hall"]}", "refused"])
        {:ok, %{ticket: ticket}}
      end
    end

    step :done, fn _data -> {:ok, %{results: parallel_results()}} end
  end

  workflow "reviews" do
    parallel run: :queued do
      step :left, fn data -> {:ok, %{review: wait_for_text("review_#{data["paper"]}")}} end
      step :right, fn data -> {:ok, %{review: wait_for_text("review_#{data["paper"]}")}} end
    end

    step :done, fn _data -> {:ok, %{results: parallel_results()}} end
  end
end
`;

describe("a parallel block with run: :queued", () => {
  let machines: { readonly [name: string]: Machine };
  const queues = { default: { concurrency: 5 }, stock: { concurrency: 1 } };
  beforeAll(async () => {
    machines = await machinesOf(source);
  });
  const all = () => Object.values(machines);
  const named = (workflow: string) => all().find((machine) => machine.workflow === workflow)!;

  async function waitingFor(durable: Durable, id: string, count: number): Promise<void> {
    await vi.waitUntil(
      async () => {
        const branches = (await durable.list({ parentId: id })).filter(({ kind }) => kind === "branch");
        return branches.filter(({ status }) => status === "waiting").length === count;
      },
      { timeout: 30_000 },
    );
  }

  test("runs branches that wait and call; refs, events and ids are the workflow's, its children too", async () => {
    const durable = await here.working(all(), { queues, skipTime: false });
    const run = await durable.start(named("shipping"), { sku: "book" });
    await waitingFor(durable, run.id, 2);
    expect((await durable.get(run.id))!).toMatchObject({ status: "waiting", state: "parallel:stock" });
    expect(await durable.listChildren(run.id)).toMatchObject([{ ref: "stock", kind: "call" }]);
    await durable.sendEvent(run.id, "courier", "c-1");
    await here.store.advanceClock(new Date(Date.parse(await here.store.now()) + 300_000).toISOString());
    expect(await run.result()).toEqual({
      sku: "book",
      prepared: true,
      results: {
        stock: ["ok", { sku: "book", seen: { prepared: true, input: { sku: "book" } } }],
        courier_id: ["ok", { id: "c-1", execution: run.id }],
      },
    });
    const rows = await durable.list({ parentId: run.id });
    expect(rows.map(({ ref, queue }) => [ref, queue]).sort()).toEqual([
      ["courier_id", "default"],
      ["stock", "stock"],
    ]);
  });

  test("is over when every branch has ended, with complete_all whatever their ends", async () => {
    const durable = await here.working(all(), { queues });
    const run = await durable.start(named("all"), {});
    expect(await run.result()).toEqual({
      results: { good: ["ok", { good: true }], bad: ["error", { type: "error", message: "bad" }] },
    });
  });

  test("gives its callback every branch's end, and that decides", async () => {
    const durable = await here.working(all(), { queues });
    const run = await durable.start(named("decided"), { kept: 1 });
    expect(await run.result()).toEqual({ kept: 1, one: { n: 1 } });
  });

  test("fails with the first failure in time, and cancels the other branches with their children", async () => {
    const durable = await here.working(all(), { queues, skipTime: false });
    const run = await durable.start(named("first"), {});
    await expect(run.result()).rejects.toMatchObject({ status: "failed", error: { message: "first in time" } });
    const branches = await durable.list({ parentId: run.id });
    const ends = await Promise.all(branches.map(async ({ id, ref }) => [ref, (await durable.ended(id)).status]));
    expect(Object.fromEntries(ends)).toEqual({ fails: "failed", calls: "cancelled", naps: "cancelled" });
    await vi.waitUntil(async () => (await durable.listChildren(run.id)).every(({ status }) => status === "cancelled"));
  });

  test("gives each event to one of the branches that wait for its name", async () => {
    const durable = await here.working(all(), { queues, skipTime: false });
    const run = await durable.start(named("turns"), { hall: "b" });
    for (const [sent, ticket] of ["first", "second", "third"].entries()) {
      await waitingFor(durable, run.id, 3 - sent);
      await durable.sendEvent(run.id, "ticket_b", ticket);
    }
    const { results } = (await run.result()) as { results: { [branch: string]: [string, { ticket: string }] } };
    expect(Object.keys(results).sort()).toEqual(["left", "middle", "right"]);
    expect(
      Object.values(results)
        .map(([, { ticket }]) => ticket)
        .sort(),
    ).toEqual(["first", "second", "third"]);
  });

  test("has each of the branches that ask for one name answered, the first to ask first", async () => {
    const durable = await here.working(all(), { queues, skipTime: false });
    const run = await durable.start(named("reviews"), { paper: "p" });
    await waitingFor(durable, run.id, 2);
    const asked = await durable.listPendingInputs({ executionId: run.id });
    expect(asked.map(({ name }) => name)).toEqual(["review_p", "review_p"]);
    await durable.provideInput(run.id, "review_p", "good");
    await waitingFor(durable, run.id, 1);
    await durable.provideInput(run.id, "review_p", "bad");
    const { results } = (await run.result()) as { results: { [branch: string]: ["ok", { review: string }] } };
    expect(
      Object.values(results)
        .map(([, { review }]) => review)
        .sort(),
    ).toEqual(["bad", "good"]);
  });

  test("goes down with a cancel of its workflow", async () => {
    const durable = await here.working(all(), { queues, skipTime: false });
    const run = await durable.start(named("shipping"), { sku: "book" });
    await waitingFor(durable, run.id, 2);
    await durable.cancel(run.id);
    for (const { id } of await durable.list({ parentId: run.id })) {
      expect((await durable.ended(id)).status).toBe("cancelled");
    }
  });
});
