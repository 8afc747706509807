/** What every store does. Each test has executions and queues of its own. */
import { beforeAll, describe, expect, test } from "vitest";
import { later } from "../../runtime/clock.ts";
import { StoreError } from "../../runtime/store/errors.ts";
import type { Store } from "../../runtime/store/store.ts";
import {
  applied,
  attempt,
  COMPLETED,
  child,
  claimAll,
  held,
  KEY,
  onChild,
  onEvent,
  registered,
  renewal,
  root,
  transition,
  WORKER,
  waiting,
} from "./executions.ts";
import { describeStores } from "./stores.ts";

describeStores("the store", (its) => {
  let store: Store;
  beforeAll(() => {
    store = its();
  });

  describe("start", () => {
    test("stores who the execution is and what it begins with", async () => {
      await store.start([root("start-1", { priority: 3, timeoutMs: 1_000, input: { a: [1, null, "x"] } })]);
      const found = await store.get("start-1");
      expect(found).toMatchObject({
        ...{ rootId: "start-1", logicalId: "start-1", parentId: null, kind: "root", module: "Shop", workflow: "order" },
        ...{ queue: "default", priority: 3, input: { a: [1, null, "x"] }, data: { a: [1, null, "x"] } },
        ...{ status: "pending", state: "first", resumeKey: KEY, attempt: 1, epoch: 0, seq: 0, signals: 0, crashes: 0 },
        ...{ overlay: { put: {}, deleted: [] }, saved: {}, received: null, wait: null, result: null, error: null },
      });
      expect(Date.parse(found!.deadline!) - Date.parse(found!.createdAt)).toBe(1_000);
      expect(found!.startedAt).toBeNull();
    });

    test("creates an id once, whoever asks", async () => {
      expect(await store.start([root("start-2", { input: { n: 1 } })])).toEqual([{ id: "start-2", created: true }]);
      expect(await store.start([root("start-2", { input: { n: 2 } })])).toEqual([{ id: "start-2", created: false }]);
      expect((await store.get("start-2"))?.input).toEqual({ n: 1 });
    });

    test("leaves a scheduled start alone until its time", async () => {
      await store.start([root("start-3", { queue: "later", wakeAt: "2999-01-01T00:00:00.000Z" })]);
      expect(await claimAll(store, "later")).toEqual([]);
      const now = await store.now();
      expect((await store.nextWake(["later"], now)).at).toBe("2999-01-01T00:00:00.000Z");
      expect(await store.nextWake(["no-such-queue"], now)).toMatchObject({ at: null });
    });

    test("tells of a timer that came due after somebody looked, and not of one that was due by then", async () => {
      const before = await store.now();
      const wakeAt = later(before, 5);
      await store.start([root("start-4", { queue: "soon", wakeAt })]);
      const passed = async () => Date.parse(await store.now()) > Date.parse(wakeAt);
      while (!(await passed()));
      expect(await store.nextWake(["soon"], before)).toMatchObject({ at: wakeAt });
      expect(await store.nextWake(["soon"], wakeAt)).toMatchObject({ at: null });
      expect(await store.nextWake(["soon"], "2999-01-01T00:00:00.000Z")).toMatchObject({ at: null });
    });
  });

  describe("claim", () => {
    test("gives the worker the execution at a new epoch, once", async () => {
      await store.start([root("claim-1", { queue: "claim-1" })]);
      const [claim] = await claimAll(store, "claim-1");
      expect(claim?.execution).toMatchObject({ id: "claim-1", status: "running", epoch: 1, seq: 0, wakeAt: null });
      expect(claim?.execution.startedAt).toBe(claim?.now);
      expect(claim?.arrived).toEqual({ events: [], children: [], inputs: [], cancelled: null });
      expect(await claimAll(store, "claim-1")).toEqual([]);
    });

    test("takes the highest priority first, then what has been due the longest, up to the limit of each queue", async () => {
      const at = (second: number): string => `2020-01-01T00:00:0${second}.000Z`;
      await store.start([
        root("claim-low", { queue: "claim-2", priority: 0, wakeAt: at(0) }),
        root("claim-new", { queue: "claim-2", priority: 5, wakeAt: at(2) }),
        root("claim-old", { queue: "claim-2", priority: 5, wakeAt: at(1) }),
        root("claim-other", { queue: "claim-3" }),
      ]);
      const claims = await store.claim({
        worker: WORKER,
        queues: [
          { name: "claim-2", limit: 2 },
          { name: "claim-3", limit: 9 },
        ],
      });
      expect(claims.map(({ execution }) => execution.id).sort()).toEqual(["claim-new", "claim-old", "claim-other"]);
      expect((await claimAll(store, "claim-2")).map(({ execution }) => execution.id)).toEqual(["claim-low"]);
    });

    test("leaves what the worker's code has no resume key for", async () => {
      await store.start([root("claim-4", { queue: "claim-4", resumeKey: "of another build" })]);
      expect(await claimAll(store, "claim-4")).toEqual([]);
      await registered(store, "newer", ["of another build"]);
      expect(await claimAll(store, "claim-4", "newer")).toHaveLength(1);
    });

    test("gives a worker that is not registered nothing", async () => {
      await store.start([root("claim-5", { queue: "claim-5" })]);
      expect(await claimAll(store, "claim-5", "stranger")).toEqual([]);
    });

    test("never takes an inline child, nor the child of a cancelled parent", async () => {
      const parent = await held(store, "claim-6");
      const children = [
        child(parent, "claim-6-inline", { kind: "inline", queue: "claim-6", owner: WORKER }),
        child(parent, "claim-6-call", { queue: "claim-6" }),
      ];
      await applied(store, transition(parent, {}, { children }));
      await store.cancel("claim-6", { type: "cancelled", message: "enough" });
      expect(await claimAll(store, "claim-6")).toEqual([]);
    });
  });

  describe("commit", () => {
    test("stores the progress and the attempts, and counts the transition", async () => {
      const execution = await held(store, "commit-1");
      const after = await applied(
        store,
        transition(
          execution,
          {
            state: "second",
            data: { a: 1 },
            saved: { x: [1] },
            received: { value: null },
            overlay: { put: { k: 1 }, deleted: ["z"] },
          },
          {
            history: [
              attempt(),
              attempt({ step: "again", status: "failed", output: null, error: { type: "t", message: "m" } }),
            ],
          },
        ),
      );
      expect(after).toMatchObject({
        ...{ status: "running", seq: 1, epoch: 1, state: "second", data: { a: 1 }, saved: { x: [1] } },
        ...{ received: { value: null }, overlay: { put: { k: 1 }, deleted: ["z"] } },
      });
      const history = await store.history("commit-1");
      expect(history.map(({ seq, step, status, error }) => ({ seq, step, status, error }))).toEqual([
        { seq: 1, step: "first", status: "completed", error: null },
        { seq: 1, step: "again", status: "failed", error: { type: "t", message: "m" } },
      ]);
    });

    test("refuses a transition of an earlier epoch or seq, and says how the execution stands", async () => {
      const execution = await held(store, "commit-2");
      await applied(store, transition(execution));
      await applied(store, transition({ ...execution, seq: 1 }));
      expect(await store.commit([transition(execution, { data: { late: true } })])).toEqual([
        { outcome: "fenced", status: "running" },
      ]);
      expect(await store.commit([transition({ ...execution, id: "nobody" })])).toEqual([
        { outcome: "fenced", status: null },
      ]);
    });

    test("recognises a transition whose answer was lost, and writes nothing twice", async () => {
      const execution = await held(store, "commit-3");
      const children = [child(execution, "commit-3-a", { owner: WORKER }), child(execution, "commit-3-b")];
      const one = transition(execution, { state: "second" }, { history: [attempt()], children });
      const first = await store.commit([one]);
      expect(first).toEqual([{ outcome: "applied", status: "running", signals: 0, handedOver: ["commit-3-a"] }]);
      expect(await store.commit([one])).toEqual(first);
      expect(await store.history("commit-3")).toHaveLength(1);
      expect((await store.children("commit-3")).map(({ id }) => id)).toEqual(["commit-3-a", "commit-3-b"]);
    });

    test("creates children as they were asked for, the handed-over ones already claimed", async () => {
      const execution = await held(store, "commit-4");
      const children = [
        child(execution, "commit-4-z", { owner: WORKER }),
        child(execution, "commit-4-a", { timeoutMs: 50 }),
      ];
      await applied(store, transition(execution, {}, { children }));
      const [first, second] = await store.children("commit-4");
      expect(first).toMatchObject({
        id: "commit-4-z",
        status: "running",
        epoch: 1,
        parentId: "commit-4",
        rootId: "commit-4",
      });
      expect(second).toMatchObject({
        id: "commit-4-a",
        status: "pending",
        epoch: 0,
        ref: "commit-4-a",
        queue: "children",
      });
    });

    test("keeps a child that exists when the same call asks again", async () => {
      const execution = await held(store, "commit-5");
      const children = [child(execution, "commit-5-c", { position: [2] })];
      const after = await applied(store, transition(execution, {}, { children }));
      expect(await store.commit([transition(after, {}, { children })])).toMatchObject([
        { outcome: "applied", handedOver: [] },
      ]);
    });

    test("names both places when a ref belongs to another call, and writes nothing", async () => {
      const execution = await held(store, "commit-6");
      const known = child(execution, "commit-6-c", { ref: "pay", position: [1] });
      const after = await applied(store, transition(execution, {}, { children: [known] }));
      const other = child(execution, "commit-6-c", { ref: "pay", site: "second@call:pay" });
      const fresh = child(execution, "commit-6-new");
      expect(
        await store.commit([transition(after, { state: "lost" }, { children: [fresh, other], history: [attempt()] })]),
      ).toEqual([
        {
          outcome: "refConflict",
          ref: "pay",
          existing: "Shop/order at first@call:commit-6-c in round 1",
          requested: "Shop/order at second@call:pay",
        },
      ]);
      expect(await store.get("commit-6")).toMatchObject({ seq: 1, state: "first" });
      expect(await store.get("commit-6-new")).toBeNull();
      expect(await store.history("commit-6")).toEqual([]);
    });

    test("gives the execution back when it rests, and makes it due at its wake time", async () => {
      const execution = await held(store, "commit-7");
      await applied(
        store,
        transition(execution, { status: "pending", attempt: 2, wakeAt: "2020-01-01T00:00:00.000Z" }),
      );
      const [again] = await claimAll(store, "q-commit-7");
      expect(again?.execution).toMatchObject({ attempt: 2, epoch: 2, seq: 1, status: "running" });
    });

    test("wakes the waiting parent when its child ends, and gives the outcome with the claim", async () => {
      const parent = await held(store, "commit-8");
      const resting = await applied(
        store,
        transition(parent, waiting(onChild("commit-8-c")), {
          children: [child(parent, "commit-8-c", { queue: "commit-8-c" })],
        }),
      );
      expect(resting).toMatchObject({ status: "waiting", wakeAt: null });
      const [called] = await claimAll(store, "commit-8-c");
      await applied(store, transition(called!.execution, COMPLETED));
      const [woken] = await claimAll(store, "q-commit-8");
      expect(woken?.execution).toMatchObject({
        status: "running",
        signals: 1,
        wait: { on: "child", id: "commit-8-c" },
      });
      expect(woken?.arrived.children).toEqual([
        { id: "commit-8-c", ref: "commit-8-c", status: "completed", result: { done: true }, error: null },
      ]);
    });

    test.each(["failed", "cancelled", "compensated", "compensation_failed"] as const)(
      "wakes the parent of a child that is %s",
      async (status) => {
        const id = `commit-9-${status}`;
        const parent = await held(store, id);
        const called = child(parent, `${id}-c`, { owner: WORKER });
        await applied(store, transition(parent, waiting(onChild(called.id)), { children: [called] }));
        await applied(store, transition((await store.get(called.id))!, { ...COMPLETED, status, result: null }));
        expect((await store.get(id))?.status).toBe("pending");
      },
    );

    test("does not rest for a child that has ended already", async () => {
      const parent = await held(store, "commit-10");
      const called = child(parent, "commit-10-c", { owner: WORKER });
      const checkpointed = await applied(store, transition(parent, {}, { children: [called] }));
      await applied(store, transition((await store.get(called.id))!, COMPLETED));
      const fresh = (await store.get("commit-10"))!;
      expect(
        await store.commit([transition({ ...checkpointed, signals: fresh.signals }, waiting(onChild(called.id)))]),
      ).toMatchObject([{ outcome: "applied", status: "pending" }]);
    });

    test("does not rest when somebody signalled after the worker last looked", async () => {
      const execution = await held(store, "commit-11");
      await store.sendEvents([{ executionId: "commit-11", eventId: "1", name: "other", payload: 1 }]);
      expect(await store.commit([transition(execution, waiting(onEvent("paid")))])).toMatchObject([
        { outcome: "applied", status: "pending", signals: 1 },
      ]);
    });

    test("counts each child when several of one parent end in one batch", async () => {
      const parent = await held(store, "commit-12");
      const ids = ["commit-12-a", "commit-12-b", "commit-12-c"];
      const children = ids.map((id) => child(parent, id, { kind: "branch", logicalId: parent.id, owner: WORKER }));
      await applied(store, transition(parent, waiting({ on: "join", ids }), { children }));
      const running = await Promise.all(ids.map(async (id) => (await store.get(id))!));
      const results = await store.commit(running.map((branch) => transition(branch, COMPLETED)));
      expect(results.map(({ outcome }) => outcome)).toEqual(["applied", "applied", "applied"]);
      expect(await store.get("commit-12")).toMatchObject({ status: "pending", signals: 3 });
      const [joined] = await claimAll(store, "q-commit-12");
      expect(joined?.arrived.children.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
      expect(await store.children("commit-12")).toEqual([]);
    });

    test("takes a batch in which transitions touch the same rows, in its order", async () => {
      const parent = await held(store, "commit-13");
      const called = child(parent, "commit-13-c", { owner: WORKER });
      await applied(store, transition(parent, {}, { children: [called] }));
      const running = (await store.get(called.id))!;
      const results = await store.commit([
        transition(running, { state: "second" }),
        transition({ ...running, seq: 1 }, COMPLETED),
        transition({ ...parent, seq: 1 }, waiting(onChild(called.id))),
      ]);
      expect(results).toMatchObject([{ status: "running" }, { status: "completed" }, { status: "pending" }]);
    });

    test("refuses only the transition whose data the database cannot hold", async () => {
      const ids = ["commit-14-a", "commit-14-b", "commit-14-c"];
      const executions = await Promise.all(ids.map((id) => held(store, id)));
      const results = await store.commit(
        executions.map((execution) =>
          transition(execution, { data: { text: execution.id.endsWith("b") ? "a\u0000b" : "fine" } }),
        ),
      );
      expect(results.map(({ outcome }) => outcome)).toEqual(["applied", "refused", "applied"]);
      expect(await store.get("commit-14-b")).toMatchObject({ seq: 0, data: { total: 5 } });
    });

    test("keeps keys that mean something to JavaScript", async () => {
      const execution = await held(store, "commit-15");
      const data = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "toString": null}');
      const after = await applied(store, transition(execution, { data }));
      expect(JSON.stringify(after.data, Object.keys(data).sort())).toBe(JSON.stringify(data, Object.keys(data).sort()));
      expect(Object.hasOwn(after.data, "__proto__")).toBe(true);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });
  });

  describe("events", () => {
    test("wake the wait for their name and arrive with the claim, earliest first", async () => {
      const execution = await held(store, "event-1");
      await applied(store, transition(execution, waiting(onEvent("paid", "shipped"))));
      expect(await claimAll(store, "q-event-1")).toEqual([]);
      const event = (eventId: string, name: string, payload: unknown) => ({
        executionId: "event-1",
        eventId,
        name,
        payload,
      });
      expect(
        await store.sendEvents([event("1", "shipped", 1), event("2", "paid", null), event("3", "paid", 3)]),
      ).toEqual(["delivered", "delivered", "delivered"]);
      const [woken] = await claimAll(store, "q-event-1");
      expect(woken?.arrived.events).toEqual([
        { id: "1", name: "shipped", payload: 1 },
        { id: "2", name: "paid", payload: null },
      ]);
    });

    test("sent before the wait are kept; consumed ones are not seen again", async () => {
      const execution = await held(store, "event-2");
      const event = (eventId: string) => ({ executionId: "event-2", eventId, name: "paid", payload: eventId });
      await store.sendEvents([event("1"), event("2")]);
      await store.commit([transition({ ...execution, signals: 1 }, waiting(onEvent("paid")))]);
      const [first] = await claimAll(store, "q-event-2");
      expect(first?.arrived.events).toEqual([{ id: "1", name: "paid", payload: "1" }]);
      await applied(store, transition(first!.execution, waiting(onEvent("paid")), { consumed: ["1"] }));
      const [second] = await claimAll(store, "q-event-2");
      expect(second?.arrived.events).toEqual([{ id: "2", name: "paid", payload: "2" }]);
      const resting = await applied(
        store,
        transition(second!.execution, waiting(onEvent("paid")), { consumed: ["2"] }),
      );
      expect(resting.status).toBe("waiting");
    });

    test("are told apart: delivered, repeated, to nobody, too late", async () => {
      await held(store, "event-3");
      const event = { executionId: "event-3", eventId: "1", name: "paid", payload: 1 };
      expect(await store.sendEvents([event, event])).toEqual(["delivered", "repeated"]);
      expect(await store.sendEvents([event, { ...event, executionId: "nobody" }])).toEqual([
        "repeated",
        "unknown_execution",
      ]);
      await store.cancel("event-3", { type: "cancelled", message: "" });
      expect(await store.sendEvents([{ ...event, eventId: "2" }])).toEqual(["ended_execution"]);
    });

    test("for other workflows than the execution's do nothing", async () => {
      const execution = await held(store, "event-7");
      await applied(store, transition(execution, waiting(onEvent("paid"))));
      const event = { executionId: "event-7", eventId: "1", name: "paid", payload: 1 };
      expect(await store.sendEvents([{ ...event, fits: ["Shop/refund"] }])).toEqual(["unfit"]);
      expect(await store.sendEvents([{ ...event, fits: [] }])).toEqual(["unfit"]);
      expect(await store.get("event-7")).toMatchObject({ status: "waiting", signals: 0 });
      expect(await store.sendEvents([{ ...event, fits: ["Shop/refund", "Shop/order"] }])).toEqual(["delivered"]);
      expect(await store.get("event-7")).toMatchObject({ status: "pending", signals: 1 });
    });

    test("of other names do not wake", async () => {
      const execution = await held(store, "event-4");
      await applied(store, transition(execution, waiting(onEvent("paid"))));
      await store.sendEvents([{ executionId: "event-4", eventId: "1", name: "other", payload: 1 }]);
      expect(await store.get("event-4")).toMatchObject({ status: "waiting", signals: 1 });
    });

    test("for a wait on all names rest it until the last is there", async () => {
      const execution = await held(store, "event-5");
      const wait = { ...onEvent("a", "b"), mode: "all" } as const;
      await applied(store, transition(execution, waiting(wait)));
      await store.sendEvents([{ executionId: "event-5", eventId: "1", name: "a", payload: 1 }]);
      const [early] = await claimAll(store, "q-event-5");
      expect((await applied(store, transition(early!.execution, waiting(wait)))).status).toBe("waiting");
      await store.sendEvents([{ executionId: "event-5", eventId: "2", name: "b", payload: 2 }]);
      const [late] = await claimAll(store, "q-event-5");
      expect(late?.arrived.events.map(({ name }) => name)).toEqual(["a", "b"]);
    });

    test("for a workflow reach its queued branches", async () => {
      const parent = await held(store, "event-6");
      const branch = child(parent, "event-6-b", {
        kind: "branch",
        logicalId: "event-6",
        owner: WORKER,
        queue: "event-6-b",
      });
      await applied(store, transition(parent, waiting({ on: "join", ids: [branch.id] }), { children: [branch] }));
      await applied(store, transition((await store.get(branch.id))!, waiting(onEvent("paid"))));
      await store.sendEvents([{ executionId: "event-6", eventId: "1", name: "paid", payload: 7 }]);
      const [woken] = await claimAll(store, "event-6-b");
      expect(woken?.arrived.events).toEqual([{ id: "1", name: "paid", payload: 7 }]);
      expect((await store.get("event-6"))?.status).toBe("waiting");
    });
  });

  describe("cancel", () => {
    const error = { type: "cancelled", message: "no longer wanted" };

    test("ends the execution under a new epoch, and refuses its worker's writes", async () => {
      const execution = await held(store, "cancel-1");
      expect(await store.cancel("cancel-1", error)).toBe("cancelled");
      expect(await store.get("cancel-1")).toMatchObject({
        status: "cancelled",
        error,
        epoch: 2,
        state: null,
        wait: null,
      });
      expect(await store.commit([transition(execution, COMPLETED)])).toEqual([
        { outcome: "fenced", status: "cancelled" },
      ]);
    });

    test("says why not", async () => {
      expect(await store.cancel("nobody", error)).toBe("unknown_execution");
      await held(store, "cancel-2");
      await store.cancel("cancel-2", error);
      expect(await store.cancel("cancel-2", error)).toBe("already_ended");
      const undoing = await held(store, "cancel-3");
      await applied(store, transition(undoing, { status: "compensating" }));
      expect(await store.cancel("cancel-3", error)).toBe("compensating");
    });

    test("tells the waiting parent", async () => {
      const parent = await held(store, "cancel-4");
      const called = child(parent, "cancel-4-c");
      await applied(store, transition(parent, waiting(onChild(called.id)), { children: [called] }));
      await store.cancel(called.id, error);
      const [woken] = await claimAll(store, "q-cancel-4");
      expect(woken?.arrived.children).toMatchObject([{ status: "cancelled", error }]);
    });

    test("reaches every live descendant and leaves those that have ended", async () => {
      const parent = await held(store, "cancel-5");
      const children = ["done", "live"].map((name) => child(parent, `cancel-5-${name}`, { owner: WORKER }));
      await applied(store, transition(parent, {}, { children }));
      const [done, live] = await store.children("cancel-5");
      await applied(store, transition(done!, {}, { children: [child(done!, "cancel-5-below-done")] }));
      await applied(store, transition({ ...done!, seq: 1 }, COMPLETED));
      await applied(store, transition(live!, {}, { children: [child(live!, "cancel-5-below-live")] }));
      await store.cancel("cancel-5", error);
      while (await store.cascade());
      const statuses = await Promise.all(
        ["done", "live", "below-done", "below-live"].map(async (name) => (await store.get(`cancel-5-${name}`))?.status),
      );
      expect(statuses).toEqual(["completed", "cancelled", "cancelled", "cancelled"]);
      expect((await store.get("cancel-5-live"))?.error).toEqual({ type: "cancelled", message: "parent_cancelled" });
      expect((await store.get("cancel-5"))?.cascading).toBe(false);
    });

    test("of a timed-out execution's descendants is asked for by its last transition", async () => {
      const parent = await held(store, "cancel-6");
      const called = child(parent, "cancel-6-c");
      const next = await applied(store, transition(parent, {}, { children: [called] }));
      await applied(store, transition(next, { ...COMPLETED, status: "failed" }, { cascading: true }));
      while (await store.cascade());
      expect((await store.get(called.id))?.status).toBe("cancelled");
    });
  });

  describe("workers", () => {
    test("whose lease is over lose what they hold; it is due again, and the loss counted", async () => {
      await store.registerWorker({ worker: "dead", host: "", pid: 1, leaseMs: -1, queues: [], resumeKeys: [KEY] });
      await store.start([root("worker-1", { queue: "worker-1" })]);
      const [claim] = await claimAll(store, "worker-1", "dead");
      expect(await store.recoverExpired()).toBe(1);
      expect(await store.renewLease(renewal("dead"))).toBeNull();
      expect(await store.commit([transition(claim!.execution, COMPLETED)])).toEqual([
        { outcome: "fenced", status: "pending" },
      ]);
      const [again] = await claimAll(store, "worker-1");
      expect(again?.execution).toMatchObject({ crashes: 1, epoch: 3, attempt: 1 });
      expect((await applied(store, transition(again!.execution))).crashes).toBe(0);
    });

    test("that live lose nothing", async () => {
      await held(store, "worker-2");
      expect(await store.renewLease(renewal(WORKER))).not.toBeNull();
      expect(await store.recoverExpired()).toBe(0);
      expect((await store.get("worker-2"))?.status).toBe("running");
    });

    test("are told what is in their name beside what they have in hand, and give it back", async () => {
      await registered(store, "absent-minded");
      await store.start(["a", "b", "c"].map((name) => root(`worker-6-${name}`, { queue: "worker-6" })));
      const [a, b] = (await claimAll(store, "worker-6", "absent-minded")).map(({ execution }) => execution);
      const inHand = [a!.id];
      const beside = await store.renewLease(renewal("absent-minded", { inHand }));
      expect(beside).toMatchObject([{ id: "worker-6-b", epoch: 1 }, { id: "worker-6-c" }]);
      await store.renewLease(renewal("absent-minded", { inHand, astray: [b!] }));
      expect(await store.renewLease(renewal("absent-minded", { inHand }))).toMatchObject([{ id: "worker-6-c" }]);
      expect(await store.get(b!.id)).toMatchObject({ status: "pending", epoch: 2, crashes: 0 });
      const [again] = await claimAll(store, "worker-6", "absent-minded");
      await store.renewLease(renewal("absent-minded", { inHand, astray: [b!] }));
      expect(await store.get(b!.id), "claimed since").toMatchObject({
        status: "running",
        epoch: again!.execution.epoch,
      });
    });

    test("that nobody knows hold nothing: what was handed to them is taken back", async () => {
      const parent = await held(store, "worker-3");
      await applied(store, transition(parent, {}, { children: [child(parent, "worker-3-c", { owner: "forgotten" })] }));
      expect(await store.recoverExpired()).toBe(1);
      expect(await store.get("worker-3-c")).toMatchObject({ status: "pending", crashes: 1 });
    });

    test("that retire give back what they hold without counting a crash", async () => {
      await registered(store, "leaving");
      await store.start([root("worker-4", { queue: "worker-4" })]);
      await claimAll(store, "worker-4", "leaving");
      await store.retireWorker("leaving");
      const [again] = await claimAll(store, "worker-4");
      expect(again?.execution).toMatchObject({ crashes: 0 });
    });

    test("keep a compensating execution until it is to be looked at later", async () => {
      const execution = await held(store, "worker-5");
      const undoing = await applied(store, transition(execution, { status: "compensating" }));
      expect(await claimAll(store, "q-worker-5")).toEqual([]);
      await applied(store, transition(undoing, { wakeAt: "2020-01-01T00:00:00.000Z" }));
      const [again] = await claimAll(store, "q-worker-5");
      expect(again?.execution).toMatchObject({ status: "compensating", epoch: 2 });
    });
  });

  describe("inline children", () => {
    test("are adopted by whoever holds the parent, at a new epoch, with their progress", async () => {
      await registered(store, "first");
      await store.start([root("inline-1", { queue: "inline-1" })]);
      const [claim] = await claimAll(store, "inline-1", "first");
      const parent = claim!.execution;
      const children = [child(parent, "inline-1-c", { kind: "inline", owner: "first" })];
      await applied(store, transition(parent, { branches: {} }, { children }));
      const wakeAt = "2999-01-01T00:00:00.000Z";
      await applied(store, transition((await store.get("inline-1-c"))!, { status: "pending", attempt: 2, wakeAt }));
      await store.retireWorker("first");
      expect(await store.adopt(WORKER, "inline-1", "inline-1-c")).toBeNull();
      const [again] = await claimAll(store, "inline-1");
      expect(again?.arrived.children).toMatchObject([{ id: "inline-1-c", status: "pending" }]);
      const adopted = await store.adopt(WORKER, "inline-1", "inline-1-c");
      expect(adopted?.execution).toMatchObject({ attempt: 2, wakeAt, epoch: 3, status: "pending" });
    });

    test("that have ended are nobody's to adopt", async () => {
      const parent = await held(store, "inline-2");
      await applied(
        store,
        transition(parent, {}, { children: [child(parent, "inline-2-c", { kind: "inline", owner: WORKER })] }),
      );
      await applied(store, transition((await store.get("inline-2-c"))!, COMPLETED));
      expect(await store.adopt(WORKER, "inline-2", "inline-2-c")).toBeNull();
      expect((await store.get("inline-2"))?.signals).toBe(0);
    });
  });

  describe("reading", () => {
    test("lists newest first, page by page, by every filter", async () => {
      await store.start(
        ["a", "b", "c", "d"].map((letter) => root(`list-${letter}`, { queue: "list", module: "Listed" })),
      );
      const parent = await held(store, "list-parent", { module: "Listed" });
      await applied(store, transition(parent, {}, { children: [child(parent, "list-child", { module: "Listed" })] }));
      const ids = async (filter: object): Promise<readonly string[]> =>
        (await store.list({ limit: 10, module: "Listed", ...filter })).map(({ id }) => id);
      expect(await ids({ limit: 3 })).toEqual(["list-child", "list-parent", "list-d"]);
      expect(await ids({ limit: 2, after: "list-d" })).toEqual(["list-c", "list-b"]);
      expect(await ids({ rootsOnly: true, status: ["running"] })).toEqual(["list-parent"]);
      expect(await ids({ parentId: "list-parent" })).toEqual(["list-child"]);
      expect(await ids({ idPrefix: "list-a" })).toEqual(["list-a"]);
      expect(await ids({ queue: "list", workflow: "order" })).toHaveLength(4);
      expect(await ids({ workflow: "none" })).toEqual([]);
      expect(await ids({ createdFrom: "2999-01-01T00:00:00Z" })).toEqual([]);
      expect(await ids({ createdTo: "2000-01-01T00:00:00Z" })).toEqual([]);
    });

    test("counts by status, and knows nothing of what does not exist", async () => {
      const counts = await store.counts();
      expect(counts.find(({ status }) => status === "cancelled")?.count).toBeGreaterThan(0);
      expect(await store.get("nobody")).toBeNull();
      expect(await store.history("nobody")).toEqual([]);
      expect(await store.children("nobody")).toEqual([]);
    });

    test("refuses text that no database can hold, in words", async () => {
      await expect(store.get("a\u0000b")).rejects.toThrow(StoreError);
      await expect(store.start([root("bad\u0000id")])).rejects.toMatchObject({ code: "data_refused" });
    });
  });

  test("hints at queues with new work and at executions that have ended", async () => {
    const heard: unknown[] = [];
    const stop = await store.listen((message) => heard.push(message));
    const execution = await held(store, "hint-1");
    await applied(store, transition(execution, COMPLETED));
    await stop();
    expect(heard).toContainEqual({ queue: "q-hint-1" });
    expect(heard).toContainEqual({ ended: "hint-1" });
  });

  test("moves virtual time forward and never back; timers follow it", async () => {
    await store.start([root("clock-1", { queue: "clock", wakeAt: "2500-01-01T00:00:00.000Z" })]);
    const { at } = await store.nextWake(["clock"], await store.now());
    expect(at).toBe("2500-01-01T00:00:00.000Z");
    await store.advanceClock(at!);
    await store.advanceClock("2400-01-01T00:00:00.000Z");
    expect(Date.parse(await store.now())).toBeGreaterThanOrEqual(Date.parse(at!));
    expect(await claimAll(store, "clock")).toHaveLength(1);
  });
});
