/** What follows a failure: compensation, queued branches that end early, and taking up again by hand. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Compensation, Execution, FailurePoint, Store, Wait } from "../../runtime/store/store.ts";
import {
  applied,
  attempt,
  COMPLETED,
  child,
  claimAll,
  held,
  onChild,
  transition,
  WORKER,
  waiting,
} from "./executions.ts";
import { describeStores } from "./stores.ts";

const ERROR = { type: "error", message: "declined" };
const FAILED = { status: "failed", state: null, resumeKey: null, error: ERROR } as const;

describeStores("after a failure", (its) => {
  let store: Store;
  beforeAll(() => {
    store = its();
  });

  describe("a saga", () => {
    const planned: readonly Compensation[] = [
      { step: "pay", branch: null, compensation: "refund", status: "pending", error: null },
      { step: "book", branch: "hotel", compensation: "unbook", status: "pending", error: null },
    ];

    test("knows its completed steps in the order they were recorded, those of branches included", async () => {
      const parent = await held(store, "saga-1");
      const branches = ["a", "b"].map((key) =>
        child(parent, `saga-1-${key}`, { kind: "branch", logicalId: "saga-1", owner: WORKER }),
      );
      const first = [attempt({ step: "first" }), attempt({ step: "again", status: "failed" })];
      const resting = await applied(store, transition(parent, {}, { history: first, children: branches }));
      const inline = attempt({ step: "inline", kind: "decision", branch: "left" });
      for (const [id, step] of [["saga-1-b", "second"] as const, ["saga-1-a", "third"] as const]) {
        await applied(store, transition((await store.get(id))!, COMPLETED, { history: [attempt({ step })] }));
      }
      const undone = attempt({ step: "refund", kind: "compensation", compensates: "pay" });
      const now = (await store.get(resting.id))!;
      await applied(store, transition(now, {}, { history: [inline, undone] }));
      expect(await store.completedSteps("saga-1")).toEqual([
        { executionId: "saga-1", state: "first", step: "first", kind: "step", branch: null },
        { executionId: "saga-1-b", state: "first", step: "second", kind: "step", branch: null },
        { executionId: "saga-1-a", state: "first", step: "third", kind: "step", branch: null },
        { executionId: "saga-1", state: "first", step: "inline", kind: "decision", branch: "left" },
      ]);
      expect((await store.history("saga-1")).at(-1)).toMatchObject({ kind: "compensation", compensates: "pay" });
    });

    test("keeps its plan and results on the execution, over a backoff and the loss of its worker", async () => {
      const execution = await held(store, "saga-2");
      const backoff = { status: "compensating", wakeAt: "2020-01-01T00:00:00.000Z", attempt: 2 } as const;
      await applied(store, transition(execution, { ...backoff, error: ERROR, compensations: planned }));
      const [claim] = await claimAll(store, "q-saga-2");
      expect(claim?.execution).toMatchObject({
        status: "compensating",
        attempt: 2,
        error: ERROR,
        compensations: planned,
      });
      const done = [
        { ...planned[0]!, status: "completed" as const },
        { ...planned[1]!, status: "failed" as const, error: ERROR },
      ];
      const end = { ...FAILED, status: "compensation_failed", compensations: done } as const;
      expect(await applied(store, transition(claim!.execution, end))).toMatchObject(end);
    });

    test("goes on after its parent was cancelled", async () => {
      const parent = await held(store, "saga-4");
      await applied(
        store,
        transition(parent, {}, { children: [child(parent, "saga-4-c", { owner: WORKER, queue: "saga-4" })] }),
      );
      const backoff = { status: "compensating", wakeAt: "2020-01-01T00:00:00.000Z", error: ERROR } as const;
      await applied(store, transition((await store.get("saga-4-c"))!, backoff));
      await store.cancel("saga-4", ERROR);
      while (await store.cascade());
      expect(await claimAll(store, "saga-4")).toMatchObject([
        { execution: { id: "saga-4-c", status: "compensating" } },
      ]);
    });

    test("tells the parent that waits", async () => {
      const parent = await held(store, "saga-3");
      const children = [child(parent, "saga-3-c", { owner: WORKER })];
      await applied(store, transition(parent, waiting(onChild("saga-3-c")), { children }));
      const called = (await store.get("saga-3-c"))!;
      await applied(store, transition(called, { ...FAILED, status: "compensated", compensations: [] }));
      const [woken] = await claimAll(store, "q-saga-3");
      expect(woken?.arrived.children).toMatchObject([{ status: "compensated", error: ERROR }]);
    });
  });

  describe("queued branches", () => {
    const joined = async (id: string, failFast: boolean) => {
      const parent = await held(store, id);
      const ids = ["a", "b", "c"].map((key) => `${id}-${key}`);
      const children = ids.map((branch) => child(parent, branch, { kind: "branch", logicalId: id, owner: WORKER }));
      const wait: Wait = { on: "join", ids, failFast };
      await applied(store, transition(parent, waiting(wait), { children }));
      const end = async (branch: string, progress: object) =>
        applied(store, transition((await store.get(`${id}-${branch}`))!, progress));
      /** What the parent's worker finds, and how it rests on. */
      const look = async () => {
        const [claim] = await claimAll(store, `q-${id}`);
        const { status } = await applied(store, transition(claim!.execution, waiting(wait)));
        return { ended: claim!.arrived.children.map((one) => one.status), status };
      };
      return { parent: async () => (await store.get(id))!, end, look };
    };

    test("are waited for until all have ended", async () => {
      const { end, look } = await joined("join-all", false);
      await end("a", FAILED);
      expect(await look()).toEqual({ ended: ["failed", "running", "running"], status: "waiting" });
      await end("b", COMPLETED);
      await look();
      await end("c", COMPLETED);
      expect(await look()).toEqual({ ended: ["failed", "completed", "completed"], status: "pending" });
    });

    test("are waited for, with fail_fast, until one has failed", async () => {
      const { end, look } = await joined("join-fast", true);
      await end("a", COMPLETED);
      expect((await look()).status).toBe("waiting");
      await end("b", FAILED);
      expect((await look()).status).toBe("pending");
    });

    test("are cancelled together; what has ended stays, and the parent is woken", async () => {
      const { parent, end } = await joined("join-cancel", true);
      await end("a", COMPLETED);
      await claimAll(store, "q-join-cancel");
      const before = await parent();
      expect(await store.cancelBranches("join-cancel", before, ERROR)).toBe(2);
      expect(await store.cancelBranches("join-cancel", before, ERROR)).toBe(0);
      expect((await parent()).signals).toBe(before.signals + 2);
      const statuses = await Promise.all(
        ["a", "b", "c"].map(async (key) => (await store.get(`join-cancel-${key}`))?.status),
      );
      expect(statuses).toEqual(["completed", "cancelled", "cancelled"]);
      expect((await store.get("join-cancel-b"))?.error).toEqual(ERROR);
    });

    test("are left alone by who does not hold the parent any more", async () => {
      const { parent } = await joined("join-lost", true);
      const { id, epoch, claim } = await parent();
      expect(await store.cancelBranches("join-lost", { id, epoch: epoch - 1, claim }, ERROR)).toBe("not_held");
      expect(await store.cancelBranches("join-lost", { id, epoch, claim: "lost" }, ERROR)).toBe("not_held");
      expect((await store.get("join-lost-a"))?.status).toBe("running");
    });

    test("take what is below them with them", async () => {
      const { parent, end } = await joined("join-deep", true);
      const branch = (await store.get("join-deep-a"))!;
      await applied(store, transition(branch, {}, { children: [child(branch, "join-deep-grandchild")] }));
      await end("b", FAILED);
      await store.cancelBranches("join-deep", await parent(), ERROR);
      while (await store.cascade());
      expect((await store.get("join-deep-grandchild"))?.status).toBe("cancelled");
      expect((await store.get("join-deep"))?.status).toBe("pending");
    });

    test("begin with the block's data and know the workflow's input", async () => {
      const parent = await held(store, "join-data");
      const branch = child(parent, "join-data-a", { kind: "branch", input: parent.input, data: { sum: 7 } });
      await applied(store, transition(parent, waiting({ on: "join", ids: [branch.id] }), { children: [branch] }));
      expect(await store.get(branch.id)).toMatchObject({ input: { total: 5 }, data: { sum: 7 } });
    });

    test("have their attempts in the workflow's history, as they were recorded", async () => {
      const { end } = await joined("join-history", false);
      const branch = (await store.get("join-history-b"))!;
      await applied(store, transition(branch, COMPLETED, { history: [attempt({ step: "packed", branch: "b" })] }));
      await end("a", COMPLETED);
      expect((await store.history("join-history")).map(({ step }) => step)).toEqual(["packed"]);
    });

    test("have their children listed under the workflow, and are not listed themselves", async () => {
      await joined("join-list", false);
      const branch = (await store.get("join-list-a"))!;
      await applied(store, transition(branch, {}, { children: [child(branch, "join-list-c1")] }));
      expect((await store.children("join-list")).map(({ id }) => id)).toEqual(["join-list-c1"]);
    });
  });

  test("an execution that is marked and lives on is woken by what the cascade ends below it", async () => {
    const parent = await held(store, "marked");
    const children = [child(parent, "marked-c")];
    await applied(store, transition(parent, waiting(onChild("marked-c")), { children, cascading: true }));
    while (await store.cascade());
    expect(await store.get("marked")).toMatchObject({ status: "pending", cascading: false });
    expect((await claimAll(store, "q-marked"))[0]?.arrived.children).toMatchObject([{ status: "cancelled" }]);
  });

  describe("retry", () => {
    const point: FailurePoint = {
      ...{
        state: "first@event:paid",
        resumeKey: "key",
        saved: { x: 1 },
        received: { value: null },
        wait: null,
        branches: null,
      },
      ...{ overlay: { put: { k: 1 }, deleted: [] }, timeoutMs: 60_000 },
    };
    const failing = async (id: string, failure: FailurePoint | null = point): Promise<Execution> =>
      applied(store, transition(await held(store, id), { ...FAILED, attempt: 3, data: { d: 1 }, failure }));

    test("makes a failed execution pending where it failed, with what it had there", async () => {
      const failed = await failing("retry-1");
      expect(failed.failure).toEqual(point);
      expect(await store.retry("retry-1")).toBe("retried");
      const [claim] = await claimAll(store, "q-retry-1");
      const { timeoutMs, ...resumed } = point;
      expect(claim?.execution).toMatchObject({
        ...resumed,
        ...{ status: "running", attempt: 1, data: { d: 1 }, error: null, failure: null, endedAt: null },
      });
      expect(Date.parse(claim!.execution.deadline!) - Date.parse(claim!.now)).toBeLessThanOrEqual(timeoutMs!);
      expect(await store.commit([transition(failed, {})])).toMatchObject([{ outcome: "fenced" }]);
    });

    test("says why not", async () => {
      await failing("retry-2", null);
      await applied(store, transition(await held(store, "retry-3"), COMPLETED));
      const parent = await held(store, "retry-4");
      await applied(store, transition(parent, {}, { children: [child(parent, "retry-4-c", { owner: WORKER })] }));
      await applied(store, transition((await store.get("retry-4-c"))!, { ...FAILED, failure: point }));
      const results = await Promise.all(["nobody", "retry-2", "retry-3", "retry-4-c"].map((id) => store.retry(id)));
      expect(results).toEqual(["unknown_execution", "no_failure_point", "not_failed", "called"]);
    });

    test("finishes the cancel that the failure has begun and brings back what it took down; new children live", async () => {
      const parent = await held(store, "retry-5");
      const given = { children: [child(parent, "retry-5-old")], cascading: true };
      await applied(store, transition(parent, { ...FAILED, failure: point }, given));
      expect(await store.retry("retry-5")).toBe("retried");
      expect(await store.get("retry-5-old")).toMatchObject({ status: "pending", epoch: 2, cascading: false });
      const [claim] = await claimAll(store, "q-retry-5");
      await applied(store, transition(claim!.execution, {}, { children: [child(parent, "retry-5-new")] }));
      while (await store.cascade());
      expect((await store.get("retry-5-new"))?.status).toBe("pending");
    });
  });
});
