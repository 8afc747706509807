import { ExecutionFailedError, error, goto, InvalidInputError, jump, ok, StdIo } from "@durablec/runtime";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { machineOf, resume, step } from "./machines.ts";
import { world } from "./world.ts";

const here = world();

describe("data", () => {
  test("a returned map adds to the data, and a returned old value does not undo a write", async () => {
    const machine = machineOf("Data.Cumulative", {
      first: step("second", (io, data) => {
        io.putContext("n", 2);
        return ok({ ...data, seen: data.n });
      }),
      second: step(null, () => "ok"),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, { n: 1 });
    expect(await run.result()).toEqual({ n: 2, seen: 1 });
  });

  test("a key left out of the returned map stays; only delete_context removes one", async () => {
    const machine = machineOf("Data.Delete", {
      only: step(null, (io) => {
        io.deleteContext("gone");
        return ok({});
      }),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, { gone: 1, kept: 2 });
    expect(await run.result()).toEqual({ kept: 2 });
  });

  test("keys that JSON could abuse are plain data", async () => {
    const machine = machineOf("Data.Proto", {
      only: step(null, (io) => io.putContext("__proto__", { polluted: true })),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, JSON.parse('{"constructor": 1}'));
    const result = await run.result();
    expect(Object.entries(result)).toEqual(
      expect.arrayContaining([
        ["constructor", 1],
        ["__proto__", { polluted: true }],
      ]),
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("a workflow without steps ends at once with its input", async () => {
    const machine = machineOf("Data.Empty", {});
    const durable = await here.working([machine]);
    expect(await (await durable.start(machine, { a: 1 })).result()).toEqual({ a: 1 });
  });

  test("what writers of the context leave is there for the steps after", async () => {
    const machine = machineOf("Data.Writers", {
      write: step("read", (io) => {
        io.putContextAll({ a: { x: 1 }, n: 1 });
        io.mergeContext({ a: { y: 2 } });
        io.appendContext("list", 1);
        io.appendContext("list", 2);
        io.incrementContext("n", 2);
        io.incrementContext("m");
        return io.updateContext("missing", (current) => current ?? "was nil");
      }),
      read: step(null, (io, data) => ok({ same: io.getContext("a") === data.a, has: io.hasContext("nope") })),
    });
    const durable = await here.working([machine]);
    expect(await (await durable.start(machine, {})).result()).toEqual({
      a: { x: 1, y: 2 },
      n: 3,
      m: 1,
      list: [1, 2],
      missing: "was nil",
      same: true,
      has: false,
    });
  });
});

describe("what a step returns", () => {
  test.each([
    ["nil", null],
    ["a bare value", 42],
    ["{:ok, no map}", ["ok", 1]],
    ["{:goto, step} without data", ["goto", "x"]],
  ])("%s is an invalid return and is never retried", async (_what, returned) => {
    const machine = machineOf("Returns.Invalid", { only: step(null, () => returned, { retry: { maxAttempts: 3 } }) });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({ status: "failed", error: { type: "invalid_step_return" } });
    expect(await durable.history(run.id)).toHaveLength(1);
  });

  test("{:error, reason} fails the execution with the reason as its message", async () => {
    const machine = machineOf("Returns.Error", { only: step(null, () => error("no stock")) });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toThrow(ExecutionFailedError);
    await expect(run.result()).rejects.toMatchObject({ error: { type: "error", message: "no stock" } });
  });

  test("a map as the reason is kept", async () => {
    const machine = machineOf("Returns.ErrorMap", { only: step(null, () => error({ type: "declined", code: 7 })) });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({ error: { type: "declined", code: 7 } });
  });

  test("an error thrown by foreign code has its class as type, and its stack is in the log", async () => {
    const machine = machineOf("Returns.Throw", {
      only: step(null, () => {
        throw new RangeError("too far");
      }),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({ error: { type: "RangeError", message: "too far" } });
    const [attempt] = await durable.history(run.id);
    expect(attempt?.log[0]?.message).toContain("steps.test.ts");
  });

  test.each([
    ["a function", () => ({ f: () => 1 }), "a function"],
    ["NaN", () => ({ n: Number.NaN }), "NaN"],
    ["a NUL character", () => ({ s: "a\0b" }), "NUL"],
    ["half a surrogate pair", () => ({ s: "\ud800" }), "surrogate"],
  ])("%s in the returned map is refused by name", async (_what, make, words) => {
    const machine = machineOf("Returns.Unpersistable", { only: step(null, () => ok(make())) });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({
      error: { type: "not_serializable", message: expect.stringContaining(words) },
    });
  });
});

describe("retry", () => {
  test("attempts are made until one succeeds, with the delays of the backoff between them", async () => {
    let attempts = 0;
    const machine = machineOf("Retry.Twice", {
      flaky: step(null, () => (++attempts < 3 ? error("not yet") : ok({ attempts })), {
        retry: { maxAttempts: 3, backoff: "constant", base: 60_000 },
      }),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    expect(await run.result()).toEqual({ attempts: 3 });
    const history = await durable.history(run.id);
    expect(history.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, "failed"],
      [2, "failed"],
      [3, "completed"],
    ]);
    const [first, second] = history.map(({ startedAt }) => Date.parse(startedAt));
    expect(second! - first!).toBeGreaterThanOrEqual(45_000);
  });

  test("a workflow's retry options hold for its steps, and a step's own come first", async () => {
    const counts = { inherits: 0, own: 0 };
    const machine = machineOf(
      "Retry.Inherited",
      {
        inherits: step("own", () => (++counts.inherits < 2 ? error("once more") : "ok")),
        own: step(
          null,
          () => {
            counts.own += 1;
            return error("never");
          },
          { retry: { maxAttempts: 1 } },
        ),
      },
      { retry: { maxAttempts: 2 } },
    );
    const durable = await here.working([machine]);
    await expect((await durable.start(machine, {})).result()).rejects.toThrow("never");
    expect(counts).toEqual({ inherits: 2, own: 1 });
  });

  test("a retry begins at the last resume point: what came before the wait is not run again", async () => {
    const ran: string[] = [];
    const machine = machineOf("Retry.AfterWait", {
      work: step(
        null,
        (io) => {
          ran.push("before");
          io.putContext("before", true);
          return io.sleep(1000, { resume: "work@sleep", saved: { local: 7 } });
        },
        { retry: { maxAttempts: 3 } },
      ),
      "work@sleep": resume("work", (io, _data, saved) => {
        ran.push("after");
        io.putContext(`write${ran.length}`, true);
        return ran.length < 3 ? error("again") : ok({ local: saved.local });
      }),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    expect(await run.result()).toEqual({ before: true, write3: true, local: 7 });
    expect(ran).toEqual(["before", "after", "after"]);
  });

  test("the idempotency key is the same in every attempt and another for another call", async () => {
    const keys: string[][] = [];
    const machine = machineOf("Retry.Keys", {
      charge: step(
        null,
        (io) => {
          keys.push([io.idempotencyKey(), io.idempotencyKey()]);
          return keys.length < 2 ? error("again") : "ok";
        },
        { retry: { maxAttempts: 2 } },
      ),
    });
    const durable = await here.working([machine]);
    await (await durable.start(machine, {})).result();
    expect(keys[0]).toEqual(keys[1]);
    expect(keys[0]![0]).not.toBe(keys[0]![1]);
  });
});

describe("decisions and branches", () => {
  const decide = (target: string) =>
    machineOf("Flow.Decision", {
      first: step("check", () => "ok"),
      check: step("skipped", (_io, data) => goto(target, { ...data, decided: true }), {
        kind: "decision",
        gotos: { last: "last" },
      }),
      skipped: step("last", () => ok({ skipped: false })),
      last: step(null, () => ok({ last: true })),
    });

  test("a goto skips what lies between, and its map follows the data rule", async () => {
    const machine = decide("last");
    const durable = await here.working([machine]);
    const run = await durable.start(machine, { kept: 1 });
    expect(await run.result()).toEqual({ kept: 1, decided: true, last: true });
    const history = await durable.history(run.id);
    expect(history[1]?.output).toMatchObject({ decision_type: "goto", target_step: "last" });
  });

  test.each([
    ["first", "backwards"],
    ["check", "itself"],
    ["nowhere", "does not exist"],
  ])("a computed goto to :%s fails with a decision error", async (target, words) => {
    const machine = decide(target);
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({
      error: { type: "decision_error", message: expect.stringContaining(words), target_step: target },
    });
  });

  const branching = machineOf("Flow.Branch", {
    where: {
      kind: "branch",
      line: 1,
      choose: (_io, data) => {
        if (data.kind === "raise") throw new Error("no kind");
        return data.kind === "a" ? "a/one" : "after";
      },
    },
    "a/one": step("after", () => ok({ one: true })),
    after: step(null, () => ok({ after: true })),
  });

  test("a branch runs the chosen clause and goes on after it, or skips it when none fits", async () => {
    const durable = await here.working([branching]);
    expect(await (await durable.start(branching, { kind: "a" })).result()).toEqual({
      kind: "a",
      one: true,
      after: true,
    });
    expect(await (await durable.start(branching, { kind: "b" })).result()).toEqual({ kind: "b", after: true });
  });

  test("a condition may await foreign code", async () => {
    const machine = machineOf("Branch.Async", {
      pick: {
        kind: "branch",
        line: 1,
        choose: async (_io, data) => ((await Promise.resolve(data.yes)) ? "yes" : null),
      },
      yes: step(null, () => ok({ picked: "yes" })),
    });
    const durable = await here.working([machine]);
    expect(await (await durable.start(machine, { yes: true })).result()).toEqual({ yes: true, picked: "yes" });
    expect(await (await durable.start(machine, { yes: false })).result()).toEqual({ yes: false });
  });

  test("a condition that raises fails the workflow with a branch error", async () => {
    const durable = await here.working([branching]);
    const run = await durable.start(branching, { kind: "raise" });
    await expect(run.result()).rejects.toMatchObject({ error: { type: "branch_error", message: "no kind" } });
  });

  test("jumps go round within a segment", async () => {
    const machine = machineOf("Flow.Loop", {
      count: step(null, () => jump("count@loop", { n: 0 })),
      "count@loop": resume("count", (_io, _data, { n }) => (n === 1000 ? ok({ n }) : jump("count@loop", { n: n + 1 }))),
    });
    const durable = await here.working([machine]);
    expect(await (await durable.start(machine, {})).result()).toEqual({ n: 1000 });
  });
});

describe("starting", () => {
  const machine = machineOf<{ amount: number }>(
    "Start.Typed",
    { only: step(null, () => "ok") },
    { input: z.strictObject({ amount: z.number() }) },
  );

  test("the same id gives the same execution", async () => {
    const durable = await here.working([machine]);
    const one = await durable.start(machine, { amount: 1 }, { id: "start-once" });
    const two = await durable.start(machine, { amount: 2 }, { id: "start-once" });
    expect([one, two]).toMatchObject([
      { id: "start-once", created: true },
      { id: "start-once", created: false },
    ]);
    expect(await two.result()).toEqual({ amount: 1 });
  });

  test("an id of another workflow's execution is refused", async () => {
    const other = machineOf("Start.Other", { only: step(null, () => "ok") });
    const durable = await here.working([machine, other]);
    await durable.start(machine, { amount: 1 }, { id: "start-taken" });
    await expect(durable.start(other, {}, { id: "start-taken" })).rejects.toMatchObject({ code: "id_taken" });
  });

  test("an input that does not fit is refused by its path", async () => {
    const durable = here.client(machine);
    await expect(durable.start(machine, { amount: "1" } as never)).rejects.toThrow(InvalidInputError);
    await expect(durable.start(machine, { amount: "1" } as never)).rejects.toThrow(/amount/);
  });

  test("two builds of one workflow cannot be used together", () => {
    const again = { ...machine, fingerprint: "other" };
    expect(() => here.client(machine, again)).toThrow(/Two different builds/);
  });

  test("a start for later waits for its time", async () => {
    const durable = await here.working([machine]);
    const before = await here.store.now();
    const run = await durable.start(machine, { amount: 1 }, { at: new Date(Date.parse(before) + 3_600_000) });
    await run.result();
    expect(Date.parse(await here.store.now()) - Date.parse(before)).toBeGreaterThanOrEqual(3_600_000);
  });
});

describe("the log of an attempt", () => {
  test("holds what was logged and what was printed, up to a thousand lines of ten thousand characters", async () => {
    const machine = machineOf("Log.Limits", {
      only: step(null, (io) => {
        io.log("warning", "x".repeat(20_000), { n: 1 });
        StdIo.puts(io, "printed");
        for (let line = 0; line < 2000; line++) io.log("info", "again");
        return "ok";
      }),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await run.result();
    const [entry] = await durable.history(run.id);
    const [first, second] = entry!.log;
    expect(first).toMatchObject({ level: "warning", source: "logger", metadata: { n: 1 } });
    expect(first!.message).toHaveLength(10_000);
    expect(second).toMatchObject({ level: "info", source: "io", message: "printed" });
    expect(entry!.log).toHaveLength(1000);
  });
});
