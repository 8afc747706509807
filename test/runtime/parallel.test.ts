import { type Body, durableContext, error, goto, ok, type State } from "@durablec/runtime";
import { describe, expect, test } from "vitest";
import { machineOf, resume, step } from "./machines.ts";
import { world } from "./world.ts";

const here = world();

type Parallel = Extract<State, { kind: "parallel" }>;

/** A parallel block with one step for each branch, then `after`. */
function blockOf(
  module: string,
  branches: { readonly [key: string]: Body | State },
  options: Partial<Parallel> = {},
  more: { readonly [id: string]: State } = {},
) {
  const states = Object.entries(branches).map(([key, body]) => [
    `block/${key}`,
    typeof body === "function" ? step(null, body, { name: key }) : body,
  ]);
  const block: Parallel = {
    kind: "parallel",
    line: 1,
    mode: "inline",
    onError: "fail_fast",
    branches: Object.fromEntries(Object.keys(branches).map((key) => [key, `block/${key}`])),
    next: "after",
    ...options,
  };
  return machineOf(module, {
    block,
    ...Object.fromEntries(states),
    after: step(null, () => ok({ after: true })),
    ...more,
  });
}

describe("results", () => {
  test("of a block are under __results__ for the steps after it, and not in the execution's result", async () => {
    const machine = blockOf(
      "Parallel.Results",
      { a: (io) => io.putContext("x", io.getContext("n")), b: () => ok({ y: 2 }) },
      {
        next: "read",
      },
      {
        read: step(null, (io) =>
          ok({
            seen: io.parallelResults(),
            a: io.parallelResult("a"),
            ok: io.parallelOk("b"),
            none: io.parallelResult("c"),
          }),
        ),
      },
    );
    const durable = await here.working([machine]);
    expect(await (await durable.start(machine, { n: 1 })).result()).toEqual({
      n: 1,
      seen: { a: ["ok", { x: 1 }], b: ["ok", { y: 2 }] },
      a: ["ok", { x: 1 }],
      ok: true,
      none: null,
    });
  });

  test("of branches are apart: a branch sees the data before the block and not its siblings' writes", async () => {
    const see: Body = (io) => {
      const seen = io.hasContext("mine");
      io.putContext("mine", true);
      return ok({ seen });
    };
    const machine = blockOf(
      "Parallel.Isolated",
      { a: see, b: see },
      { next: "read" },
      {
        read: step(null, (io) => ok({ got: io.parallelResults() })),
      },
    );
    const durable = await here.working([machine]);
    const both = ["ok", { mine: true, seen: false }];
    expect(await (await durable.start(machine, {})).result()).toEqual({ got: { a: both, b: both } });
  });

  test("run at the same time", async () => {
    let meet = () => {};
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const machine = blockOf("Parallel.Concurrent", {
      waits: async () => {
        await met;
        return "ok";
      },
      lets: () => {
        meet();
        return "ok";
      },
    });
    const durable = await here.working([machine]);
    expect(await (await durable.start(machine, {})).result()).toEqual({ after: true });
  });

  test("each branch attempt has its own history row, named by its results key", async () => {
    const machine = blockOf("Parallel.History", { a: () => "ok", b: () => "ok" });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await run.result();
    const rows = (await durable.history(run.id)).map(({ step: name, branch }) => [name, branch]);
    expect(rows).toEqual(
      expect.arrayContaining([
        ["a", "a"],
        ["b", "b"],
        ["after", null],
      ]),
    );
  });
});

describe("failures", () => {
  test("fail_fast ends the block at the first failure in time and aborts the siblings", async () => {
    let aborted = false;
    const machine = blockOf("Parallel.FailFast", {
      a_slow: async () => {
        await new Promise<void>((resolve) => {
          durableContext().signal.addEventListener("abort", () => {
            aborted = true;
            resolve();
          });
        });
        return error("alphabetically first");
      },
      b_fails: () => error("first in time"),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await expect(run.result()).rejects.toMatchObject({ error: { message: "first in time" } });
    expect(aborted).toBe(true);
    const rows = (await durable.history(run.id)).map(({ branch, status }) => [branch, status]);
    expect(rows).toEqual([
      ["b_fails", "failed"],
      ["a_slow", "aborted"],
    ]);
  });

  test("complete_all lets every branch end and keeps the errors", async () => {
    const machine = blockOf(
      "Parallel.CompleteAll",
      { good: () => ok({ good: true }), bad: () => error("bad") },
      {
        onError: "complete_all",
        next: "read",
      },
      { read: step(null, (io) => ok({ got: io.parallelResults() })) },
    );
    const durable = await here.working([machine]);
    expect(await (await durable.start(machine, {})).result()).toEqual({
      got: { good: ["ok", { good: true }], bad: ["error", { type: "error", message: "bad" }] },
    });
  });

  test("a branch is retried on its own; its siblings are not run again", async () => {
    const runs = { flaky: 0, steady: 0 };
    const machine = blockOf("Parallel.Retry", {
      flaky: step(null, () => (++runs.flaky < 3 ? error("again") : "ok"), {
        name: "flaky",
        retry: { maxAttempts: 3, base: 3_600_000 },
      }),
      steady: () => {
        runs.steady += 1;
        return "ok";
      },
    });
    const durable = await here.working([machine]);
    expect(await (await durable.start(machine, {})).result()).toEqual({ after: true });
    expect(runs).toEqual({ flaky: 3, steady: 1 });
  });

  test("a branch cannot jump out of the block or wait", async () => {
    const machine = blockOf(
      "Parallel.Forbidden",
      {
        jumps: step(null, () => goto("after", {}), { name: "jumps", gotos: { after: "after" } }),
        sleeps: (io) => io.sleep(1, { resume: "block/sleeps@sleep" }),
      },
      { onError: "complete_all", next: "read" },
      { read: step(null, (io) => ok({ got: io.parallelResults() })) },
    );
    const durable = await here.working([machine]);
    const { got } = await (await durable.start(machine, {})).result();
    expect(got.jumps[1].type).toBe("parallel_goto_error");
    expect(got.sleeps[1].type).toBe("waits_in_parallel");
  });
});

describe("into:", () => {
  const bodies = { good: () => ok({ n: 1 }), bad: () => error("bad") };

  test("sees every outcome, and its map follows the data rule without leaving results", async () => {
    const machine = blockOf("Parallel.Into", bodies, {
      into: (io, data, results) => {
        io.putContext("put", true);
        return ok({ kept: data.kept, n: results.good[1].n, failed: results.bad[0] === "error" });
      },
    });
    const durable = await here.working([machine]);
    expect(await (await durable.start(machine, { kept: 1 })).result()).toEqual({
      kept: 1,
      put: true,
      n: 1,
      failed: true,
      after: true,
    });
  });

  test("can jump, fail or raise", async () => {
    const jumping = blockOf("Parallel.IntoGoto", bodies, {
      into: () => goto("after", { jumped: true }),
      gotos: { after: "after" },
      next: null,
    });
    const failing = blockOf("Parallel.IntoFail", bodies, { into: () => error("decided") });
    const raising = blockOf("Parallel.IntoRaise", bodies, {
      into: () => {
        throw new TypeError("oops");
      },
    });
    const durable = await here.working([jumping, failing, raising]);
    expect(await (await durable.start(jumping, {})).result()).toEqual({ jumped: true, after: true });
    await expect((await durable.start(failing, {})).result()).rejects.toThrow("decided");
    await expect((await durable.start(raising, {})).result()).rejects.toMatchObject({ error: { type: "TypeError" } });
  });
});

describe("inline children", () => {
  const leaf = machineOf("Inline.Leaf", { only: step(null, (io) => ok({ doubled: io.input().n * 2 })) });
  const caller = machineOf(
    "Inline.Caller",
    {
      call: step(null, (io) => io.callWorkflow(leaf, io.input(), { ref: "leaf", resume: "call@leaf" })),
      "call@leaf": resume("call", (_io, _data, _saved, received) => ok({ leaf: received[1].doubled })),
    },
    { children: () => [leaf] },
  );

  /** A branch that calls a child and returns what it received. */
  function calls(child: typeof leaf, ref: string, n: number, options: object = {}) {
    const state = `block/${ref}@call`;
    return {
      state: step(null, (io) => io.callWorkflow(child, { n }, { ref, resume: state, ...options }), { name: ref }),
      resume: { [state]: resume(`block/${ref}`, (_io, _data, _saved, received) => ok({ received })) },
    };
  }

  test("run in the worker of their parent, with a row and history of their own", async () => {
    const one = calls(leaf, "one", 1);
    const two = calls(caller, "two", 2);
    const machine = blockOf(
      "Inline.Parent",
      { one: one.state, two: two.state },
      { next: "read" },
      {
        ...one.resume,
        ...two.resume,
        read: step(null, (io) => ok({ got: io.parallelResults() })),
      },
    );
    const durable = await here.working([{ ...machine, children: () => [leaf, caller] }], {
      queues: { default: { concurrency: 1 } },
    });
    const run = await durable.start(machine, {});
    const { got } = await run.result();
    expect(got.one[1].received).toEqual(["ok", { n: 1, doubled: 2 }]);
    expect(got.two[1].received).toEqual(["ok", { n: 2, leaf: 4 }]);
    const children = await durable.listChildren(run.id);
    expect(children.map(({ ref, kind, status }) => [ref, kind, status])).toEqual(
      expect.arrayContaining([
        ["one", "inline", "completed"],
        ["two", "inline", "completed"],
      ]),
    );
    expect(await durable.history(children[0]!.id)).toHaveLength(1);
  });

  test("back off without holding the worker when nothing else runs", async () => {
    let attempts = 0;
    const flaky = machineOf("Inline.Flaky", {
      only: step(null, () => (++attempts < 3 ? error("again") : ok({ attempts })), {
        retry: { maxAttempts: 3, base: 3_600_000 },
      }),
    });
    const one = calls(flaky, "one", 1);
    const machine = blockOf(
      "Inline.Backoff",
      { one: one.state, other: () => "ok" },
      { next: "read" },
      {
        ...one.resume,
        read: step(null, (io) => ok({ got: io.parallelResult("one") })),
      },
    );
    const durable = await here.working([{ ...machine, children: () => [flaky] }]);
    const run = await durable.start(machine, {});
    expect((await run.result()).got[1].received).toEqual(["ok", { n: 1, attempts: 3 }]);
  });

  test("are aborted and cancelled when the call times out, or a sibling fails the block", async () => {
    const stuck = machineOf("Inline.Stuck", { only: step(null, () => new Promise(() => {})) });
    const timed = calls(stuck, "timed", 1, { timeoutMs: 20 });
    const inTime = blockOf(
      "Inline.Timeout",
      { timed: timed.state },
      { next: "read" },
      {
        ...timed.resume,
        read: step(null, (io) => ok({ got: io.parallelResult("timed")[1].received })),
      },
    );
    const doomed = calls(stuck, "doomed", 1);
    const failing = blockOf(
      "Inline.Doomed",
      {
        doomed: doomed.state,
        fails: async () => {
          await new Promise((resolve) => setTimeout(resolve, 30));
          return error("sibling");
        },
      },
      {},
      doomed.resume,
    );
    const children = () => [stuck];
    const durable = await here.working([
      { ...inTime, children },
      { ...failing, children },
    ]);
    const run = await durable.start(inTime, {});
    expect((await run.result()).got).toEqual(["ok", "child_timeout"]);
    const other = await durable.start(failing, {});
    await expect(other.result()).rejects.toThrow("sibling");
    for (const { id } of [run, other]) expect(await durable.listChildren(id)).toMatchObject([{ status: "cancelled" }]);
  });
});
