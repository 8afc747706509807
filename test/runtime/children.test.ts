import { error, ok } from "@durablec/runtime";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { machinesOf } from "../support/compile.ts";
import { machineOf, resume, step } from "./machines.ts";
import { world } from "./world.ts";

const here = world();
const HOUR = 3_600_000;

const quick = machineOf("Child.Quick", { only: step(null, (io) => ok({ got: io.input() })) });
const failing = machineOf("Child.Failing", { only: step(null, () => error({ type: "declined", code: 7 })) });
const sleepy = machineOf("Child.Sleepy", {
  nap: step(null, (io) => io.sleep(2 * HOUR, { resume: "nap@sleep" })),
  "nap@sleep": resume("nap", () => ok({ woke: true })),
});

/** Calls a child and returns what it received. */
function calling(module: string, child: typeof quick, options: object = {}) {
  return machineOf(
    module,
    {
      call: step("after", (io) => io.callWorkflow(child, { n: 1 }, { ref: "child", resume: "call@child", ...options })),
      "call@child": resume("call", (_io, _data, _saved, received) => ok({ received })),
      after: step(null, () => ok({ after: true })),
    },
    { children: () => [child] },
  );
}

describe("call_workflow", () => {
  test("gives {:ok, result} of a child that completed", async () => {
    const machine = calling("Call.Ok", quick);
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    expect(await run.result()).toEqual({ received: ["ok", { n: 1, got: { n: 1 } }], after: true });
    expect(await durable.listChildren(run.id)).toMatchObject([{ ref: "child", kind: "call", status: "completed" }]);
  });

  test("gives {:error, error} of a child that failed", async () => {
    const machine = calling("Call.Failed", failing);
    const durable = await here.working([machine]);
    const { received } = await (await durable.start(machine, {})).result();
    expect(received).toEqual(["error", { type: "declined", code: 7, message: expect.any(String) }]);
  });

  test("gives {:error, error} of a child that was cancelled", async () => {
    const machine = calling("Call.Cancelled", sleepy);
    const durable = await here.working([machine], { skipTime: false });
    const run = await durable.start(machine, {});
    const child = await vi.waitUntil(async () => (await durable.listChildren(run.id, { status: "waiting" }))[0]);
    await durable.cancel(child.id, "enough");
    const { received } = await run.result();
    expect(received).toEqual(["error", { type: "cancelled", message: "enough" }]);
  });

  test("gives {:ok, timeout value} when the child takes longer, and the child goes on", async () => {
    const machine = calling("Call.Timeout", sleepy, { timeoutMs: 1000 });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    expect((await run.result()).received).toEqual(["ok", "child_timeout"]);
    const [child] = await durable.listChildren(run.id);
    expect((await durable.ended(child!.id)).status).toBe("completed");
  });

  test("cancels the child on timeout when asked to", async () => {
    const machine = calling("Call.TimeoutCancel", sleepy, {
      timeoutMs: 1000,
      timeoutValue: "late",
      onTimeout: "cancel",
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    expect((await run.result()).received).toEqual(["ok", "late"]);
    expect(await durable.listChildren(run.id)).toMatchObject([{ status: "cancelled" }]);
  });

  test("raises for an input that does not fit what the child declares", async () => {
    const typed = machineOf("Child.Typed", { only: step(null, () => "ok") }, { input: z.object({ n: z.string() }) });
    const machine = calling("Call.BadInput", typed as typeof quick);
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({
      error: { type: "invalid_input", message: expect.stringMatching(/Child.Typed.*n: /) },
    });
    expect(await durable.listChildren(run.id)).toEqual([]);
  });

  test("nests", async () => {
    const middle = calling("Call.Middle", quick);
    const machine = calling("Call.Outer", middle);
    const durable = await here.working([machine]);
    const { received } = await (await durable.start(machine, {})).result();
    expect(received[1].received[1].got).toEqual({ n: 1 });
  });

  test("a step that fails after its call and is retried gets the same child's result", async () => {
    let attempts = 0;
    const machine = machineOf(
      "Call.Retry",
      {
        call: step(null, (io) => io.callWorkflow(quick, {}, { ref: "child", resume: "call@child" }), {
          retry: { maxAttempts: 2 },
        }),
        "call@child": resume("call", (_io, _data, _saved, received) =>
          ++attempts < 2 ? error("again") : ok({ received }),
        ),
      },
      { children: () => [quick] },
    );
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await run.result();
    expect(await durable.listChildren(run.id)).toHaveLength(1);
  });
});

describe("start_workflow", () => {
  test("gives the child's id at once, the same in every attempt, and the parent does not wait", async () => {
    const ids: string[] = [];
    const machine = machineOf(
      "Start.Twice",
      {
        start: step(
          null,
          (io) => {
            ids.push(io.startWorkflow(sleepy, {}, { ref: "email", site: "start@start" })[1]);
            return ids.length < 2 ? error("again") : "ok";
          },
          { retry: { maxAttempts: 2, backoff: "constant", base: 1 } },
        ),
      },
      { children: () => [sleepy] },
    );
    const durable = await here.working([machine], { skipTime: false });
    const run = await durable.start(machine, {});
    await run.result();
    expect(ids[1]).toBe(ids[0]);
    expect(await durable.listChildren(run.id)).toMatchObject([{ id: ids[0], kind: "start" }]);
  });

  test("children started by an attempt that fails exist all the same", async () => {
    const machine = machineOf(
      "Start.ThenFail",
      {
        start: step(null, (io) => {
          io.startWorkflow(quick, {}, { ref: "child", site: "start@start" });
          return error("too bad");
        }),
      },
      { children: () => [quick] },
    );
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toThrow("too bad");
    expect(await durable.listChildren(run.id)).toHaveLength(1);
  });

  test("a ref that means another child already fails the attempt and names both", async () => {
    const start = (site: string) => (io: Parameters<Parameters<typeof step>[1]>[0]) => {
      io.startWorkflow(quick, {}, { ref: "same", site });
      return "ok";
    };
    const machine = machineOf(
      "Start.Conflict",
      { one: step("two", start("one@start")), two: step(null, start("two@start")) },
      { children: () => [quick] },
    );
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({
      error: { type: "ref_conflict", message: expect.stringMatching(/one@start.*two@start/) },
    });
    expect((await durable.history(run.id)).map(({ step: name, status }) => [name, status])).toEqual([
      ["one", "completed"],
      ["two", "failed"],
    ]);
  });
});

describe("a loop that starts children", () => {
  test("raises ref_conflict when two rounds mean to use one ref", async () => {
    const { Loops, Leaf } = await machinesOf(`
      defmodule Leaf do
        use Durable
        workflow "leaf" do
          step :only, fn data -> {:ok, data} end
        end
      end

      defmodule Loops do
        use Durable
        use Durable.Orchestration
        workflow "loops" do
          step :start, fn data ->
            ids = for ref <- data["refs"] do
              {:ok, id} = start_workflow(Leaf, %{}, ref: ref)
              id
            end
            {:ok, %{started: length(ids)}}
          end
        end
      end`);
    const durable = await here.working([Loops!, Leaf!]);
    const run = await durable.start(Loops!, { refs: ["one", "two"] });
    expect(await run.result()).toMatchObject({ started: 2 });
    const doubled = await durable.start(Loops!, { refs: ["one", "one"] });
    await expect(doubled.result()).rejects.toMatchObject({ error: { type: "ref_conflict" } });
  });
});

describe("cancel", () => {
  test("ends live descendants and leaves finished ones", async () => {
    const machine = machineOf(
      "Cancel.Tree",
      {
        start: step("call", (io) => {
          io.startWorkflow(quick, {}, { ref: "quick", site: "start@start" });
          return "ok";
        }),
        call: step(null, (io) =>
          io.callWorkflow(calling("Cancel.Middle", sleepy), {}, { ref: "m", resume: "call@child" }),
        ),
        "call@child": resume("call", () => "ok"),
      },
      { children: () => [quick, calling("Cancel.Middle", sleepy)] },
    );
    const durable = await here.working([machine], { skipTime: false });
    const run = await durable.start(machine, {});
    await vi.waitUntil(async () => {
      const children = await durable.listChildren(run.id);
      const middle = children.find(({ ref }) => ref === "m");
      const leaf = middle && (await durable.listChildren(middle.id))[0];
      return children.some(({ status }) => status === "completed") && leaf?.status === "waiting";
    });
    await durable.cancel(run.id, "User cancelled order");
    await expect(run.result()).rejects.toMatchObject({
      status: "cancelled",
      error: { message: "User cancelled order" },
    });
    const children = await durable.listChildren(run.id);
    expect(Object.fromEntries(children.map(({ ref, status }) => [ref, status]))).toEqual({
      quick: "completed",
      m: "cancelled",
    });
    const [leaf] = await durable.listChildren(children.find(({ ref }) => ref === "m")!.id);
    expect(leaf).toMatchObject({ status: "cancelled", error: { message: "parent_cancelled" } });
  });

  test("tells running code, and what it still returns is discarded", async () => {
    let told = false;
    const { durableContext } = await import("@durablec/runtime");
    const machine = machineOf("Cancel.Running", {
      slow: step("after", async () => {
        await new Promise<void>((resolve) => {
          durableContext().signal.addEventListener("abort", () => {
            told = true;
            resolve();
          });
        });
        return ok({ finished: true });
      }),
      after: step(null, () => "ok"),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await vi.waitUntil(async () => (await durable.get(run.id))?.status === "running");
    await durable.cancel(run.id);
    await vi.waitUntil(() => told);
    expect(await durable.get(run.id)).toMatchObject({ status: "cancelled", result: null });
  });

  test("of what is unknown or over is refused", async () => {
    const durable = await here.working([quick]);
    await expect(durable.cancel("nobody")).rejects.toMatchObject({ code: "unknown_execution" });
    const run = await durable.start(quick, {});
    await run.result();
    await expect(durable.cancel(run.id)).rejects.toMatchObject({ code: "ended_execution" });
  });
});
