/** Running the whole: queues, workers, what is parked or stuck, what is deleted, and the app's own transaction. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../runtime/store/store.ts";
import type { FindingCode } from "../../runtime/store/upkeep.ts";
import {
  applied,
  asks,
  attempt,
  COMPLETED,
  child,
  claimAll,
  held,
  onChild,
  onInput,
  registered,
  root,
  transition,
  WORKER,
  waiting,
} from "./executions.ts";
import { describeStores } from "./stores.ts";

const FUTURE = "2999-01-01T00:00:00.000Z";

describeStores("upkeep", (its) => {
  let store: Store;
  beforeAll(() => {
    store = its();
  });
  const worker = (name: string, queues: readonly string[], resumeKeys: readonly string[], leaseMs = 60_000) =>
    store.registerWorker({ worker: name, host: "here", pid: 1, leaseMs, queues, resumeKeys });

  describe("a paused queue", () => {
    test("gives nothing to claim until it is resumed; others do", async () => {
      await store.start([root("pause-1", { queue: "pause-1" }), root("pause-2", { queue: "pause-2" })]);
      await store.pauseQueue("pause-1");
      await store.pauseQueue("pause-1");
      expect(await claimAll(store, "pause-1")).toEqual([]);
      expect(await claimAll(store, "pause-2")).toHaveLength(1);
      await store.resumeQueue("pause-1");
      expect(await claimAll(store, "pause-1")).toHaveLength(1);
    });

    test("takes no hand-over either, but its inline children run", async () => {
      const parent = await held(store, "pause-3");
      await store.pauseQueue("pause-q");
      const children = [
        child(parent, "pause-3-call", { queue: "pause-q", owner: WORKER }),
        child(parent, "pause-3-inline", { queue: "pause-q", owner: WORKER, kind: "inline" }),
      ];
      const [result] = await store.commit([transition(parent, {}, { children })]);
      expect(result).toMatchObject({ handedOver: ["pause-3-inline"] });
      expect((await store.get("pause-3-call"))?.status).toBe("pending");
    });

    test("is drained when nothing of it is held", async () => {
      const execution = await held(store, "drain", { queue: "drain" });
      await store.start([root("drain-rest", { queue: "drain" })]);
      await store.pauseQueue("drain");
      expect(await store.heldIn("drain")).toBe(1);
      await applied(store, transition(execution, COMPLETED));
      expect(await store.heldIn("drain")).toBe(0);
    });
  });

  test("queues say what is in them", async () => {
    await worker("stats-worker", ["stats", "stats-idle"], []);
    await held(store, "stats-1", { queue: "stats" });
    await applied(store, transition(await held(store, "stats-4", { queue: "stats" }), COMPLETED));
    await store.start([root("stats-2", { queue: "stats" }), root("stats-3", { queue: "stats", wakeAt: FUTURE })]);
    await store.pauseQueue("stats-paused");
    const found = new Map((await store.queues()).map(({ name, ...rest }) => [name, rest]));
    expect(found.get("stats")).toEqual({
      ...{ paused: false, due: 1, later: 1, workers: 1, counts: { running: 1, pending: 2, completed: 1 } },
    });
    expect(found.get("stats-idle")).toEqual({ paused: false, due: 0, later: 0, workers: 1, counts: {} });
    expect(found.get("stats-paused")).toEqual({ paused: true, due: 0, later: 0, workers: 0, counts: {} });
    await store.retireWorker("stats-worker");
  });

  test("workers say what they hold and whether they live", async () => {
    await worker("live", ["a", "b"], ["key-of-live"]);
    await store.start([root("held-by-live", { queue: "held-by-live", resumeKey: "key-of-live" })]);
    await claimAll(store, "held-by-live", "live");
    await worker("dead", [], [], -1);
    const found = await store.workers();
    expect(found.find((one) => one.worker === "live")).toMatchObject({
      live: true,
      held: 1,
      queues: ["a", "b"],
      pid: 1,
    });
    expect(found.find((one) => one.worker === "dead")).toMatchObject({ live: false, held: 0 });
  });

  test("what is due and nobody will take is parked, with the reason", async () => {
    await worker("parking", ["parking", "parking-paused"], ["known"]);
    await store.pauseQueue("parking-paused");
    await store.start([
      root("parked-1", { queue: "parking", resumeKey: "known" }),
      root("parked-2", { queue: "parking", resumeKey: "of an old build" }),
      root("parked-3", { queue: "parking-nobody", resumeKey: "known" }),
      root("parked-4", { queue: "parking-paused", resumeKey: "known" }),
      root("parked-5", { queue: "parking", resumeKey: "of an old build", wakeAt: FUTURE }),
    ]);
    const found = (await store.parked(99)).filter(({ queue }) => queue.startsWith("parking"));
    expect(found.map(({ id, reason }) => [id, reason])).toEqual([
      ["parked-2", "unknown_code"],
      ["parked-3", "no_worker"],
      ["parked-4", "queue_paused"],
    ]);
    await store.retireWorker("parking");
  });

  describe("what nobody has code for", () => {
    const parkedNow = async (queue: string) =>
      (await store.parked(99)).filter((one) => one.queue === queue).map(({ id, reason }) => [id, reason]);

    test("is kept out of the way of claims, and is parked all the same", async () => {
      await worker("unknown-1", ["unknown-1"], ["old"]);
      await store.start([
        root("unknown-1a", { queue: "unknown-1", resumeKey: "new" }),
        root("unknown-1b", { queue: "unknown-1", resumeKey: "old" }),
      ]);
      await store.markUnknownCode();
      expect(await parkedNow("unknown-1")).toEqual([["unknown-1a", "unknown_code"]]);
      expect((await claimAll(store, "unknown-1", "unknown-1")).map(({ execution }) => execution.id)).toEqual([
        "unknown-1b",
      ]);
      await store.retireWorker("unknown-1");
    });

    test("is claimed once a worker that has it has come and looked", async () => {
      await worker("unknown-2", ["unknown-2"], ["old"]);
      await store.start([root("unknown-2a", { queue: "unknown-2", resumeKey: "new-2" })]);
      await store.markUnknownCode();
      await worker("unknown-2-new", ["unknown-2"], ["new-2"]);
      await store.markUnknownCode();
      expect(await claimAll(store, "unknown-2", "unknown-2")).toEqual([]);
      expect(await claimAll(store, "unknown-2", "unknown-2-new")).toHaveLength(1);
      await store.retireWorker("unknown-2-new");
      await store.retireWorker("unknown-2");
    });

    test("can be cancelled, and is not looked at again", async () => {
      await worker("unknown-3", ["unknown-3"], ["old"]);
      await store.start([root("unknown-3a", { queue: "unknown-3", resumeKey: "new-3" })]);
      await store.markUnknownCode();
      expect(await store.cancel("unknown-3a", { type: "cancelled", message: "enough" })).toBe("cancelled");
      expect(await parkedNow("unknown-3")).toEqual([]);
      await store.retireWorker("unknown-3");
    });
  });

  describe("findings", () => {
    const found = async (id: string): Promise<readonly FindingCode[]> =>
      (await store.findings({ crashes: 1, limit: 99 })).filter((one) => one.id === id).map(({ code }) => code);

    test("name a dead worker, what it lost, and what crashes", async () => {
      await registered(store, "find-worker", ["key-of-find"]);
      await store.start([root("find-1", { queue: "find-1", resumeKey: "key-of-find" })]);
      await claimAll(store, "find-1", "find-worker");
      await worker("find-worker", [], ["key-of-find"], -1);
      expect(await found("find-worker")).toEqual(["expired_worker"]);
      await store.recoverExpired();
      expect([await found("find-worker"), await found("find-1")]).toEqual([[], ["crashing"]]);
    });

    test("name an execution that nobody known holds, and a cancel that is not finished", async () => {
      const parent = await held(store, "find-2");
      await applied(store, transition(parent, {}, { children: [child(parent, "find-2-c", { owner: "stranger" })] }));
      expect(await found("find-2-c")).toEqual(["lost_execution"]);
      await store.cancel("find-2", { type: "cancelled", message: "enough" });
      expect(await found("find-2")).toEqual(["unfinished_cancel"]);
      while (await store.cascade());
      expect([await found("find-2"), await found("find-2-c")]).toEqual([[], []]);
    });

    test("name a wait that nothing can end, and no other", async () => {
      await applied(store, transition(await held(store, "find-3"), waiting(onChild("no-such-child"))));
      // The look at what has arrived finds no child that has ended: there is none.
      expect(await found("find-3")).toEqual(["stuck_wait"]);
      await applied(
        store,
        transition(await held(store, "find-4"), waiting(onInput("approve")), { opens: [asks("approve")] }),
      );
      const parent = await held(store, "find-5");
      await applied(store, transition(parent, waiting(onChild("find-5-c")), { children: [child(parent, "find-5-c")] }));
      await applied(store, transition(await held(store, "find-6"), waiting({ on: "time", until: FUTURE }, FUTURE)));
      expect([await found("find-4"), await found("find-5"), await found("find-6")]).toEqual([[], [], []]);
    });
  });

  describe("retention", () => {
    const tree = async (id: string, childStatus: "completed" | "pending"): Promise<void> => {
      const parent = await held(store, id);
      const given = { children: [child(parent, `${id}-c`, { kind: "start", owner: WORKER })], history: [attempt()] };
      const next = await applied(store, transition(parent, {}, given));
      await store.sendEvents([{ executionId: id, eventId: "1", name: "paid", payload: null }]);
      await applied(store, transition({ ...next, signals: 1 }, COMPLETED));
      if (childStatus === "completed") await applied(store, transition((await store.get(`${id}-c`))!, COMPLETED));
    };
    const remove = (given: object = {}) =>
      store.deleteEnded({ before: FUTURE, statuses: ["completed"], limit: 99, ...given });

    test("deletes whole trees, and only when every member has ended", async () => {
      await remove();
      await tree("old-1", "completed");
      await tree("old-2", "pending");
      expect(await remove({ dryRun: true })).toEqual({ trees: 1, executions: 2 });
      expect(await store.get("old-1")).not.toBeNull();
      expect(await remove()).toEqual({ trees: 1, executions: 2 });
      expect([await store.get("old-1"), await store.get("old-1-c")]).toEqual([null, null]);
      expect(await store.get("old-2")).not.toBeNull();
      await store.start([root("old-1", { queue: "reborn" })]);
      expect(await store.history("old-1")).toEqual([]);
      expect(await store.sendEvents([{ executionId: "old-1", eventId: "1", name: "paid", payload: 2 }])).toEqual([
        "delivered",
      ]);
    });

    test("keeps what ended later, ended otherwise, or is more than the limit", async () => {
      await remove();
      for (const id of ["old-3", "old-4"]) await tree(id, "completed");
      expect(await remove({ before: "2020-01-01T00:00:00.000Z" })).toEqual({ trees: 0, executions: 0 });
      expect(await remove({ statuses: ["failed"] })).toEqual({ trees: 0, executions: 0 });
      expect(await remove({ limit: 1 })).toEqual({ trees: 1, executions: 2 });
      expect(await store.get("old-3")).toBeNull();
      expect(await store.get("old-4")).not.toBeNull();
    });

    test("forgets builds that nobody runs and nothing rests in", async () => {
      await worker("runs", [], ["build-runs"]);
      await worker("rests", [], ["build-rests"]);
      await worker("gone", [], ["build-gone"]);
      await store.start([root("rests-1", { resumeKey: "build-rests" })]);
      await store.retireWorker("rests");
      await store.retireWorker("gone");
      await store.deleteUnusedBuilds("2020-01-01T00:00:00.000Z");
      const forgotten = await store.deleteUnusedBuilds(FUTURE);
      expect(forgotten).toBeGreaterThanOrEqual(1);
      expect(await store.deleteUnusedBuilds(FUTURE)).toBe(0);
      await store.start([root("runs-1", { queue: "runs-1", resumeKey: "build-runs" })]);
      expect(await claimAll(store, "runs-1", "runs")).toHaveLength(1);
      await worker("gone", [], ["build-gone"]);
      await store.start([root("gone-1", { queue: "gone-1", resumeKey: "build-gone" })]);
      expect(await claimAll(store, "gone-1", "gone")).toHaveLength(1);
    });
  });
});
