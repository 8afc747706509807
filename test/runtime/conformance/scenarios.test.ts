/** Whole workflows in which everything meets: branches, parallel blocks, decisions, children, waits and sagas. */
import type { Durable, Execution, Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { app } from "../defects/app.ts";

const { here, compiled } = app();

const items = `
  workflow "order" do
    step :validate, fn data -> {:ok, assign(data, :total, Enum.sum(Enum.map(data["lines"], & &1["price"])))} end

    branch on: fn data -> data["kind"] end do
      "physical" ->
        step :reserve, [compensate: :release], fn data -> {:ok, assign(data, :reserved, length(data["lines"]))} end
        step :weigh, fn data -> {:ok, assign(data, :kilos, data["reserved"] * 2)} end
      "digital" ->
        step :license, fn data -> {:ok, assign(data, :license, "L-" <> data["id"])} end
    end

    parallel into: fn data, results ->
      case results[:fraud] do
        {:ok, %{"score" => score}} when score < 50 -> {:ok, %{score: score, tax: elem(results[:tax], 1)["tax"]}}
        _ -> {:error, "suspicious"}
      end
    end do
      step :fraud, fn data -> {:ok, %{score: data["score"] || 10}} end
      step :tax, fn data -> {:ok, %{tax: data["total"] / 10}} end
    end

    step :pay, fn data ->
      case call_workflow(App, %{amount: data["total"] + data["tax"]}, workflow: "payment", ref: :payment) do
        {:ok, payment} -> {:ok, assign(data, :paid, payment["charged"])}
        {:error, reason} -> {:error, reason}
      end
    end

    decision :shipping, fn data ->
      if data["kind"] == "digital", do: {:goto, :done, data}, else: {:ok, data}
    end

    step :ship, fn data -> {:ok, assign(data, :courier, wait_for_event("picked_up", timeout: :infinity)["courier"])} end
    step :done, fn data -> {:ok, assign(data, :status, "completed")} end

    compensate :release, fn data -> {:ok, assign(data, :reserved, 0)} end
  end

  workflow "payment" do
    step :charge, fn data ->
      if data["amount"] > 1000, do: {:error, "over the limit"}, else: {:ok, %{charged: data["amount"]}}
    end
  end

  workflow "document" do
    decision :triage, fn data ->
      if data["value"] < 100 do
        {:goto, :finalize, assign(data, :decision, "approved")}
      else
        {:ok, data}
      end
    end

    parallel do
      step :legal, [returns: :legal_review], fn _data -> {:ok, %{fine: true}} end
      step :budget, fn data -> {:ok, %{left: 10_000 - data["value"]}} end
    end

    step :ask, fn data ->
      put_context(:reviews, Enum.count(parallel_results()))
      {:ok, assign(data, :decision, wait_for_approval("manager", prompt: "Sign?"))}
    end

    branch on: fn data -> data["decision"] end do
      :approved ->
        step :sign, fn data -> {:ok, assign(data, :signed, true)} end
      :rejected ->
        step :file, fn data -> {:ok, assign(data, :filed, true)} end
        step :tell, fn data -> {:ok, assign(data, :told, true)} end
    end

    step :finalize, fn data -> {:ok, assign(data, :final, true)} end
  end

  workflow "migration" do
    decision :plan, fn data ->
      batches = Enum.chunk_every(data["rows"], 2)
      if batches == [], do: {:goto, :nothing, data}, else: {:ok, assign(data, :batches, batches)}
    end

    step :migrate, fn data ->
      moved =
        for {batch, n} <- Enum.with_index(data["batches"]) do
          {:ok, result} = call_workflow(App, %{rows: batch}, workflow: "batch", ref: "batch_#{n}")
          result["moved"]
        end
      {:ok, assign(data, :moved, Enum.sum(moved))}
    end

    parallel run: :queued do
      step :mail, fn data -> {:ok, %{mailed: data["moved"]}} end
      step :audit, fn data ->
        sleep(minutes(5))
        {:ok, %{audited: data["moved"]}}
      end
    end

    decision :over, fn data -> {:goto, :finish, assign(data, :reports, Map.keys(parallel_results()))} end
    step :nothing, fn data -> {:ok, assign(data, :empty, true)} end
    step :finish, fn data -> {:ok, assign(data, :finished, true)} end
  end

  workflow "batch" do
    step :move, [retry: [max_attempts: 2, base: 1]], fn data -> {:ok, %{moved: length(data["rows"])}} end
  end

  workflow "resumed" do
    step :before, fn data ->
      put_context(:token, "t-1")
      append_context(:ran, "before")
      {:ok, data}
    end

    parallel do
      step :a, fn _data -> {:ok, %{saw: get_context(:token)}} end
      step :b, fn _data -> {:ok, %{saw: get_context(:token)}} end
    end

    branch on: fn _data -> get_context(:token) end do
      "t-1" ->
        step :wait, fn data ->
          append_context(:ran, "wait")
          local = "kept"
          go = wait_for_event("go", timeout: :infinity)
          append_context(:ran, local <> " " <> go)
          {:ok, assign(data, :results, parallel_results())}
        end
    end

    step :after_all, fn data -> {:ok, assign(data, :token_after, get_context(:token))} end
  end
`;

let machines: { readonly [workflow: string]: Machine };
beforeAll(async () => {
  machines = await compiled(items);
});

async function started(workflow: string, input: object) {
  const durable = await here.working(Object.values(machines));
  const { id } = await durable.start(machines[workflow]!, input);
  return { durable, id };
}

async function steps(durable: Durable, { id }: Execution): Promise<readonly string[]> {
  return (await durable.history(id)).map(({ step }) => step);
}

describe("an order", () => {
  const lines = [{ price: 20 }, { price: 30 }];

  test("of goods is reserved, checked, paid and shipped, in this order", async () => {
    const { durable, id } = await started("order", { id: "o1", kind: "physical", lines });
    await expect.poll(async () => (await durable.get(id))!.state).toBe("ship@event:picked_up");
    await durable.sendEvent(id, "picked_up", { courier: "Bo" });
    const end = await durable.ended(id);
    expect(end.result).toMatchObject({ kilos: 4, score: 10, tax: 5, paid: 55, courier: "Bo", status: "completed" });
    expect(end.result).not.toHaveProperty("license");
    const ran = await steps(durable, end);
    expect(ran.toSorted()).toEqual(
      ["validate", "reserve", "weigh", "fraud", "tax", "into", "pay", "shipping", "ship", "done"].toSorted(),
    );
    expect(ran.filter((step) => !["fraud", "tax", "into"].includes(step))).toEqual([
      ...["validate", "reserve", "weigh", "pay", "shipping", "ship", "done"],
    ]);
    expect(await durable.listChildren(id)).toMatchObject([
      { ref: "payment", status: "completed", input: { amount: 55 } },
    ]);
  });

  test("of a download takes its own clause and is not shipped", async () => {
    const { durable, id } = await started("order", { id: "o2", kind: "digital", lines });
    const end = await durable.ended(id);
    expect(end.result).toMatchObject({ license: "L-o2", paid: 55, status: "completed" });
    expect(await steps(durable, end)).not.toContain("ship");
  });

  test.each([
    ["whose payment fails", [{ price: 2000 }], {}, "over the limit"],
    ["that is suspicious", lines, { score: 99 }, "suspicious"],
  ])("%s gives back what it has reserved", async (_what, its, more, message) => {
    const { durable, id } = await started("order", { id: "o3", kind: "physical", lines: its, ...more });
    expect(await durable.ended(id)).toMatchObject({
      status: "compensated",
      error: { message },
      compensations: [{ step: "reserve", compensation: "release", status: "completed" }],
    });
  });
});

describe("a document", () => {
  test("of little value is approved at once: the goto leaves out block, question and branch", async () => {
    const { durable, id } = await started("document", { value: 50 });
    const end = await durable.ended(id);
    expect(end.result).toEqual({ value: 50, decision: "approved", final: true });
    expect(await steps(durable, end)).toEqual(["triage", "finalize"]);
  });

  test.each([
    ["approved", { decision: "approved", signed: true, final: true }, ["sign", "finalize"]],
    ["rejected", { decision: "rejected", filed: true, told: true, final: true }, ["file", "tell", "finalize"]],
  ])(
    "of great value is reviewed side by side, put before a person and, %s, goes its way",
    async (answer, expected, ran) => {
      const { durable, id } = await started("document", { value: 500 });
      await expect.poll(() => durable.listPendingInputs({ executionId: id })).toHaveLength(1);
      await durable.provideInput(id, "manager", answer);
      const end = await durable.ended(id);
      expect(end.result).toEqual({ value: 500, reviews: 2, ...expected });
      expect((await steps(durable, end)).slice(-ran.length)).toEqual(ran);
    },
  );
});

describe("a migration", () => {
  test("moves its rows batch by batch and reports side by side", async () => {
    const { durable, id } = await started("migration", { rows: [1, 2, 3, 4, 5] });
    const end = await durable.ended(id);
    expect(end.result).toMatchObject({ moved: 5, reports: ["audit", "mail"], finished: true });
    expect(end.result).not.toHaveProperty("empty");
    const batches = await durable.listChildren(id);
    expect(batches.map(({ ref, result }) => [ref, result!.moved])).toEqual([
      ["batch_0", 2],
      ["batch_1", 2],
      ["batch_2", 1],
    ]);
  });

  test("of nothing takes the short way", async () => {
    const { durable, id } = await started("migration", { rows: [] });
    const end = await durable.ended(id);
    expect(end.result).toEqual({ rows: [], empty: true, finished: true });
    expect(await steps(durable, end)).toEqual(["plan", "nothing", "finish"]);
  });
});

test("what was there before a wait is there for the worker that goes on, and nothing runs again", async () => {
  const durable = here.client(...Object.values(machines));
  const first = await durable.work({ pollMs: 50 });
  const { id } = await durable.start(machines.resumed!, { n: 1 });
  await expect.poll(async () => (await durable.get(id))!.status).toBe("waiting");
  await first.stop();
  await durable.sendEvent(id, "go", "on");
  await here.working(Object.values(machines));
  const saw = ["ok", { saw: "t-1" }];
  expect((await durable.ended(id)).result).toEqual({
    ...{ n: 1, token: "t-1", token_after: "t-1" },
    ran: ["before", "wait", "kept on"],
    results: { a: saw, b: saw },
  });
});
