import type { Machine } from "@durablec/runtime";
import { describe, expect, test } from "vitest";
import { compileText } from "../../support/compile.ts";
import { app } from "./app.ts";

const { here, compiled, started, resultOf } = app();

async function errorsOf(items: string): Promise<readonly string[]> {
  const { diagnostics } = await compileText(`defmodule App do\n  use Durable\n  use Durable.Wait\n${items}\nend`);
  return diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
}

describe("the language, where the reference has a defect", () => {
  test("B1: the first workflow of a module is its default", async () => {
    const result = await resultOf(`
      defmodule Caller do
        workflow "caller" do
          step :call, fn _data -> {:ok, %{got: call_workflow(Two, %{}, timeout: hours(1))}} end
        end
      end
      defmodule Two do
        workflow "one" do
          step :s, fn _data -> {:ok, %{n: 1}} end
        end
        workflow "two" do
          step :s, fn _data -> {:ok, %{n: 2}} end
        end
      end`);
    expect(result).toEqual({ got: ["ok", { n: 1 }] });
  });

  test("B2: timeouts, max_retries and queue of workflows and steps are in force", async () => {
    const { late } = await compiled(`
      workflow "late", timeout: hours(2), max_retries: 2, queue: :slow do
        step :try, [timeout: minutes(1)], fn _data -> {:error, "no"} end
      end`);
    expect(late).toMatchObject({ timeoutMs: 7_200_000, retry: { maxAttempts: 3 }, queue: "slow" });
    const durable = await here.working([late as Machine], { queues: { slow: { concurrency: 1 } } });
    const run = await durable.start(late as Machine, {});
    await expect(run.result()).rejects.toMatchObject({ error: { message: "no" } });
    expect(await durable.history(run.id)).toHaveLength(3);
    expect((await durable.get(run.id))?.queue).toBe("slow");
  });

  test("B3: a step's name belongs to its workflow, and twice in one is an error", async () => {
    const { a, b } = await compiled(`
      workflow "a" do
        step :same, fn _data -> {:ok, %{from: "a"}} end
      end
      workflow "b" do
        step :same, fn _data -> {:ok, %{from: "b"}} end
      end`);
    const durable = await here.working([a as Machine, b as Machine]);
    expect(await (await durable.start(b as Machine, {})).result()).toEqual({ from: "b" });
    const twice = `workflow "w" do
      step :same, fn d -> {:ok, d} end
      step :same, fn d -> {:ok, d} end
    end`;
    expect(await errorsOf(twice)).toContain("flow/duplicate-step");
  });

  test("B4: decisions, branches and parallel blocks run inside clauses", async () => {
    const result = await resultOf(
      `
      workflow "nested" do
        branch on: fn data -> data["kind"] end do
          "outer" ->
            decision :pick, fn data -> {:ok, Map.put(data, "picked", true)} end
            branch on: fn data -> data["inner"] end do
              "deep" ->
                parallel do
                  step :x, fn _data -> {:ok, %{x: 1}} end
                end
                step :after_block, fn _data -> {:ok, %{seen: parallel_results()}} end
              _ -> step :shallow, fn _data -> {:ok, %{shallow: true}} end
            end
          _ -> step :none, fn _data -> {:ok, %{none: true}} end
        end
      end`,
      { kind: "outer", inner: "deep" },
    );
    expect(result).toEqual({ kind: "outer", inner: "deep", picked: true, seen: { x: ["ok", { x: 1 }] } });
  });

  test("B5: states keep their names and keys when something else is edited", async () => {
    const source = (before: string) => `
      workflow "stable" do
        ${before}
        branch on: fn data -> data["kind"] end do
          "a" ->
            step :a, fn _data ->
              wait_for_event("go", timeout: hours(1))
              {:ok, %{}}
            end
        end
        parallel do
          step :p, fn _data -> {:ok, %{}} end
        end
      end`;
    const { stable: one } = await compiled(source(""));
    const { stable: two } = await compiled(source(`step :new, fn _data -> {:ok, %{}} end`));
    expect(two!.resumeKeys).toMatchObject(one!.resumeKeys);
  });

  test("B6: a goto leads out of a branch's clause", async () => {
    const result = await resultOf(`
      workflow "jumps" do
        branch on: fn _data -> "a" end do
          "a" -> step :leave, fn data -> {:goto, :target, Map.put(data, "left", true)} end
        end
        step :skipped, fn _data -> {:ok, %{skipped: true}} end
        step :target, fn _data -> {:ok, %{arrived: true}} end
      end`);
    expect(result).toEqual({ left: true, arrived: true });
  });

  test("B7: keys and values read the same as atoms and as strings, before and after a wait", async () => {
    const read = `{:ok, %{seen: [data["kind"], data[:kind], data.kind == :order, get_context(:kind)]}}`;
    const result = await resultOf(
      `
      workflow "keys" do
        step :before, fn data ->
          %{seen: seen} = elem(${read.replace("{:ok,", "{:ok,")}, 1)
          {:ok, %{before: seen}}
        end
        step :wait, fn data ->
          sleep(minutes(1))
          ${read}
        end
        branch on: fn data -> data.kind end do
          :order -> step :order, fn _data -> {:ok, %{clause: "order"}} end
          _ -> step :other, fn _data -> {:ok, %{clause: "other"}} end
        end
      end`,
      { kind: "order" },
    );
    const seen = ["order", "order", true, "order"];
    expect(result).toEqual({ kind: "order", before: seen, seen, clause: "order" });
  });

  test("B8: input() gives the workflow's input, in every step", async () => {
    const result = await resultOf(
      `
      workflow "inputs" do
        step :change, fn data -> {:ok, Map.put(data, "n", 2)} end
        step :wait, fn _data ->
          sleep(minutes(1))
          {:ok, %{first: input()["n"]}}
        end
      end`,
      { n: 1 },
    );
    expect(result).toEqual({ n: 2, first: 1 });
  });

  test("B9: parallel_result and parallel_ok? find a branch's result", async () => {
    const result = await resultOf(`
      workflow "results" do
        parallel on_error: :complete_all do
          step :good, fn _data -> {:ok, %{n: 1}} end
          step :bad, fn _data -> {:error, "no"} end
        end
        step :read, fn _data ->
          {:ok, %{good: parallel_result(:good), ok: parallel_ok?(:good), bad: parallel_ok?(:bad), none: parallel_result(:none)}}
        end
      end`);
    expect(result).toEqual({ good: ["ok", { n: 1 }], ok: true, bad: false, none: null });
  });

  test("B10: append and increment begin with the value where there is none", async () => {
    const result = await resultOf(`
      workflow "helpers" do
        step :begin, fn data -> {:ok, data |> append(:list, 1) |> increment(:count, 5)} end
        step :again, fn data -> {:ok, data |> append(:list, 2) |> increment(:count)} end
      end`);
    expect(result).toEqual({ list: [1, 2], count: 6 });
  });

  test("B12: a wait in a branch's clause goes on in that clause, and no other runs", async () => {
    const result = await resultOf(`
      workflow "clauses" do
        branch on: fn _data -> "a" end do
          "a" ->
            step :one, fn data ->
              sleep(minutes(1))
              {:ok, append(data, :ran, "one")}
            end
            step :two, fn data -> {:ok, append(data, :ran, "two")} end
          "b" -> step :three, fn data -> {:ok, append(data, :ran, "three")} end
        end
        step :four, fn data -> {:ok, append(data, :ran, "four")} end
      end`);
    expect(result).toEqual({ ran: ["one", "two", "four"] });
  });

  test("B14: a wait in an inline parallel block is an error, and run: :queued lets it wait", async () => {
    const block = (run: string) => `
      workflow "waits" do
        parallel ${run} do
          step :nap, fn _data ->
            sleep(minutes(1))
            {:ok, %{napped: true}}
          end
          step :other, fn _data -> {:ok, %{}} end
        end
        step :count, fn data -> {:ok, append(data, :ran, "count")} end
      end`;
    expect(await errorsOf(block(""))).not.toEqual([]);
    expect(await resultOf(block("run: :queued"))).toEqual({ ran: ["count"] });
  });

  test("B37: a put_context wins over a returned old value, and a returned new value wins over it", async () => {
    const result = await resultOf(
      `
      workflow "rule" do
        step :put, fn data ->
          put_context(:n, 2)
          put_context(:m, 2)
          {:ok, %{data | "m" => 3}}
        end
        step :wait, fn data ->
          put_context(:n, 4)
          sleep(minutes(1))
          {:ok, data}
        end
      end`,
      { n: 1, m: 1 },
    );
    expect(result).toEqual({ n: 4, m: 3 });
  });

  test("B38: what stands before a wait runs once, and a step may wait as often as it likes", async () => {
    const { durable, run } = await started(`
      workflow "once" do
        step :waits, fn _data ->
          IO.puts("before")
          sleep(minutes(1))
          IO.puts("between")
          first = wait_for_event("a", timeout: minutes(1), timeout_value: "late")
          IO.puts("after")
          {:ok, %{first: first}}
        end
      end`);
    expect(await run.result()).toEqual({ first: "late" });
    const [row] = await durable.history(run.id);
    expect(row!.log.map(({ message }) => message)).toEqual(["before", "between", "after"]);
  });
});
