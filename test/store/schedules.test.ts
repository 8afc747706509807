/** Schedules: registered, changed, fired once each, and turned off when they fail too often. */
import { beforeAll, describe, expect, test } from "vitest";
import type { ScheduleRegistration } from "../../runtime/store/schedules.ts";
import type { Store } from "../../runtime/store/store.ts";
import { applied, COMPLETED, claimAll, KEY, transition } from "./executions.ts";
import { describeStores } from "./stores.ts";

const DUE = "2020-01-01T00:00:00.000Z";
const NEXT = "2999-01-01T00:00:00.000Z";
const LATER = "2999-02-01T00:00:00.000Z";

describeStores("schedules", (its) => {
  let store: Store;
  beforeAll(() => {
    store = its();
  });

  const schedule = (name: string, given: Partial<ScheduleRegistration> = {}): ScheduleRegistration => ({
    ...{
      name,
      module: "Shop",
      workflow: "report",
      state: "first",
      resumeKey: KEY,
      cron: "0 9 * * *",
      timezone: "Etc/UTC",
    },
    ...{
      input: { day: 1 },
      queue: name,
      priority: 2,
      timeoutMs: 1_000,
      overlap: "allow",
      enabled: true,
      nextRunAt: DUE,
    },
    ...given,
  });
  const registered = async (name: string, given: Partial<ScheduleRegistration> = {}) => {
    await store.upsertSchedules([schedule(name, given)]);
  };
  const fire = async (name: string, executionId: string, dueAt = DUE, nextRunAt: string | null = NEXT) =>
    (await store.fireSchedules([{ name, dueAt, nextRunAt, executionId }]))[0];

  test("are kept as they were registered", async () => {
    await registered("kept");
    expect(await store.getSchedule("kept")).toEqual({
      ...schedule("kept"),
      ...{ lastRunAt: null, lastExecutionId: null, lastError: null, lastErrorAt: null, consecutiveFailures: 0 },
      ...{ autoDisabledAt: null, createdAt: expect.any(String) },
    });
    expect(await store.getSchedule("nobody")).toBeNull();
  });

  test("registered again keep what runs have made of them, and a next run of the same cron", async () => {
    await registered("again");
    await fire("again", "again-1");
    await store.updateSchedule("again", { enabled: false });
    await registered("again", { nextRunAt: LATER, input: { day: 2 } });
    expect(await store.getSchedule("again")).toMatchObject({ nextRunAt: NEXT, enabled: false, input: { day: 2 } });
    expect((await store.getSchedule("again"))?.lastExecutionId).toBe("again-1");
    await registered("again", { nextRunAt: LATER, cron: "0 10 * * *" });
    expect(await store.getSchedule("again")).toMatchObject({ nextRunAt: LATER, cron: "0 10 * * *" });
    await registered("again", { nextRunAt: NEXT, cron: "0 10 * * *", timezone: "Europe/Berlin" });
    expect(await store.getSchedule("again")).toMatchObject({ nextRunAt: NEXT, timezone: "Europe/Berlin" });
  });

  test("are listed by name, page by page, by every filter", async () => {
    const module = "Listed";
    await registered("list-b", { module, queue: "one" });
    await registered("list-a", { module, queue: "two" });
    await registered("list-c", { module, queue: "one", enabled: false });
    const names = async (filter: object) =>
      (await store.listSchedules({ module, limit: 9, ...filter })).map(({ name }) => name);
    expect(await names({})).toEqual(["list-a", "list-b", "list-c"]);
    expect(await names({ enabled: true, queue: "one" })).toEqual(["list-b"]);
    expect(await names({ limit: 1, after: "list-a" })).toEqual(["list-b"]);
  });

  test("are changed in what is named only; null is a next run", async () => {
    await registered("change");
    const changed = await store.updateSchedule("change", { input: { day: 9 }, overlap: "skip", nextRunAt: null });
    expect(changed).toMatchObject({
      input: { day: 9 },
      overlap: "skip",
      nextRunAt: null,
      queue: "change",
      enabled: true,
    });
    expect(await store.updateSchedule("nobody", { queue: "x" })).toBeNull();
  });

  test("are deleted once", async () => {
    await registered("gone");
    expect([await store.deleteSchedule("gone"), await store.deleteSchedule("gone")]).toEqual([true, false]);
  });

  describe("fired", () => {
    test("start an execution and advance, once for each time", async () => {
      await registered("fire");
      expect((await store.dueSchedules(99)).map(({ name }) => name)).toContain("fire");
      expect(await fire("fire", "fire-1")).toBe("started");
      expect(await fire("fire", "fire-2")).toBe("missed");
      expect(await store.get("fire-2")).toBeNull();
      expect(await store.getSchedule("fire")).toMatchObject({ nextRunAt: NEXT, lastExecutionId: "fire-1" });
      const [claim] = await claimAll(store, "fire");
      expect(claim?.execution).toMatchObject({
        ...{ id: "fire-1", kind: "root", module: "Shop", workflow: "report", state: "first", priority: 2 },
        ...{ input: { day: 1 }, data: { day: 1 }, deadline: expect.any(String) },
      });
    });

    test("are recognised when the answer was lost", async () => {
      await registered("lost");
      expect([await fire("lost", "lost-1"), await fire("lost", "lost-1")]).toEqual(["started", "started"]);
      expect(await claimAll(store, "lost")).toHaveLength(1);
    });

    test("while the last execution lives: not with overlap skip, which still advances", async () => {
      await registered("skip", { overlap: "skip" });
      await fire("skip", "skip-1");
      await store.updateSchedule("skip", { nextRunAt: DUE });
      expect(await fire("skip", "skip-2")).toBe("skipped");
      expect(await store.getSchedule("skip")).toMatchObject({ nextRunAt: NEXT, lastExecutionId: "skip-1" });
      const [claim] = await claimAll(store, "skip");
      await applied(store, transition(claim!.execution, COMPLETED));
      await store.updateSchedule("skip", { nextRunAt: DUE });
      expect(await fire("skip", "skip-3")).toBe("started");
    });

    test("not while disabled, nor before their time, nor when there is none", async () => {
      await registered("off", { enabled: false });
      await registered("early", { nextRunAt: NEXT });
      expect(await fire("off", "off-1")).toBe("missed");
      expect(await fire("early", "early-1", NEXT, LATER)).toBe("missed");
      expect(await fire("nobody", "nobody-1")).toBe("missed");
    });
  });

  test("that fail are advanced and counted, and turned off at the limit; a start or a hand clears the count", async () => {
    await registered("fails");
    const error = { type: "invalid_cron", message: "no" };
    const fail = (dueAt: string, nextRunAt = dueAt) =>
      store.failSchedule({ name: "fails", dueAt, nextRunAt, error, disableAfter: 2 });
    expect(await fail(DUE)).toBe(true);
    expect(await fail(NEXT)).toBe(false);
    expect(await store.getSchedule("fails")).toMatchObject({ consecutiveFailures: 1, lastError: error, enabled: true });
    await fire("fails", "fails-1", DUE, DUE);
    expect((await store.getSchedule("fails"))?.consecutiveFailures).toBe(0);
    await fail(DUE);
    await fail(DUE);
    const off = await store.getSchedule("fails");
    expect(off).toMatchObject({ consecutiveFailures: 2, enabled: false, autoDisabledAt: expect.any(String) });
    expect(await store.findings({ crashes: 1, limit: 99 })).toContainEqual({
      ...{ code: "disabled_schedule", id: "fails", since: off!.autoDisabledAt },
    });
    const on = await store.updateSchedule("fails", { enabled: true, nextRunAt: NEXT });
    expect(on).toMatchObject({ consecutiveFailures: 0, enabled: true, autoDisabledAt: null });
  });

  test("are triggered by hand, even when disabled, without a trace in their runs", async () => {
    await registered("hand", { enabled: false });
    const before = await store.getSchedule("hand");
    expect(await store.triggerSchedule("hand", "hand-1", null)).toBe(true);
    expect(await store.triggerSchedule("hand", "hand-2", { day: 7 })).toBe(true);
    expect(await store.triggerSchedule("nobody", "hand-3", null)).toBe(false);
    expect((await store.get("hand-1"))?.input).toEqual({ day: 1 });
    expect((await store.get("hand-2"))?.input).toEqual({ day: 7 });
    expect(await store.getSchedule("hand")).toEqual(before);
  });

  test("say when the next one is due", async () => {
    for (const { name } of await store.listSchedules({ limit: 99 })) await store.deleteSchedule(name);
    expect(await store.nextSchedule()).toBeNull();
    await registered("next-2", { nextRunAt: LATER });
    await registered("next-1", { nextRunAt: NEXT });
    await registered("next-0", { nextRunAt: DUE, enabled: false });
    expect(await store.nextSchedule()).toMatchObject({ at: NEXT });
    await registered("next-now");
    expect(await store.nextSchedule()).toEqual({ at: DUE, inMs: 0 });
  });
});
