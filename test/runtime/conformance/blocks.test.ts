/** Parallel blocks, inline unless said otherwise: what branches see, what they leave, and what the callback makes of it. */
import type { Durable, Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { app } from "../defects/app.ts";

const { here, compiled } = app();
const many = Array.from({ length: 15 }, (_, n) => `step :s${n}, fn _data -> {:ok, %{n: ${n}}} end`).join("\n");

const items = `
  workflow "results" do
    step :before, fn _data ->
      put_context(:set_before, 1)
      {:ok, %{}}
    end
    parallel on_error: :complete_all do
      step :good, [returns: :fine], fn data ->
        put_context(:own, data["set_before"])
        {:ok, %{good: get_context(:set_before), peer: get_context(:theirs)}}
      end
      step :bad, fn _data ->
        put_context(:theirs, 2)
        {:error, "bad"}
      end
    end
    step :after_block, fn data ->
      {:ok, %{all: data["__results__"], good: parallel_ok?(:fine), bad: parallel_ok?(:bad), one: parallel_result(:fine), none: parallel_result(:nobody)}}
    end
  end

  workflow "replaced" do
    parallel do
      step :first, fn _data -> {:ok, %{a: 1}} end
    end
    parallel do
      step :second, fn _data -> {:ok, %{b: 2}} end
    end
    step :look, fn _data -> {:ok, %{keys: Map.keys(parallel_results())}} end
  end

  workflow "into" do
    parallel into: fn data, results ->
      case data["want"] do
        "ok" -> {:ok, %{sum: elem(results[:one], 1)["n"] + elem(results[:two], 1)["n"], pair: {:a, 1}}}
        "error" -> {:error, "no"}
        "goto" -> {:goto, :last, %{jumped: true}}
        "raise" -> raise "broken"
      end
    end do
      step :one, fn _data -> {:ok, %{n: 1}} end
      step :two, fn _data -> {:ok, %{n: 2}} end
    end
    step :between, fn data -> {:ok, assign(data, :between, true)} end
    step :last, fn data -> {:ok, assign(data, :last, has_key?(data, "__results__"))} end
  end

  workflow "fails_fast" do
    parallel do
      step :fine, fn _data -> {:ok, %{}} end
      step :broken, fn _data -> {:error, %{type: "stock", message: "none left", sku: 7}} end
    end
    step :never, fn _data -> {:ok, %{}} end
  end

  workflow "many" do
    parallel do
      ${many}
    end
    step :count, fn _data -> {:ok, %{count: map_size(parallel_results())}} end
  end

  workflow "queues" do
    parallel run: :queued do
      step :plain, fn _data -> {:ok, %{}} end
      step :heavy, [queue: :gpu], fn _data -> {:ok, %{}} end
    end
    step :done, fn _data -> {:ok, %{done: true}} end
  end
`;

let machines: { readonly [workflow: string]: Machine };
let durable: Durable;
beforeAll(async () => {
  machines = await compiled(items);
});
const run = async (workflow: string, input: object = {}) => {
  durable = await here.working(Object.values(machines), {
    queues: { default: { concurrency: 5 }, gpu: { concurrency: 1 } },
  });
  return await durable.ended((await durable.start(machines[workflow]!, input)).id);
};

describe("a parallel block", () => {
  test("leaves each branch's outcome under its results key; branches see what was before, not each other", async () => {
    const { result } = await run("results");
    const fine = ["ok", { good: 1, own: 1, peer: null }];
    const bad = ["error", { type: "error", message: "bad" }];
    expect(result).toEqual({ set_before: 1, all: { fine, bad }, good: true, bad: false, one: fine, none: null });
  });

  test("replaces the outcomes of the one before", async () => {
    expect((await run("replaced")).result).toEqual({ keys: ["second"] });
  });

  test.each([
    ["ok", { status: "completed", result: { want: "ok", sum: 3, pair: ["a", 1], between: true, last: false } }],
    ["goto", { status: "completed", result: { want: "goto", jumped: true, last: false } }],
    ["error", { status: "failed", error: { type: "error", message: "no" } }],
    ["raise", { status: "failed", error: { message: "broken" } }],
  ])("with into: that gives %s", async (want, expected) => {
    expect(await run("into", { want })).toMatchObject(expected);
  });

  test("fails with the error of the branch that failed", async () => {
    expect(await run("fails_fast")).toMatchObject({
      status: "failed",
      error: { type: "stock", message: "none left", sku: 7 },
    });
  });

  test("may have many branches", async () => {
    expect((await run("many")).result).toEqual({ count: 15 });
  });

  test("that is queued runs its branches on the queues they name", async () => {
    const { id, result } = await run("queues");
    expect(result).toEqual({ done: true });
    const branches = await durable.list({ parentId: id });
    expect(Object.fromEntries(branches.map(({ ref, queue }) => [ref, queue]))).toEqual({
      plain: "default",
      heavy: "gpu",
    });
  });
});
