import type { Durable, Machine } from "@durablec/runtime";
import { createDurable } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { nextRun } from "../../runtime/schedules/cron.ts";
import { fireDue } from "../../runtime/schedules/firing.ts";
import { schedulesOf, startScheduler } from "../../runtime/schedules/schedules.ts";
import { machinesOf } from "../support/compile.ts";

const source = (cron: string) => `
defmodule Reports do
  use Durable
  use Durable.Wait
  use Durable.Scheduler.DSL

  @schedule cron: "${cron}", timezone: "Europe/Berlin", input: %{kind: "daily"}, queue: :reports, name: "daily"
  workflow "report" do
    step :write, fn data -> {:ok, %{at: DateTime.utc_now(), kind: data["kind"]}} end
  end

  workflow "slow" do
    step :nap, fn data ->
      sleep(days(2))
      {:ok, data}
    end
  end

  workflow "strict", input: %{n: integer()} do
    step :s, fn data -> {:ok, data} end
  end
end
`;

describe("cron in a time zone", () => {
  test.each([
    ["an ordinary day", "0 9 * * *", "Europe/Berlin", "2026-01-10T12:00:00Z", "2026-01-11T08:00:00.000Z"],
    ["summer time", "0 9 * * *", "Europe/Berlin", "2026-07-10T12:00:00Z", "2026-07-11T07:00:00.000Z"],
    [
      "the day the clock goes forward",
      "0 9 * * *",
      "Europe/Berlin",
      "2026-03-28T12:00:00Z",
      "2026-03-29T07:00:00.000Z",
    ],
    ["the day the clock goes back", "0 9 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T08:00:00.000Z"],
    ["an hour that is skipped", "30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00.000Z"],
    [
      "an hour that comes twice: once",
      "30 2 * * *",
      "Europe/Berlin",
      "2026-10-25T00:30:00Z",
      "2026-10-26T01:30:00.000Z",
    ],
    ["the last day of a month", "0 0 L * *", "Etc/UTC", "2026-02-01T00:00:00Z", "2026-02-28T00:00:00.000Z"],
    ["every minute", "* * * * *", "Etc/UTC", "2026-02-01T00:10:30Z", "2026-02-01T00:11:00.000Z"],
    ["a day of the month", "0 12 15 * *", "Etc/UTC", "2026-02-16T00:00:00Z", "2026-03-15T12:00:00.000Z"],
    ["words", "@hourly", "Etc/UTC", "2026-02-01T00:10:00Z", "2026-02-01T01:00:00.000Z"],
    ["weekdays by name", "0 8 * * MON-FRI", "America/New_York", "2026-06-05T13:00:00Z", "2026-06-08T12:00:00.000Z"],
  ])("%s", (_what, cron, zone, after, next) => {
    expect(nextRun(cron, zone, after)).toBe(next);
  });

  test("what is no pattern and no zone is refused", () => {
    expect(() => nextRun("61 * * * *", "Etc/UTC", "2026-01-01T00:00:00Z")).toThrow("no cron pattern");
    expect(() => nextRun("* * * * *", "Mars/Base", "2026-01-01T00:00:00Z")).toThrow("no time zone Mars/Base");
  });
});

describe("schedules", () => {
  let machines: readonly Machine[];
  beforeAll(async () => {
    machines = Object.values(await machinesOf(source("0 9 * * *")));
  });
  const named = (workflow: string) => machines.find((machine) => machine.workflow === workflow)!;

  async function apart(use: (durable: Durable) => Promise<void>, workflows = machines): Promise<void> {
    const durable = await createDurable({ workflows });
    try {
      await use(durable);
    } finally {
      await durable.close();
    }
  }

  async function pass(durable: Durable, hours: number): Promise<void> {
    const { store } = durable.parts;
    await store.advanceClock(new Date(Date.parse(await store.now()) + hours * 3_600_000).toISOString());
  }

  test("run at their times, with their input and on their queue; a week in virtual time has seven runs", () =>
    apart(async (durable) => {
      const scheduler = await startScheduler(durable);
      let passing = true;
      await durable.work({ queues: { reports: { concurrency: 1 } }, skipTime: () => passing, pollMs: 50 });
      await expect
        .poll(async () => (await durable.list({ status: ["completed"] })).length, { timeout: 20_000 })
        .toBeGreaterThan(6);
      passing = false;
      await scheduler.stop();
      const runs = (await durable.list({ status: ["completed"] })).slice(-7);
      const hours = runs.map(({ result }) =>
        new Date(result!.at).toLocaleTimeString("de", { timeZone: "Europe/Berlin" }),
      );
      expect(new Set(hours.map((time) => time.slice(0, 5)))).toEqual(new Set(["09:00"]));
      expect(new Set(runs.map(({ result }) => result!.at.slice(0, 10))).size).toBe(7);
      expect(runs[0]).toMatchObject({ queue: "reports", input: { kind: "daily" }, module: "Reports" });
    }));

  test("B32: registered again with another cron they run by it at once; whether they are on stays", () =>
    apart(async (durable) => {
      await (await startScheduler(durable)).stop();
      const schedules = schedulesOf(durable);
      await schedules.disable("daily");
      const before = (await schedules.get("daily"))!;
      const changed = Object.values(await machinesOf(source("30 10 * * *")));
      const { durableOn } = await import("../../runtime/client/durable.ts");
      const { registryOf } = await import("../../runtime/registry.ts");
      await (await startScheduler(durableOn(durable.parts.store, registryOf(changed)))).stop();
      const after = (await schedules.get("daily"))!;
      expect(after).toMatchObject({ cron: "30 10 * * *", enabled: false });
      expect(after.nextRunAt).not.toBe(before.nextRunAt);
    }));

  test("B33: two schedulers fire a schedule once, and missed runs collapse into one", () =>
    apart(async (durable) => {
      await (await startScheduler(durable)).stop();
      await pass(durable, 24 * 5);
      const { store } = durable.parts;
      await Promise.all([fireDue(store, durable.registry), fireDue(store, durable.registry)]);
      await fireDue(store, durable.registry);
      expect(await durable.list()).toHaveLength(1);
    }));

  test("B34: what cannot be started is counted, advanced in its zone, turned off at five, and forgotten when it is mended", () =>
    apart(async (durable) => {
      const schedules = schedulesOf(durable);
      const options = { cron: "0 9 * * *", timezone: "Europe/Berlin" };
      await schedules.create(named("strict"), { ...options, input: { n: "none" } });
      for (let day = 0; day < 6; day++) {
        await pass(durable, 24);
        await fireDue(durable.parts.store, durable.registry);
      }
      expect(await schedules.get("strict")).toMatchObject({
        enabled: false,
        consecutiveFailures: 5,
        lastError: { type: "invalid_input" },
      });
      expect(await durable.list()).toEqual([]);
      await schedules.update("strict", { input: { n: 1 } });
      const mended = await schedules.enable("strict");
      expect(mended).toMatchObject({ enabled: true, consecutiveFailures: 0 });
      await pass(durable, 24);
      await fireDue(durable.parts.store, durable.registry);
      expect(await durable.list()).toMatchObject([{ workflow: "strict", input: { n: 1 } }]);
    }));

  test("with overlap: :skip do not start while the last run lives", () =>
    apart(async (durable) => {
      const schedules = schedulesOf(durable);
      await schedules.create(named("slow"), { cron: "0 * * * *", overlap: "skip" });
      for (let hour = 0; hour < 3; hour++) {
        await pass(durable, 1);
        await fireDue(durable.parts.store, durable.registry);
      }
      expect(await durable.list()).toHaveLength(1);
    }));

  test("keep their input as it is, are triggered with it unless another is given, and follow a new zone at once", () =>
    apart(async (durable) => {
      const schedules = schedulesOf(durable);
      const input = { list: [1, { deep: [null, true, "日本"] }], empty: {} };
      const made = await schedules.create(named("slow"), { cron: "0 9 * * *", input, queue: "nightly" });
      expect(made).toMatchObject({ name: "slow", timezone: "Etc/UTC", queue: "nightly", enabled: true, input });
      const id = await schedules.trigger("slow");
      expect(await durable.get(id)).toMatchObject({ input, queue: "nightly", status: "pending" });
      expect(await schedules.get("slow")).toMatchObject({ lastRunAt: null, nextRunAt: made.nextRunAt });
      const moved = await schedules.update("slow", { timezone: "Asia/Tokyo" });
      expect(new Date(moved.nextRunAt!).getUTCHours()).toBe(0);
      await expect(schedules.update("slow", { timezone: "Mars/Base" })).rejects.toMatchObject({
        code: "invalid_timezone",
      });
      await expect(schedules.create(named("slow"), { cron: "61 * * * *", name: "bad" })).rejects.toMatchObject({
        code: "invalid_cron",
      });
      expect(await schedules.disable("slow")).toMatchObject({ enabled: false });
      expect((await schedules.list({ enabled: false, queue: "nightly" })).map(({ name }) => name)).toEqual(["slow"]);
      expect(await schedules.list({ enabled: true })).toEqual([]);
      expect(await schedules.enable("slow")).toMatchObject({ enabled: true });
      expect(await schedules.get("nobody")).toBeNull();
      await expect(schedules.delete("nobody")).rejects.toMatchObject({ code: "unknown_schedule" });
    }));

  test("can be created, listed, changed, triggered and deleted", () =>
    apart(async (durable) => {
      const schedules = schedulesOf(durable);
      await schedules.create(named("slow"), { cron: "0 9 * * *", name: "mine", enabled: false });
      await expect(schedules.create(named("slow"), { cron: "0 9 * * *", name: "mine" })).rejects.toMatchObject({
        code: "schedule_exists",
      });
      expect((await schedules.list()).map(({ name }) => name)).toEqual(["mine"]);
      expect(await schedules.update("mine", { cron: "0 10 * * *" })).toMatchObject({ cron: "0 10 * * *" });
      await expect(schedules.update("mine", { cron: "never" })).rejects.toMatchObject({ code: "invalid_cron" });
      const id = await schedules.trigger("mine", { by: "hand" });
      expect(await durable.get(id)).toMatchObject({ workflow: "slow", input: { by: "hand" } });
      await schedules.delete("mine");
      await expect(schedules.trigger("mine")).rejects.toMatchObject({ code: "unknown_schedule" });
    }));
});
