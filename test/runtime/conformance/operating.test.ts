/** What a client starts, finds, counts and ends, and in what order a queue is served; by compiled workflows. */
import type { Durable, Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { app } from "../defects/app.ts";

const { here, compiled } = app();

const items = `
  workflow "first", queue: :firsts do
    step :note, fn data -> {:ok, assign(data, :at, DateTime.utc_now())} end
  end

  workflow "second" do
    step :wait, fn data -> {:ok, assign(data, :go, wait_for_event("go", timeout: hours(1)))} end
  end

  workflow "fails" do
    step :fail, fn _data -> {:error, "no"} end
  end

  workflow "parent" do
    step :begin, fn data ->
      {:ok, _a} = start_workflow(App, %{n: 1}, workflow: "first", ref: :a, queue: :others)
      {:ok, _b} = start_workflow(App, %{n: 2}, workflow: "second", ref: :b)
      {:ok, assign(data, :child, call_workflow(App, %{n: 3}, workflow: "fails", ref: :c))}
    end
  end

  workflow "talks" do
    step :talk, [retry: [max_attempts: 2, base: 1]], fn data ->
      Logger.debug("looking")
      Logger.warning("odd", order: data["n"])
      IO.puts("printed")
      sleep(1)
      Logger.error("about to fail")
      if data["fail"], do: {:error, "no"}, else: {:ok, data}
    end
    step :quiet, fn data -> {:ok, data} end
  end

  workflow "nothing" do
  end

  workflow "uses_a_function" do
    step :apply, fn data ->
      twice = fn n -> n * 2 end
      {:ok, assign(data, :n, twice.(data["n"]))}
    end
  end

  workflow "sleeps" do
    step :nap, fn _data -> {:ok, %{got: sleep(hours(1))}} end
    step :again, fn data -> {:ok, assign(data, :again, sleep(1))} end
  end

  workflow "asks" do
    step :ask, fn _data -> {:ok, %{got: wait_for_approval("boss", timeout: hours(1))}} end
  end

  workflow "any" do
    step :wait, fn _data -> {:ok, %{got: wait_for_any(["x", "y"], timeout: hours(1))}} end
  end

  workflow "all" do
    step :wait, fn _data -> {:ok, %{got: wait_for_all(["x", "y"], timeout: hours(1))}} end
  end

  workflow "two_children" do
    step :call, fn data ->
      {:ok, _id} = start_workflow(App, %{}, workflow: "first", ref: :short)
      {:ok, assign(data, :long, call_workflow(App, %{}, workflow: "second", ref: :long))}
    end
  end

  workflow "wide" do
    parallel run: :queued do
      ${Array.from({ length: 12 }, (_, n) => `step :b${n}, fn _data -> {:ok, %{go: wait_for_event("go_${n}", timeout: :infinity)}} end`).join("\n")}
    end
    step :count, fn _data -> {:ok, %{count: map_size(parallel_results())}} end
  end
`;

let machines: { readonly [workflow: string]: Machine };
beforeAll(async () => {
  machines = await compiled(items);
});
const client = (): Durable => here.client(...Object.values(machines));
const working = (queues: readonly string[] = ["default"], skipTime = true): Promise<Durable> =>
  here.working(Object.values(machines), {
    skipTime,
    queues: Object.fromEntries(queues.map((name) => [name, { concurrency: 5 }])),
  });

describe("an execution", () => {
  test("has the queue of its workflow unless another is named, and rests there until somebody serves it", async () => {
    const durable = client();
    const own = await durable.start(machines.first!, {});
    const other = await durable.start(machines.first!, {}, { queue: "elsewhere", priority: 3 });
    expect(await durable.get(own.id)).toMatchObject({
      queue: "firsts",
      priority: 0,
      status: "pending",
      startedAt: null,
    });
    expect(await durable.get(other.id)).toMatchObject({ queue: "elsewhere", priority: 3 });
    await working(["firsts"]);
    await own.result();
    expect(await durable.get(other.id)).toMatchObject({ status: "pending" });
    await durable.cancel(other.id);
  });

  test("of a workflow without steps has completed with its input", async () => {
    const durable = await working();
    expect(await (await durable.start(machines.nothing!, { n: 1 })).result()).toEqual({ n: 1 });
  });

  test("may use what cannot be stored, as long as it does not wait with it", async () => {
    const durable = await working();
    expect(await (await durable.start(machines.uses_a_function!, { n: 4 })).result()).toEqual({ n: 8 });
  });

  test("is unknown, or says when it was made, begun and over", async () => {
    const durable = await working(["firsts"]);
    expect(await durable.get("nobody")).toBeNull();
    await expect(durable.cancel("nobody")).rejects.toMatchObject({ code: "unknown_execution" });
    const run = await durable.start(machines.first!, {});
    await run.result();
    const { createdAt, startedAt, endedAt } = (await durable.get(run.id))!;
    expect([createdAt, startedAt!, endedAt!].toSorted()).toEqual([createdAt, startedAt, endedAt]);
  });
});

describe("a queue", () => {
  test("is served by priority, then in the order in which its executions came due", async () => {
    const durable = client();
    const start = async (priority: number) =>
      (await durable.start(machines.first!, {}, { priority, queue: "ordered" })).id;
    const [low, first, second, high] = [await start(-1), await start(0), await start(0), await start(9)];
    await here.working(Object.values(machines), { queues: { ordered: { concurrency: 1 } } });
    const ends = await Promise.all([low, first, second, high].map((id) => durable.ended(id!)));
    const order = ends.toSorted((a, b) => a.startedAt!.localeCompare(b.startedAt!)).map(({ id }) => id);
    expect(order[0]).toBe(high);
    expect(order.at(-1)).toBe(low);
  });

  test("says how much is due, later, and how much of each status there is", async () => {
    const durable = client();
    await durable.start(machines.first!, {}, { queue: "counted" });
    const later = new Date(Date.parse(await here.store.now()) + 3_600_000);
    await durable.start(machines.first!, {}, { queue: "counted", at: later });
    const counted = (await durable.queues.list()).find(({ name }) => name === "counted");
    expect(counted).toMatchObject({ due: 1, later: 1, paused: false, workers: 0, counts: { pending: 2 } });
  });

  test("that nobody serves is told of, with the reason", async () => {
    const durable = client();
    const { id } = await durable.start(machines.first!, {}, { queue: "forgotten" });
    const parked = (await durable.parked()).find((each) => each.id === id);
    expect(parked).toMatchObject({ reason: "no_worker", queue: "forgotten" });
    await durable.cancel(id);
  });
});

describe("executions", () => {
  test("are listed newest first, by every filter there is, and counted by status", async () => {
    const durable = await working(["default", "others", "firsts"], false);
    const parent = await durable.start(machines.parent!, {}, { id: "listed-parent" });
    await parent.result();
    const refs = async (filter: Parameters<Durable["list"]>[0]) => (await durable.list(filter)).map(({ ref }) => ref);
    const parentId = parent.id;
    await expect.poll(() => refs({ parentId, status: ["completed"] })).toEqual(["a"]);
    expect((await refs({ parentId })).toSorted()).toEqual(["a", "b", "c"]);
    expect(await refs({ parentId, status: ["failed", "waiting"] })).toHaveLength(2);
    expect(await refs({ parentId, workflow: "second" })).toEqual(["b"]);
    expect(await refs({ parentId, queue: "others" })).toEqual(["a"]);
    expect(await refs({ parentId, module: "Nobody" })).toEqual([]);
    expect(await refs({ parentId, limit: 1 })).toHaveLength(1);
    const [newest] = await durable.list({ parentId, limit: 1 });
    expect(await refs({ parentId, after: newest!.id })).toHaveLength(2);
    const { createdAt } = (await durable.get(parentId))!;
    expect(await refs({ parentId, createdFrom: createdAt })).toHaveLength(3);
    expect(await refs({ parentId, createdTo: "2020-01-01T00:00:00.000Z" })).toEqual([]);
    const roots = await durable.list({ rootsOnly: true, idPrefix: "listed-" });
    expect(roots.map(({ id }) => id)).toEqual(["listed-parent"]);
    expect((await durable.listChildren(parentId)).map(({ ref, kind }) => [ref, kind])).toEqual([
      ["a", "start"],
      ["b", "start"],
      ["c", "call"],
    ]);
    expect((await durable.listChildren(parentId, { status: "failed" })).map(({ ref }) => ref)).toEqual(["c"]);
    const counted = Object.fromEntries((await durable.counts()).map(({ status, count }) => [status, count]));
    expect(counted.waiting).toBeGreaterThanOrEqual(1);
    await durable.cancel((await durable.listChildren(parentId))[1]!.id);
  });

  test("keep a parent waiting that waits for another child than the one that ended", async () => {
    const durable = await working(["default", "firsts"], false);
    const run = await durable.start(machines.two_children!, {});
    await expect
      .poll(async () => (await durable.listChildren(run.id)).map(({ status }) => status))
      .toEqual(["completed", "waiting"]);
    expect(await durable.get(run.id)).toMatchObject({ status: "waiting", state: "call@call:long" });
    await durable.sendEvent((await durable.listChildren(run.id))[1]!.id, "go", 1);
    expect(await run.result()).toEqual({ long: ["ok", { go: 1 }] });
  });
});

describe("what a step logs and prints", () => {
  test("is kept with its attempt, over a wait, with level, origin and metadata", async () => {
    const durable = await working();
    const { id } = await durable.start(machines.talks!, { n: 7 });
    await durable.ended(id);
    const [talk, quiet] = await durable.history(id);
    expect(talk!.log.map(({ level, source, message, metadata }) => [level, source, message, metadata])).toEqual([
      ["debug", "logger", "looking", {}],
      ["warning", "logger", "odd", { order: 7 }],
      ["info", "io", "printed", {}],
      ["error", "logger", "about to fail", {}],
    ]);
    expect(quiet!.log).toEqual([]);
  });

  test("belongs to the attempt that said it: the second begins behind the wait", async () => {
    const durable = await working();
    const { id } = await durable.start(machines.talks!, { n: 7, fail: true });
    await durable.ended(id);
    const attempts = (await durable.history(id)).map(({ log }) => log.map(({ message }) => message));
    expect(attempts[0]).toEqual(["looking", "odd", "printed", "about to fail"]);
    expect(attempts[1]).toEqual(["about to fail"]);
  });
});

describe("a wait that is cancelled from outside", () => {
  const cancelled = ["cancelled", "enough"];

  test.each([
    ["sleeps", { got: cancelled, again: null }],
    ["second", { go: cancelled }],
    ["asks", { got: cancelled }],
    ["any", { got: cancelled }],
    ["all", { got: cancelled }],
  ])("%s: it gives {:cancelled, reason}", async (workflow, result) => {
    const durable = await working(["default"], false);
    const run = await durable.start(machines[workflow]!, {});
    await expect.poll(async () => (await durable.get(run.id))!.status).toBe("waiting");
    expect((await durable.get(run.id))!.wakeAt).not.toBeNull();
    await durable.cancelWait(run.id, "enough");
    expect(await run.result()).toEqual(result);
    expect(await durable.listPendingInputs({ executionId: run.id })).toEqual([]);
    expect(await durable.listPendingEvents({ executionId: run.id })).toEqual([]);
  });

  test("has to be a wait", async () => {
    const durable = client();
    const run = await durable.start(machines.first!, {}, { queue: "nobody" });
    await expect(durable.cancelWait(run.id)).rejects.toMatchObject({ code: "not_waiting" });
    await durable.cancel(run.id);
    await expect(durable.cancelWait(run.id)).rejects.toMatchObject({ code: "ended_execution" });
    await expect(durable.cancelWait("nobody")).rejects.toMatchObject({ code: "unknown_execution" });
  });
});

test("a dozen branches that wait for events and get them all at once lose none, with two workers", async () => {
  const durable = await working(["default"], false);
  await working(["default"], false);
  const run = await durable.start(machines.wide!, {});
  await expect.poll(() => durable.listPendingEvents({ executionId: run.id })).toHaveLength(12);
  await Promise.all(Array.from({ length: 12 }, (_, n) => durable.sendEvent(run.id, `go_${n}`, n)));
  expect(await run.result()).toEqual({ count: 12 });
});
