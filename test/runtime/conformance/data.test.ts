/** What data may be, what a step may return, and what of it the steps after see. */
import type { Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { app } from "../defects/app.ts";

const { here, compiled } = app();

const items = `
  workflow "echo" do
    step :copy, fn data ->
      sleep(1)
      {:ok, assign(data, :copied, data["value"])}
    end
    step :look, fn data -> {:ok, assign(data, :same, data["copied"] == data.value)} end
  end

  workflow "deep" do
    step :read, fn data -> {:ok, %{read: data["a"]["b"][:c].d["e"], missing: data["x"]}} end
  end

  workflow "large" do
    step :make, fn _data -> {:ok, %{text: String.duplicate("0123456789", 12000)}} end
    step :wait, fn data ->
      sleep(1)
      {:ok, %{length: String.length(data["text"])}}
    end
  end

  workflow "counts" do
    step :count, [retry: [max_attempts: 3, base: 1]], fn _data ->
      increment_context(:attempts, 1)
      if get_context(:attempts) < 3, do: {:error, "again"}, else: {:ok, %{}}
    end
  end

  workflow "jumps" do
    decision :jump, fn data ->
      put_context(:put, 1)
      {:goto, :last, data}
    end
    step :between, fn _data -> {:ok, %{}} end
    step :last, fn _data -> {:ok, %{seen: get_context(:put), default: get_context(:nothing, 7), has: has_context?(:put)}} end
  end

  workflow "merges" do
    step :write, fn _data ->
      put_context(%{a: 1, b: %{x: 1, y: 2}})
      merge_context(%{b: %{y: 3, z: 4}})
      update_context(:a, fn a -> a + 1 end)
      append_context(:list, "one")
      append_context(:list, "two")
      put_context(:gone, true)
      delete_context(:gone)
      {:ok, %{}}
    end
    step :look, fn _data -> {:ok, %{all: context()}} end
  end

  workflow "returns" do
    step :give, [retry: [max_attempts: 3, base: 1]], fn data -> data["give"] end
  end

  workflow "raises" do
    step :raise, [retry: [max_attempts: 3, base: 1]], fn data ->
      if data["missing"], do: {:ok, %{x: data.nobody}}, else: raise(ArgumentError, "broken")
    end
  end

  workflow "empty" do
    step :only, fn data -> {:ok, data} end
  end

  workflow "typed", input: %{n: integer()} do
    step :only, fn data -> {:ok, %{next: data.n + 1}} end
  end
`;

let machines: { readonly [workflow: string]: Machine };
beforeAll(async () => {
  machines = await compiled(items);
});
const run = async (workflow: string, input: object = {}) => {
  const durable = await here.working(Object.values(machines));
  const end = await durable.ended((await durable.start(machines[workflow]!, input)).id);
  return { ...end, attempts: (await durable.history(end.id)).length };
};

describe("data", () => {
  test.each([
    ["text with every kind of character", `"quotes" \\ / \b\f\n\r\t \u0001 'x' <b> %s \${y} #{z}`],
    ["other scripts", "日本語 العربية Ελληνικά 🎉 e\u0301"],
    ["numbers", [0, -1, 1.5, 1e100, 1e-7, 9007199254740991]],
    ["empty things", [{}, [], "", null, false]],
    ["nested things", { a: [{ b: { c: [[1], [{ d: null }]] } }] }],
  ])("%s comes through steps and waits as it was", async (_what, value) => {
    expect((await run("echo", { value })).result).toEqual({ value, copied: value, same: true });
  });

  test("is read at any depth, by text, atom or field", async () => {
    expect((await run("deep", { a: { b: { c: { d: { e: 5 } } } } })).result).toMatchObject({ read: 5, missing: null });
  });

  test("may be large", async () => {
    expect((await run("large")).result).toMatchObject({ length: 120_000 });
  });

  test("what context functions write is there for the steps after, after a goto, too", async () => {
    expect((await run("jumps")).result).toEqual({ put: 1, seen: 1, default: 7, has: true });
    expect((await run("merges")).result!.all).toEqual({ a: 2, b: { x: 1, y: 3, z: 4 }, list: ["one", "two"] });
  });

  test("what a failed attempt wrote is gone: the next one begins from what was recorded", async () => {
    expect(await run("counts")).toMatchObject({ status: "failed", data: {}, attempts: 3 });
  });
});

describe("a step", () => {
  test.each([
    [null],
    [7],
    ["done"],
    [{}],
    [["ok", null]],
    [["ok", [1]]],
    [["ok", {}, "extra"]],
    [["goto", "x"]],
    [["error"]],
  ])("that returns %j has failed, and is not tried again", async (give) => {
    expect(await run("returns", { give })).toMatchObject({
      status: "failed",
      attempts: 1,
      error: { type: "invalid_step_return" },
    });
  });

  test.each([["ok"], [["ok", {}]]])("that returns %j has completed", async (give) => {
    expect(await run("returns", { give })).toMatchObject({ status: "completed", result: { give } });
  });

  test.each([
    [false, "ArgumentError"],
    [true, "KeyError"],
  ])("that raises has failed with the error's type, and is tried again (%s: %s)", async (missing, type) => {
    expect(await run("raises", { missing })).toMatchObject({ status: "failed", attempts: 3, error: { type } });
  });
});

describe("an input", () => {
  test("may be empty, and keeps what the workflow says nothing about", async () => {
    expect((await run("empty")).result).toEqual({});
    expect((await run("empty", { number: "12", more: [1] })).result).toEqual({ number: "12", more: [1] });
  });

  test("has to fit where the workflow declares one", async () => {
    for (const input of [{}, { n: "1" }, { n: 1.5 }, { n: 1, more: 2 }]) {
      await expect(run("typed", input)).rejects.toMatchObject({ code: "invalid_input" });
    }
    expect((await run("typed", { n: 1 })).result).toEqual({ n: 1, next: 2 });
  });
});
