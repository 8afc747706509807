/**
 * Two statements that meet: on real Postgres, through two connections, each held open in turn so that the other one starts
 * before it commits, in both orders. `first` has done its work and holds its locks; `second` begins, waits, and finishes
 * after it. What must hold does not depend on the order.
 */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createStore } from "../../runtime/store/create.ts";
import type { Database } from "../../runtime/store/postgres/database.ts";
import { cancel } from "../../runtime/store/postgres/queries/cancel.ts";
import { cancelBranches } from "../../runtime/store/postgres/queries/cancel-branches.ts";
import { cancelWait } from "../../runtime/store/postgres/queries/cancel-wait.ts";
import { cascade } from "../../runtime/store/postgres/queries/cascade.ts";
import { claim } from "../../runtime/store/postgres/queries/claim.ts";
import { commit } from "../../runtime/store/postgres/queries/commit.ts";
import { deleteEnded } from "../../runtime/store/postgres/queries/delete-ended.ts";
import { deleteUnusedBuilds } from "../../runtime/store/postgres/queries/delete-unused-builds.ts";
import { fireSchedules } from "../../runtime/store/postgres/queries/fire-schedules.ts";
import { provideInputs } from "../../runtime/store/postgres/queries/provide-inputs.ts";
import { recoverExpired } from "../../runtime/store/postgres/queries/recover-expired.ts";
import { registerWorker } from "../../runtime/store/postgres/queries/register-worker.ts";
import { renewLease } from "../../runtime/store/postgres/queries/renew-lease.ts";
import { retry } from "../../runtime/store/postgres/queries/retry.ts";
import { sendEvents } from "../../runtime/store/postgres/queries/send-events.ts";
import { start } from "../../runtime/store/postgres/queries/start.ts";
import type { Execution, Store, Transition } from "../../runtime/store/store.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import {
  applied,
  asks,
  COMPLETED,
  child,
  claimAll,
  held,
  KEY,
  onChild,
  onEvent,
  onInput,
  registered,
  renewal,
  root,
  transition,
  WORKER,
  waiting,
} from "./executions.ts";
import { heldOpen, somebodyWaits } from "./held-open.ts";

const CANCELLED = { type: "cancelled", message: "enough" };

let store: Store;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  store = await createStore({ database: database.url });
  await registered(store);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

type Operation = (database: Database) => Promise<unknown>;

/** Runs `first`, begins `second` while it is open, commits the first, lets the second finish. */
async function meet(first: Operation, second: Operation, waits = true): Promise<{ first: unknown; second: unknown }> {
  const [one, other] = [await heldOpen(database.url), await heldOpen(database.url)];
  const firstResult = await first(one.database);
  const begun = second(other.database);
  if (waits) await somebodyWaits(database.url);
  else await begun;
  await one.commit();
  const secondResult = await begun;
  await other.commit();
  return { first: firstResult, second: secondResult };
}

const committing =
  (...transitions: readonly Transition[]): Operation =>
  async (on) =>
    (await commit(on, transitions)).results;
const cancelling =
  (id: string): Operation =>
  async (on) =>
    (await cancel(on, id, CANCELLED)).result;
const sending =
  (executionId: string, eventId = "1"): Operation =>
  async (on) =>
    (await sendEvents(on, [{ executionId, eventId, name: "paid", payload: eventId }], null)).results;
const claiming =
  (queue: string, worker = WORKER): Operation =>
  (on) =>
    claim(on, { worker, queues: [{ name: queue, limit: 10 }] }, "token");

/** A running parent and its running child. */
async function family(id: string): Promise<{ parent: Execution; called: Execution }> {
  const parent = await held(store, id);
  const next = await applied(
    store,
    transition(parent, {}, { children: [child(parent, `${id}-c`, { owner: WORKER })] }),
  );
  return { parent: next, called: (await store.get(`${id}-c`))! };
}

/** A held workflow that waits for its queued branches, which are held, too. */
async function branched(id: string): Promise<readonly Execution[]> {
  const parent = await held(store, id);
  const ids = [`${id}-a`, `${id}-b`];
  const given = { kind: "branch", logicalId: id, owner: WORKER, queue: `q-${id}` } as const;
  const children = ids.map((branch) => child(parent, branch, given));
  await applied(store, transition(parent, waiting({ on: "join", ids }), { children }));
  return Promise.all(ids.map(async (branch) => (await store.get(branch))!));
}

/** Runs the test with the operations in both orders. */
const inBothOrders = test.for(["as named", "the other way round"]);

function ordered(order: string, a: Operation, b: Operation): Promise<{ first: unknown; second: unknown }> {
  return order === "as named" ? meet(a, b) : meet(b, a);
}

describe("a child ends while its parent suspends", () => {
  inBothOrders("%s: the parent is woken", async (order) => {
    const id = `suspend-${order}`;
    const { parent, called } = await family(id);
    await ordered(
      order,
      committing(transition(called, COMPLETED)),
      committing(transition(parent, waiting(onChild(`${id}-c`)))),
    );
    expect((await store.get(id))?.status).toBe("pending");
    const [woken] = await claimAll(store, `q-${id}`);
    expect(woken?.arrived.children).toMatchObject([{ status: "completed" }]);
  });

  inBothOrders("%s: cancelled, it wakes the parent as well", async (order) => {
    const id = `suspend-cancel-${order}`;
    const { parent } = await family(id);
    await ordered(order, cancelling(`${id}-c`), committing(transition(parent, waiting(onChild(`${id}-c`)))));
    expect((await store.get(id))?.status).toBe("pending");
  });
});

describe("two children of one parent end", () => {
  inBothOrders("%s: both are counted, the parent is woken", async (order) => {
    const id = `join-${order}`;
    const parent = await held(store, id);
    const ids = [`${id}-a`, `${id}-b`];
    const children = ids.map((branch) => child(parent, branch, { kind: "branch", owner: WORKER }));
    await applied(store, transition(parent, waiting({ on: "join", ids }), { children }));
    const [a, b] = await Promise.all(ids.map(async (branch) => (await store.get(branch))!));
    await ordered(order, committing(transition(a!, COMPLETED)), committing(transition(b!, COMPLETED)));
    expect(await store.get(id)).toMatchObject({ status: "pending", signals: 2 });
  });
});

describe("an event arrives", () => {
  inBothOrders("while the execution suspends for it, %s: it is woken", async (order) => {
    const id = `event-suspend-${order}`;
    const execution = await held(store, id);
    await ordered(order, sending(id), committing(transition(execution, waiting(onEvent("paid")))));
    const [woken] = await claimAll(store, `q-${id}`);
    expect(woken?.arrived.events).toEqual([{ id: "1", name: "paid", payload: "1" }]);
  });

  inBothOrders("while the execution ends, %s: it is delivered or refused, never half", async (order) => {
    const id = `event-end-${order}`;
    const execution = await held(store, id);
    const { first, second } = await ordered(order, sending(id), committing(transition(execution, COMPLETED)));
    const result = order === "as named" ? first : second;
    expect(result).toEqual([order === "as named" ? "delivered" : "ended_execution"]);
  });

  test("while the timer is claimed: the claim stands, and the next suspension does not rest", async () => {
    const execution = await held(store, "event-timer");
    await applied(store, transition(execution, waiting(onEvent("paid"), "2020-01-01T00:00:00.000Z")));
    const { first } = await meet(claiming("q-event-timer"), sending("event-timer"));
    const [claimed] = first as Awaited<ReturnType<typeof claim>>;
    expect(claimed?.arrived.events).toEqual([]);
    const [result] = await store.commit([transition(claimed!.execution, waiting(onEvent("paid")))]);
    expect(result).toMatchObject({ outcome: "applied", status: "pending" });
  });

  test("before the timer is claimed: the row is passed over, and comes with the event in the next claim", async () => {
    const execution = await held(store, "timer-event");
    await applied(store, transition(execution, waiting(onEvent("paid"), "2020-01-01T00:00:00.000Z")));
    const { second } = await meet(sending("timer-event"), claiming("q-timer-event"), false);
    expect(second).toEqual([]);
    const [woken] = await claimAll(store, "q-timer-event");
    expect(woken?.arrived.events).toHaveLength(1);
  });
});

describe("an event for a workflow that is just inserting its queued branches", () => {
  test("reaches a branch that suspends for it before the event is visible", async () => {
    const parent = await held(store, "branching");
    const branch = child(parent, "branching-b", {
      kind: "branch",
      logicalId: "branching",
      owner: WORKER,
      queue: "branching-b",
    });
    const inserting = committing(transition(parent, waiting({ on: "join", ids: [branch.id] }), { children: [branch] }));
    const [one, other] = [await heldOpen(database.url), await heldOpen(database.url)];
    await inserting(one.database);
    const sent = sending("branching")(other.database);
    await somebodyWaits(database.url);
    await one.commit();
    expect(await sent).toEqual(["delivered"]);
    const suspending = store.commit([transition((await store.get(branch.id))!, waiting(onEvent("paid")))]);
    await somebodyWaits(database.url);
    await other.commit();
    await suspending;
    const [woken] = await claimAll(store, "branching-b");
    expect(woken?.arrived.events).toHaveLength(1);
  });
});

describe("two queued branches use up one event", () => {
  const using = async (id: string) => {
    const branches = await branched(id);
    await store.sendEvents([{ executionId: id, eventId: "1", name: "paid", payload: 1 }]);
    const seen = await Promise.all(branches.map(async (branch) => (await store.get(branch.id))!));
    return seen.map((branch) => transition(branch, {}, { consumed: ["1"] }));
  };

  test("at once: the second looks again at what has come", async () => {
    const [a, b] = await using("event-used");
    const { first, second } = await meet(committing(a!), committing(b!));
    expect(first).toMatchObject([{ outcome: "applied" }]);
    expect(second).toMatchObject([{ outcome: "fenced" }]);
    expect(await claimAll(store, "q-event-used")).toMatchObject([{ execution: { id: b!.id, crashes: 0 } }]);
  });

  test("in one batch: the same", async () => {
    const both = await using("event-used-batch");
    expect(await store.commit(both)).toMatchObject([{ outcome: "applied" }, { outcome: "fenced" }]);
    expect(await claimAll(store, "q-event-used-batch")).toMatchObject([{ execution: { id: both[1]!.id } }]);
  });
});

describe("a row among several is changed by another while a statement waits for it", () => {
  const places = test.for([0, 1, 2]);

  places("a batch of transitions records all of them, also the one at place %i", async (place) => {
    const ids = ["a", "b", "c"].map((name) => `place-${place}-${name}`);
    const all = await Promise.all(ids.map((id) => held(store, id)));
    const suspending = committing(...all.map((execution) => transition(execution, waiting(onEvent("paid")))));
    const { second } = await meet(sending(ids[place]!), suspending);
    expect(second).toMatchObject(ids.map(() => ({ outcome: "applied" })));
    const statuses = await Promise.all(ids.map(async (id) => (await store.get(id))!.status));
    expect(statuses).toEqual([0, 1, 2].map((n) => (n === place ? "pending" : "waiting")));
  });

  places("a batch of ends wakes every parent, also the one at place %i", async (place) => {
    const ids = ["a", "b", "c"].map((name) => `ends-${place}-${name}`);
    const called = await Promise.all(
      ids.map(async (id) => {
        const { parent, called } = await family(id);
        await applied(store, transition(parent, waiting(onChild(`${id}-c`))));
        return called;
      }),
    );
    await meet(sending(ids[place]!), committing(...called.map((one) => transition(one, COMPLETED))));
    expect(await Promise.all(ids.map(async (id) => (await store.get(id))!.status))).toEqual(ids.map(() => "pending"));
  });

  test("an event wakes the queued branch that waits for it", async () => {
    const [a, b] = await branched("event-branches");
    const { second } = await meet(
      committing(transition(a!, waiting(onEvent("other"))), transition(b!, waiting(onEvent("paid")))),
      sending("event-branches"),
    );
    expect(second).toEqual(["delivered"]);
    expect((await store.get(b!.id))?.status).toBe("pending");
  });

  test("a cancelled wait is that of the queued branch that waits", async () => {
    const [, b] = await branched("cancel-branches");
    const cancellingWait: Operation = async (on) => (await cancelWait(on, "cancel-branches", "enough")).result;
    const { second } = await meet(committing(transition(b!, waiting(onEvent("paid")))), cancellingWait);
    expect(second).toBe("cancelled");
    expect((await store.get(b!.id))?.status).toBe("pending");
  });

  test("a cascade wakes the parent that lives on", async () => {
    const [a, b] = await branched("cascade-branches");
    for (const one of [a!, b!]) await applied(store, transition(one, waiting(onEvent("never"))));
    const parent = (await store.get("cascade-branches"))!;
    await applied(store, transition(parent, {}, { cascading: true }));
    await meet(sending("cascade-branches"), async (on) => (await cascade(on)).cancelled);
    expect(await store.get("cascade-branches")).toMatchObject({ status: "pending" });
  });

  test("retention keeps the tree whose member is retried", async () => {
    const { parent } = await family("retained");
    const started = child(parent, "retained-s", { kind: "start", owner: WORKER });
    await applied(store, transition((await store.get("retained"))!, COMPLETED, { children: [started] }));
    await applied(store, transition((await store.get("retained-c"))!, COMPLETED));
    const failure = { state: "first", resumeKey: KEY, overlay: { put: {}, deleted: [] }, saved: {}, received: null };
    await applied(
      store,
      transition((await store.get("retained-s"))!, {
        ...{ status: "failed", state: null, resumeKey: null, error: { type: "error", message: "no" } },
        failure: { ...failure, wait: null, branches: null, timeoutMs: null },
      }),
    );
    const deleting: Operation = (on) =>
      deleteEnded(on, { before: "2999-01-01T00:00:00.000Z", statuses: ["completed"], limit: 100 });
    const { first } = await meet((on) => retry(on, "retained-s").then(({ result }) => result), deleting);
    expect(first).toBe("retried");
    expect(await store.get("retained")).not.toBeNull();
    expect((await store.get("retained-s"))?.status).toBe("pending");
  });
});

describe("a claim whose snapshot is older than a wake-up", () => {
  test("leaves the row for the next claim, which sees what arrived", async () => {
    const execution = await held(store, "stale");
    await applied(store, transition(execution, waiting(onEvent("paid"), "2020-01-01T00:00:00.000Z")));
    // Takes its snapshot, and then stops at a clock that waits for us.
    const clock = new pg.Client({ connectionString: database.url });
    await clock.connect();
    await clock.query("SELECT pg_advisory_lock(7)");
    const passing = (body: string) => `CREATE OR REPLACE FUNCTION durable.passing() RETURNS boolean
      LANGUAGE plpgsql STABLE AS $$ BEGIN ${body} RETURN true; END $$`;
    await clock.query(passing("PERFORM pg_advisory_xact_lock_shared(7);"));
    await clock.query("ALTER TABLE durable.clock RENAME TO kept_clock");
    await clock.query("CREATE VIEW durable.clock AS SELECT * FROM durable.kept_clock WHERE durable.passing()");
    const open = await heldOpen(database.url);
    const begun = claiming("q-stale")(open.database);
    await somebodyWaits(database.url);
    await clock.query(passing(""));
    await store.sendEvents([{ executionId: "stale", eventId: "1", name: "paid", payload: 1 }]);
    await clock.query("SELECT pg_advisory_unlock(7)");
    expect(await begun).toEqual([]);
    await open.commit();
    await clock.query("DROP VIEW durable.clock");
    await clock.query("ALTER TABLE durable.kept_clock RENAME TO clock");
    await clock.end();
    const [woken] = await claimAll(store, "q-stale");
    expect(woken?.arrived.events).toHaveLength(1);
  });
});

describe("cancel meets a transition that inserts a child", () => {
  test("the child that was first is cancelled with the tree", async () => {
    const parent = await held(store, "insert-first");
    const inserting = committing(transition(parent, {}, { children: [child(parent, "insert-first-c")] }));
    const { second } = await meet(inserting, cancelling("insert-first"));
    expect(second).toBe("cancelled");
    while (await store.cascade());
    expect((await store.get("insert-first-c"))?.status).toBe("cancelled");
  });

  test("the child that was second is never inserted", async () => {
    const parent = await held(store, "cancel-first");
    const inserting = committing(transition(parent, {}, { children: [child(parent, "cancel-first-c")] }));
    const { second } = await meet(cancelling("cancel-first"), inserting);
    expect(second).toEqual([{ outcome: "fenced", status: "cancelled" }]);
    expect(await store.get("cancel-first-c")).toBeNull();
  });

  test("a grandchild inserted during a pass of the cascade is reached by the next", async () => {
    const { called } = await family("deep");
    await store.cancel("deep", CANCELLED);
    const inserting = committing(transition(called, {}, { children: [child(called, "deep-grandchild")] }));
    const { second } = await meet(inserting, async (on) => (await cascade(on)).cancelled);
    expect(second).toHaveLength(1);
    expect((await store.get("deep-grandchild"))?.status).toBe("pending");
    while (await store.cascade());
    expect((await store.get("deep-grandchild"))?.status).toBe("cancelled");
    expect((await store.get("deep"))?.cascading).toBe(false);
  });

  inBothOrders("cancel and the last transition, %s: one wins", async (order) => {
    const id = `cancel-end-${order}`;
    const execution = await held(store, id);
    await ordered(order, cancelling(id), committing(transition(execution, COMPLETED)));
    expect((await store.get(id))?.status).toBe(order === "as named" ? "cancelled" : "completed");
  });
});

describe("a transition is sent again because its answer was lost", () => {
  test("while the first is still under way: it is recognised, nothing is doubled", async () => {
    const parent = await held(store, "again");
    const one = transition(parent, waiting(onChild("again-c")), {
      children: [child(parent, "again-c", { owner: WORKER })],
    });
    const { first, second } = await meet(committing(one), committing(one));
    expect(second).toEqual(first);
    expect(await store.children("again")).toHaveLength(1);
    expect((await store.get("again"))?.seq).toBe(1);
  });
});

describe("claims", () => {
  test("of two workers never give the same execution", async () => {
    await registered(store, "other");
    await store.start([root("two-1", { queue: "two" })]);
    const { first, second } = await meet(claiming("two"), claiming("two", "other"), false);
    expect(first).toHaveLength(1);
    expect(second).toEqual([]);
  });

  test("that are open when a cancel comes are fenced by it", async () => {
    await store.start([root("claim-cancel", { queue: "claim-cancel" })]);
    const { first } = await meet(claiming("claim-cancel"), cancelling("claim-cancel"));
    const [claimed] = first as Awaited<ReturnType<typeof claim>>;
    expect(await store.commit([transition(claimed!.execution, COMPLETED)])).toEqual([
      { outcome: "fenced", status: "cancelled" },
    ]);
  });

  test("pass over what is being cancelled", async () => {
    await store.start([root("cancel-claim", { queue: "cancel-claim" })]);
    const { second } = await meet(cancelling("cancel-claim"), claiming("cancel-claim"), false);
    expect(second).toEqual([]);
    expect(await claimAll(store, "cancel-claim")).toEqual([]);
  });

  test("whose answer was lost are given back by the next renewal", async () => {
    await store.start([root("lost-claim", { queue: "lost-claim" })]);
    const open = await heldOpen(database.url);
    await claim(open.database, { worker: WORKER, queues: [{ name: "lost-claim", limit: 1 }] }, "lost-token");
    await renewLease(open.database, renewal(WORKER), ["lost-token"]);
    await open.commit();
    expect(await store.get("lost-claim")).toMatchObject({ status: "pending", crashes: 0 });
    expect(await claimAll(store, "lost-claim")).toHaveLength(1);
  });
});

describe("a worker whose lease is over", () => {
  const expired = async (id: string): Promise<Execution> => {
    await store.registerWorker({ worker: id, host: "", pid: 1, leaseMs: -1, queues: [], resumeKeys: [KEY] });
    await store.start([root(id, { queue: id })]);
    return (await claimAll(store, id, id))[0]!.execution;
  };
  const recovering: Operation = async (on) => (await recoverExpired(on)).count;

  test("commits while it is being recovered: refused", async () => {
    const execution = await expired("zombie-late");
    const { second } = await meet(recovering, committing(transition(execution, COMPLETED)));
    expect(second).toEqual([{ outcome: "fenced", status: "pending" }]);
  });

  test("is recovered while it commits: the commit counts, and what still runs is taken back", async () => {
    const execution = await expired("zombie-early");
    await meet(committing(transition(execution, { state: "second" })), recovering);
    expect(await store.get("zombie-early")).toMatchObject({ seq: 1, state: "second", status: "pending", epoch: 2 });
  });

  test("cancels a child while its parent is being recovered: refused, the next holder may want the child", async () => {
    const parent = await expired("zombie-cancels");
    await applied(store, transition(parent, {}, { children: [child(parent, "zombie-cancels-c")] }));
    const cancelling: Operation = async (on) => (await cancel(on, "zombie-cancels-c", CANCELLED, parent)).result;
    const { second } = await meet(recovering, cancelling);
    expect(second).toBe("not_held");
    expect((await store.get("zombie-cancels-c"))?.status).toBe("pending");
  });

  test("cancels a child and is recovered then: cancelled, and the next holder is told", async () => {
    const parent = await expired("zombie-cancelled");
    await applied(store, transition(parent, {}, { children: [child(parent, "zombie-cancelled-c")] }));
    const cancelling: Operation = async (on) => (await cancel(on, "zombie-cancelled-c", CANCELLED, parent)).result;
    expect(await meet(cancelling, recovering)).toMatchObject({ first: "cancelled" });
    expect((await store.get("zombie-cancelled"))?.status).toBe("pending");
  });

  test("claims while it is being recovered: the next pass takes it back", async () => {
    await expired("zombie-claims");
    await store.start([root("zombie-fresh", { queue: "zombie-fresh" })]);
    await meet(claiming("zombie-fresh", "zombie-claims"), recovering, false);
    expect((await store.get("zombie-fresh"))?.status).toBe("running");
    expect(await store.recoverExpired()).toBe(1);
    expect((await store.get("zombie-fresh"))?.status).toBe("pending");
  });
});

describe("a renewal meets the recovery of its worker", () => {
  inBothOrders("%s: the worker keeps all, or is told that it has lost it", async (order) => {
    const id = `renewal-${order}`;
    await store.registerWorker({ worker: id, host: "", pid: 1, leaseMs: -1, queues: [], resumeKeys: [KEY] });
    await store.start([root(id, { queue: id })]);
    const [claimed] = await claimAll(store, id, id);
    const { claim } = claimed!.execution;
    const renewing: Operation = (on) => renewLease(on, renewal(id), []);
    const recovering: Operation = async (on) => (await recoverExpired(on)).count;
    const met = await ordered(order, renewing, recovering);
    const isFirst = order === "as named";
    const kept = { first: [{ id, epoch: 1, claim }], second: 0 };
    expect(met).toEqual(isFirst ? kept : { first: 1, second: null });
    expect((await store.get(id))?.status).toBe(isFirst ? "running" : "pending");
  });
});

describe("the cascade of a cancel meets the last transition of a child", () => {
  inBothOrders("%s: one wins, and nothing below the cancelled is left alive", async (order) => {
    const id = `cascade-end-${order}`;
    const { called } = await family(id);
    await store.cancel(id, CANCELLED);
    const cascading: Operation = async (on) => (await cascade(on)).cancelled;
    await ordered(order, cascading, committing(transition(called, COMPLETED)));
    expect((await store.get(`${id}-c`))?.status).toBe(order === "as named" ? "cancelled" : "completed");
    while (await store.cascade());
    expect(await store.get(id)).toMatchObject({ status: "cancelled", cascading: false });
  });
});

describe("a wait is cancelled while its timer is claimed", () => {
  const asleep = async (id: string): Promise<Execution> =>
    applied(store, transition(await held(store, id), waiting(onEvent("paid"), "2020-01-01T00:00:00.000Z")));
  const cancellingWait =
    (id: string): Operation =>
    async (on) =>
      (await cancelWait(on, id, "enough")).result;

  test("the claim that was first has timed out, and the cancel is told so", async () => {
    await asleep("timer-cancel");
    const { first, second } = await meet(claiming("q-timer-cancel"), cancellingWait("timer-cancel"));
    expect(first).toMatchObject([{ arrived: { cancelled: null } }]);
    expect(second).toBe("not_waiting");
  });

  test("the cancel that was first comes with the next claim", async () => {
    await asleep("cancel-timer");
    const { second } = await meet(cancellingWait("cancel-timer"), claiming("q-cancel-timer"), false);
    expect(second).toEqual([]);
    expect(await claimAll(store, "q-cancel-timer")).toMatchObject([{ arrived: { cancelled: { reason: "enough" } } }]);
  });
});

describe("the same is asked twice at once", () => {
  test("an event of one id is delivered once", async () => {
    const execution = await held(store, "redelivered");
    expect(await meet(sending("redelivered"), sending("redelivered"))).toEqual({
      ...{ first: ["delivered"], second: ["repeated"] },
    });
    await store.commit([transition(execution, waiting(onEvent("paid")))]);
    expect((await claimAll(store, "q-redelivered"))[0]?.arrived.events).toHaveLength(1);
  });

  test("an execution of one id is started once", async () => {
    const starting: Operation = async (on) => (await start(on, [root("started-twice")], null)).results[0]?.created;
    expect(await meet(starting, starting)).toEqual({ first: true, second: false });
  });

  test("a cancel ends it once, and the parent is told once", async () => {
    const { parent } = await family("cancelled-twice");
    await applied(store, transition(parent, waiting(onChild("cancelled-twice-c"))));
    const child = "cancelled-twice-c";
    expect(await meet(cancelling(child), cancelling(child))).toEqual({ first: "cancelled", second: "already_ended" });
    expect(await store.get("cancelled-twice")).toMatchObject({ status: "pending", signals: 1 });
  });
});

describe("batches of two workers that share parents", () => {
  test("do not wait for each other in a circle", async () => {
    const parents = await Promise.all(["circle-1", "circle-2"].map((id) => held(store, id)));
    const batchOf = async (round: number, order: readonly Execution[]): Promise<readonly Transition[]> => {
      const batch: Transition[] = [];
      for (const parent of order) {
        const id = `${parent.id}-${round}-${order[0]!.id}`;
        await applied(
          store,
          transition((await store.get(parent.id))!, {}, { children: [child(parent, id, { owner: WORKER })] }),
        );
        batch.push(transition((await store.get(id))!, COMPLETED));
      }
      return batch;
    };
    for (let round = 0; round < 5; round++) {
      const one = await batchOf(round, parents);
      const other = await batchOf(round, [...parents].reverse());
      const { first, second } = await meet(committing(...one), committing(...other));
      expect([first, second]).toMatchObject([
        [{ outcome: "applied" }, { outcome: "applied" }],
        [{ outcome: "applied" }, { outcome: "applied" }],
      ]);
    }
    expect(await store.get("circle-1")).toMatchObject({ signals: 10 });
  });
});

const answering =
  (executionId: string, response: string): Operation =>
  async (on) =>
    (await provideInputs(on, [{ executionId, name: "approve", response }])).results[0];

describe("an answer to an input", () => {
  const asking = async (id: string, until: string | null = null): Promise<Execution> =>
    applied(
      store,
      transition(await held(store, id), waiting(onInput("approve", until), until), {
        opens: [asks("approve", { until })],
      }),
    );
  const soon = async (): Promise<string> => new Date(Date.parse(await store.now()) + 60_000).toISOString();

  test("meets another: the first wins, whatever the order of their snapshots", async () => {
    await asking("answers");
    const met = await meet(answering("answers", "yes"), answering("answers", "no"));
    expect(met).toEqual({ first: "answered", second: "already_answered" });
    const [claimed] = await claimAll(store, "q-answers");
    expect(claimed?.arrived.inputs).toEqual([{ name: "approve", value: "yes" }]);
  });

  inBothOrders("meets the suspension that asks for it, %s: taken, or told that nobody asks", async (order) => {
    const id = `answer-suspend-${order}`;
    const execution = await held(store, id);
    const suspending = committing(transition(execution, waiting(onInput("approve")), { opens: [asks("approve")] }));
    const early = answering(id, "yes");
    const met = order === "as named" ? await meet(suspending, early, false) : await meet(early, suspending, false);
    expect(order === "as named" ? met.second : met.first).toBe("not_found");
    expect((await store.get(id))?.status).toBe("waiting");
    const [later] = await store.provideInputs([{ executionId: id, name: "approve", response: "yes" }]);
    expect(later).toBe("answered");
  });

  inBothOrders("meets a cancel of the wait, %s: one wins", async (order) => {
    const id = `answer-cancel-wait-${order}`;
    await asking(id);
    const cancelling: Operation = async (on) => (await cancelWait(on, id, "enough")).result;
    const met = await ordered(order, answering(id, "yes"), cancelling);
    expect(met).toEqual(
      order === "as named" ? { first: "answered", second: "not_waiting" } : { first: "cancelled", second: "not_found" },
    );
  });

  test("meets a transition that ends the wait and asks anew: the new request is answered, not the old", async () => {
    await asking("answer-anew", "2020-01-01T00:00:00.000Z");
    const [claimed] = await claimAll(store, "q-answer-anew");
    const anew = transition(claimed!.execution, waiting(onInput("approve")), { opens: [asks("approve")] });
    const { second } = await meet(committing(anew), answering("answer-anew", "yes"));
    expect(second).toBe("answered");
    expect((await claimAll(store, "q-answer-anew"))[0]?.arrived.inputs).toHaveLength(1);
  });

  test("that waits for the lock while the wait times out is refused; the claim has timed out alone", async () => {
    const until = await soon();
    await asking("answer-late", until);
    const [blocker, other] = [await heldOpen(database.url), await heldOpen(database.url)];
    await blocker.database.query({ name: "", text: "SELECT 1 FROM durable.executions WHERE id = $1 FOR UPDATE" }, [
      "answer-late",
    ]);
    const begun = answering("answer-late", "yes")(other.database);
    await somebodyWaits(database.url);
    await store.advanceClock(until);
    await blocker.commit();
    expect(await begun).toBe("not_found");
    await other.commit();
    expect((await claimAll(store, "q-answer-late"))[0]?.arrived.inputs).toEqual([]);
  });

  test("that came in time is there for the claim that would have timed out", async () => {
    const until = await soon();
    await asking("answer-just", until);
    const open = await heldOpen(database.url);
    expect(await answering("answer-just", "yes")(open.database)).toBe("answered");
    await store.advanceClock(until);
    expect(await claimAll(store, "q-answer-just")).toEqual([]);
    await open.commit();
    expect((await claimAll(store, "q-answer-just"))[0]?.arrived.inputs).toHaveLength(1);
  });
});

describe("two queued branches create a child of one ref at once", () => {
  const branches = async (id: string): Promise<readonly Execution[]> => {
    const parent = await held(store, id);
    const keys = [`${id}-a`, `${id}-b`];
    const children = keys.map((key) => child(parent, key, { kind: "branch", logicalId: id, owner: WORKER }));
    await applied(store, transition(parent, waiting({ on: "join", ids: keys }), { children }));
    return Promise.all(keys.map(async (key) => (await store.get(key))!));
  };
  const calling = (branch: Execution, id: string, site: string): Transition =>
    transition(branch, waiting(onChild(id)), { children: [child(branch, id, { site })] });

  inBothOrders("at two call sites, %s: the second is told whose it is, and writes nothing", async (order) => {
    const id = `refs-${order}`;
    const [a, b] = await branches(id);
    const [first, second] = [calling(a!, `${id}-child`, "a@call:x"), calling(b!, `${id}-child`, "b@call:x")];
    const [one, late] = order === "as named" ? [first, second] : [second, first];
    const open = await heldOpen(database.url);
    await committing(one)(open.database);
    const begun = store.commit([late]);
    await somebodyWaits(database.url);
    await open.commit();
    expect(await begun).toMatchObject([{ outcome: "refConflict", ref: `${id}-child` }]);
    expect(await store.get(late.id)).toMatchObject({ status: "running", seq: 0 });
    expect((await store.children(id)).map((one) => one.id)).toEqual([`${id}-child`]);
  });
});

describe("the branches of a block are cancelled while one of them ends", () => {
  inBothOrders("%s: one wins, and the parent counts each end once", async (order) => {
    const id = `branches-end-${order}`;
    const parent = await held(store, id);
    const ids = [`${id}-a`, `${id}-b`];
    const children = ids.map((key) => child(parent, key, { kind: "branch", logicalId: id, owner: WORKER }));
    await applied(store, transition(parent, waiting({ on: "join", ids, failFast: true }), { children }));
    const branch = (await store.get(ids[0]!))!;
    const holder = (await store.get(id))!;
    const cancelling: Operation = async (on) => (await cancelBranches(on, id, holder, CANCELLED)).count;
    const { first } = await ordered(order, committing(transition(branch, COMPLETED)), cancelling);
    const completed = order === "as named";
    expect(first).toEqual(completed ? [expect.objectContaining({ outcome: "applied" })] : 2);
    expect((await store.get(ids[0]!))?.status).toBe(completed ? "completed" : "cancelled");
    expect(await store.get(id)).toMatchObject({ status: "pending", signals: 2 });
  });
});

describe("a schedule is fired by two at once", () => {
  test("and starts one execution", async () => {
    const dueAt = "2020-01-01T00:00:00.000Z";
    await store.upsertSchedules([
      {
        ...{ name: "daily", module: "Shop", workflow: "order", state: "first", resumeKey: KEY, cron: "0 9 * * *" },
        ...{ timezone: "Etc/UTC", input: {}, queue: "daily", priority: 0, timeoutMs: null, overlap: "allow" },
        ...{ enabled: true, nextRunAt: dueAt },
      },
    ]);
    const firing =
      (executionId: string): Operation =>
      async (on) =>
        (await fireSchedules(on, [{ name: "daily", dueAt, nextRunAt: "2999-01-01T00:00:00.000Z", executionId }]))
          .results[0];
    expect(await meet(firing("daily-1"), firing("daily-2"))).toEqual({ first: "started", second: "missed" });
    expect((await claimAll(store, "daily")).map(({ execution }) => execution.id)).toEqual(["daily-1"]);
  });
});

describe("a retry by hand", () => {
  const failed = async (id: string): Promise<void> => {
    const failure = { state: "first", resumeKey: KEY, overlay: { put: {}, deleted: [] }, saved: {}, received: null };
    const error = { type: "error", message: "no" };
    const progress = { status: "failed", state: null, resumeKey: null, error } as const;
    await applied(
      store,
      transition(await held(store, id), {
        ...progress,
        failure: { ...failure, wait: null, branches: null, timeoutMs: null },
      }),
    );
  };
  const retrying =
    (id: string): Operation =>
    async (on) =>
      (await retry(on, id)).result;
  const deleting: Operation = (on) =>
    deleteEnded(on, { before: "2999-01-01T00:00:00.000Z", statuses: ["failed"], limit: 9 });

  test("meets another: it is retried once", async () => {
    await failed("retries");
    expect(await meet(retrying("retries"), retrying("retries"))).toEqual({ first: "retried", second: "not_failed" });
  });

  test("meets retention: what was retried stays, what is being deleted is not retried", async () => {
    await failed("retry-first");
    await meet(retrying("retry-first"), deleting, false);
    expect((await store.get("retry-first"))?.status).toBe("pending");
    await failed("delete-first");
    const { second } = await meet(deleting, retrying("delete-first"));
    expect(second).toBe("unknown_execution");
  });
});

describe("a worker registers while its build is being forgotten", () => {
  inBothOrders("%s: it knows its keys", async (order) => {
    const name = `forgotten-${order}`;
    const worker = { worker: name, host: "", pid: 1, leaseMs: 60_000, queues: [], resumeKeys: [name] };
    const registering: Operation = (on) => registerWorker(on, worker);
    await store.registerWorker(worker);
    await store.retireWorker(name);
    const forgetting: Operation = (on) => deleteUnusedBuilds(on, "2999-01-01T00:00:00.000Z");
    await ordered(order, registering, forgetting);
    await store.start([root(name, { queue: name, resumeKey: name })]);
    expect(await claimAll(store, name, name)).toHaveLength(1);
  });
});
