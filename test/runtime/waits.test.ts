import { durableContext, error, ok, rescued } from "@durablec/runtime";
import { describe, expect, test, vi } from "vitest";
import { machineOf, resume, step } from "./machines.ts";
import { world } from "./world.ts";

const here = world();
const HOUR = 3_600_000;

/** Ends when the signal of its context fires; the way well-behaved foreign code gives up. */
function untilAborted(): Promise<never> {
  const { signal } = durableContext();
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("aborted")));
  });
}

describe("sleep and schedule_at", () => {
  test("a sleep takes its time and no worker's slot", async () => {
    const machine = machineOf("Wait.Sleep", {
      nap: step(null, (io) => io.sleep(HOUR, { resume: "nap@sleep", saved: { x: 1 } })),
      "nap@sleep": resume("nap", (_io, _data, { x }, received) => ok({ x, received })),
    });
    const durable = await here.working([machine], { queues: { default: { concurrency: 1 } } });
    const runs = await Promise.all([durable.start(machine, {}), durable.start(machine, {})]);
    const before = await here.store.now();
    for (const run of runs) expect(await run.result()).toEqual({ x: 1, received: null });
    expect(Date.parse(await here.store.now()) - Date.parse(before)).toBeLessThan(2 * HOUR);
  });

  test("schedule_at in the past goes on at once", async () => {
    const machine = machineOf("Wait.Past", {
      at: step(null, (io) => io.scheduleAt("2001-01-01T00:00:00Z", { resume: "at@time" })),
      "at@time": resume("at", () => ok({ done: true })),
    });
    const durable = await here.working([machine], { skipTime: false });
    expect(await (await durable.start(machine, {})).result()).toEqual({ done: true });
  });
});

describe("events", () => {
  const waiting = (timeoutMs?: number, timeoutValue?: unknown) =>
    machineOf(
      "Wait.Event",
      {
        ask: step(null, (io) => {
          const timeout = timeoutMs === undefined ? {} : { timeoutMs };
          const value = timeoutValue === undefined ? {} : { timeoutValue };
          return io.waitForEvent("answer", { resume: "ask@event", ...timeout, ...value });
        }),
        "ask@event": resume("ask", (_io, _data, _saved, received) => ok({ received })),
      },
      { events: ["answer"] },
    );

  test("an event sent before its wait is kept", async () => {
    const machine = waiting();
    const run = await here.client(machine).start(machine, {});
    const durable = here.client(machine);
    await durable.sendEvent(run.id, "answer", { n: 1 });
    await here.working([machine]);
    expect(await run.result()).toEqual({ received: { n: 1 } });
  });

  test("an event wakes who waits for it", async () => {
    const machine = waiting();
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await vi.waitUntil(async () => (await durable.get(run.id))?.status === "waiting");
    await durable.sendEvent(run.id, "answer", null);
    expect(await run.result()).toEqual({ received: null });
  });

  test.each([
    ["its value", "late", "late"],
    ["nil when it has none", undefined, null],
  ])("a timeout gives %s", async (_what, value, expected) => {
    const machine = waiting(HOUR, value);
    const durable = await here.working([machine]);
    expect(await (await durable.start(machine, {})).result()).toEqual({ received: expected });
  });

  test("a failed attempt after the event does not consume another one", async () => {
    let attempts = 0;
    const machine = machineOf(
      "Wait.EventRetry",
      {
        ask: step(null, (io) => io.waitForEvent("answer", { resume: "ask@event" }), { retry: { maxAttempts: 2 } }),
        "ask@event": resume("ask", (_io, _data, _saved, received) =>
          ++attempts < 2 ? error("once more") : ok({ received }),
        ),
      },
      { events: ["answer"] },
    );
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await durable.sendEvent(run.id, "answer", 1);
    await durable.sendEvent(run.id, "answer", 2);
    expect(await run.result()).toEqual({ received: 1 });
  });

  test("wait_for_any takes the earliest, wait_for_all takes each, and both say how far they came in time", async () => {
    const machine = machineOf(
      "Wait.Group",
      {
        any: step("all", (io) => io.waitForAny(["a", "b"], { resume: "any@event" })),
        "any@event": resume("any", (_io, _data, _saved, received) => ok({ any: received })),
        all: step("late", (io) => io.waitForAll(["a", "c"], { resume: "all@event" })),
        "all@event": resume("all", (_io, _data, _saved, received) => ok({ all: received })),
        late: step(null, (io) => io.waitForAll(["d", "e"], { resume: "late@event", timeoutMs: HOUR })),
        "late@event": resume("late", (_io, _data, _saved, received) => ok({ late: received })),
      },
      { events: ["*"] },
    );
    const durable = here.client(machine);
    const run = await durable.start(machine, {});
    for (const [name, payload] of Object.entries({ b: 1, a: 2, c: 3, d: 4 }))
      await durable.sendEvent(run.id, name, payload);
    await here.working([machine]);
    expect(await run.result()).toEqual({ any: ["b", 1], all: { a: 2, c: 3 }, late: ["timeout", { d: 4 }] });
  });

  test("an unknown execution, an ended one and an unknown name are three errors", async () => {
    const machine = waiting();
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(durable.sendEvent("nobody", "answer", 1)).rejects.toMatchObject({ code: "unknown_execution" });
    await expect(durable.sendEvent(run.id, "anwser", 1)).rejects.toMatchObject({ code: "unknown_event" });
    await durable.sendEvent(run.id, "answer", 1);
    await run.result();
    await expect(durable.sendEvent(run.id, "answer", 1)).rejects.toMatchObject({ code: "ended_execution" });
  });

  test("a delivery that comes again under its id is ignored", async () => {
    const machine = machineOf(
      "Wait.Redelivery",
      {
        one: step("two", (io) => io.waitForEvent("hook", { resume: "one@event" })),
        "one@event": resume("one", (_io, _data, _saved, received) => ok({ one: received })),
        two: step(null, (io) => io.waitForEvent("hook", { resume: "two@event", timeoutMs: HOUR })),
        "two@event": resume("two", (_io, _data, _saved, received) => ok({ two: received })),
      },
      { events: ["hook"] },
    );
    const durable = here.client(machine);
    const run = await durable.start(machine, {});
    await durable.sendEvent(run.id, "hook", "first", { id: "delivery-1" });
    await durable.sendEvent(run.id, "hook", "first", { id: "delivery-1" });
    await here.working([machine]);
    expect(await run.result()).toEqual({ one: "first", two: null });
  });
});

describe("step timeout", () => {
  test("foreign code is told to give up, and the attempt has failed", async () => {
    const machine = machineOf("Timeout.Step", {
      slow: step(null, untilAborted, { timeoutMs: 20, retry: { maxAttempts: 2, backoff: "constant", base: 1 } }),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({ error: { type: "step_timeout" } });
    expect((await durable.history(run.id)).map(({ attempt, error: cause }) => [attempt, cause?.type])).toEqual([
      [1, "step_timeout"],
      [2, "step_timeout"],
    ]);
  });

  test("no rescue of the program sees the abort", async () => {
    const seen: string[] = [];
    const machine = machineOf("Timeout.Rescue", {
      slow: step(
        null,
        async () => {
          try {
            return await untilAborted();
          } catch (cause) {
            seen.push(rescued(cause).message);
            return "ok";
          }
        },
        { timeoutMs: 20 },
      ),
    });
    const durable = await here.working([machine]);
    await expect((await durable.start(machine, {})).result()).rejects.toMatchObject({
      error: { type: "step_timeout" },
    });
    expect(seen).toEqual([]);
  });

  test("it covers waits, and a retry goes on waiting where the attempt before it did", async () => {
    let begun = 0;
    const machine = machineOf("Timeout.StepWait", {
      slow: step(
        null,
        (io) => {
          begun += 1;
          return io.sleep(HOUR, { resume: "slow@sleep" });
        },
        { timeoutMs: HOUR / 2 + 60_000, retry: { maxAttempts: 2 } },
      ),
      "slow@sleep": resume("slow", () => ok({ done: true })),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    expect(await run.result()).toEqual({ done: true });
    expect(begun).toBe(1);
    expect((await durable.history(run.id)).map(({ status }) => status)).toEqual(["failed", "completed"]);
  });

  test("it counts anew for an attempt that goes on waiting", async () => {
    const machine = machineOf("Timeout.StepWaitAgain", {
      slow: step(null, (io) => io.sleep(10 * HOUR, { resume: "slow@sleep" }), {
        timeoutMs: HOUR,
        retry: { maxAttempts: 3, backoff: "constant", base: 60_000 },
      }),
      "slow@sleep": resume("slow", () => "ok"),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({ error: { type: "step_timeout" } });
    const history = await durable.history(run.id);
    expect(history.map(({ attempt, error: cause }) => [attempt, cause?.type])).toEqual([
      [1, "step_timeout"],
      [2, "step_timeout"],
      [3, "step_timeout"],
    ]);
    for (const { startedAt, endedAt } of history) {
      expect((Date.parse(endedAt) - Date.parse(startedAt)) / HOUR).toBeCloseTo(1);
    }
  });
});

describe("workflow timeout", () => {
  test("it ends the execution while it waits, and its children with it", async () => {
    const child = machineOf("Timeout.Child", {
      nap: step(null, (io) => io.sleep(10 * HOUR, { resume: "nap@sleep" })),
      "nap@sleep": resume("nap", () => "ok"),
    });
    const machine = machineOf(
      "Timeout.Workflow",
      {
        call: step(null, (io) => io.callWorkflow(child, {}, { ref: "child", resume: "call@child" })),
        "call@child": resume("call", () => "ok"),
      },
      { timeoutMs: HOUR, children: () => [child] },
    );
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({ status: "failed", error: { type: "workflow_timeout" } });
    const [row] = await durable.listChildren(run.id);
    expect((await durable.ended(row!.id)).status).toBe("cancelled");
  });

  test("it ends the execution while foreign code runs", async () => {
    const machine = machineOf("Timeout.WorkflowRunning", { slow: step(null, untilAborted) }, { timeoutMs: 1_000 });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({ error: { type: "workflow_timeout" } });
    expect((await durable.history(run.id)).map(({ status }) => status)).toEqual(["aborted"]);
  });
});
