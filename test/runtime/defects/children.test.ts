import { describe, expect, test } from "vitest";
import { childId } from "../../../runtime/ids.ts";
import { app } from "./app.ts";

const { here, compiled, started, resultOf } = app();

/** A caller of `Child`, whose one step is given. */
const family = (child: string, call = "timeout: hours(1)") => `
  defmodule Caller do
    workflow "caller" do
      step :call, fn data -> {:ok, %{outcome: call_workflow(Child, data, ${call})}} end
    end
  end
  defmodule Child do
    workflow "child" do
      ${child}
    end
  end`;

describe("children, where the reference has a defect", () => {
  test.each([
    ['"text"', "text"],
    [":an_atom", "an_atom"],
    ["[1, 2]", "[1, 2]"],
    ["nil", "nil"],
  ])("B11: {:error, %s} fails the child, tells its parent, and keeps the reason", async (reason, message) => {
    expect(await resultOf(family(`step :s, fn _data -> {:error, ${reason}} end`))).toEqual({
      outcome: ["error", { type: "error", message }],
    });
  });

  test("B15: neither data nor results hold anything of the bookkeeping", async () => {
    const result = await resultOf(
      `
      defmodule Caller do
        workflow "caller" do
          step :call, fn data ->
            wait_for_event("never", timeout: minutes(1))
            {:ok, Map.put(data, "child", call_workflow(Child, data, timeout: hours(1)))}
          end
          parallel do
            step :p, fn _data -> {:ok, %{}} end
          end
          step :keys, fn data -> {:ok, %{keys: Map.keys(data)}} end
        end
      end
      defmodule Child do
        workflow "child" do
          step :s, fn data -> {:ok, %{keys: Map.keys(data)}} end
        end
      end`,
      { n: 1 },
    );
    expect(result).toEqual({ n: 1, child: ["ok", { n: 1, keys: ["n"] }], keys: ["__results__", "child", "n"] });
  });

  test("B16: cancelling a child wakes its parent", async () => {
    const nap = `step :s, fn data ->
      wait_for_event("never", timeout: :infinity)
      {:ok, data}
    end`;
    const { durable, run } = await started(family(nap, "timeout: :infinity"), {}, { skipTime: false });
    await expect.poll(async () => (await durable.listChildren(run.id))[0]?.status).toBe("waiting");
    await durable.cancel((await durable.listChildren(run.id))[0]!.id, "no longer wanted");
    expect(await run.result()).toEqual({
      outcome: ["error", { type: "cancelled", message: "no longer wanted" }],
    });
  });

  test.each([
    [":ok", "compensated"],
    ['{:error, "stuck"}', "compensation_failed"],
  ])("B17: a child whose compensation gives %s wakes its parent too", async (undo, status) => {
    const { durable, run } = await started(
      family(`
        step :book, [compensate: :undo], fn _data -> {:ok, %{}} end
        step :fail, fn _data -> {:error, "failed"} end
        compensate :undo, fn _data -> ${undo} end`),
    );
    expect(await run.result()).toEqual({ outcome: ["error", { type: "error", message: "failed" }] });
    expect((await durable.listChildren(run.id))[0]!.status).toBe(status);
  });

  test("B18: a call that times out gives its timeout value, and the child goes on", async () => {
    const nap = `step :s, fn data ->
      sleep(data["ms"])
      {:ok, %{late: true}}
    end`;
    const { durable, run } = await started(family(nap, "timeout: hours(1), timeout_value: :gave_up"), {
      ms: 7_200_000,
    });
    expect(await run.result()).toEqual({ ms: 7_200_000, outcome: ["ok", "gave_up"] });
    const [child] = await durable.listChildren(run.id);
    expect(await durable.ended(child!.id)).toMatchObject({ status: "completed", result: { late: true } });
  });

  test("B19: a child is its parent's and its ref's, so there is never a second", async () => {
    const { caller, child } = await compiled(`
      defmodule Caller do
        workflow "caller" do
          step :call, [retry: [max_attempts: 3, base: 1]], fn _data ->
            {:ok, id} = start_workflow(Child, %{}, ref: :only)
            if get_context(:x) == nil, do: raise("again")
            {:ok, %{id: id}}
          end
        end
      end
      defmodule Child do
        workflow "child" do
          step :s, fn data -> {:ok, data} end
        end
      end`);
    const durable = await here.working([caller!, child!]);
    const run = await durable.start(caller!, {});
    await expect(run.result()).rejects.toThrow("again");
    expect((await durable.history(run.id)).length).toBe(3);
    expect((await durable.listChildren(run.id)).map(({ id }) => id)).toEqual([childId(run.id, "only")]);
  });
});
