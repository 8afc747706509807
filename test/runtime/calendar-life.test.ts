/**
 * Days of a life across the changes of summer time and the ends of months: schedules keep local time, sleeps and timeouts
 * keep real time, and nothing is left out or done twice.
 */
import { startScheduler } from "@durablec/runtime/schedules";
import { createTestDurable } from "@durablec/runtime/testing";
import { describe, expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";

const source = `
defmodule Life do
  use Durable
  use Durable.Scheduler.DSL
  use Durable.Wait

  @schedule cron: "0 9 * * *", timezone: "Europe/Berlin", name: "berlin"
  workflow "berlin" do
    step :greet, fn _data -> {:ok, %{}} end
  end

  @schedule cron: "30 2 * * *", timezone: "Europe/Berlin", name: "night"
  workflow "night" do
    step :clean, fn _data -> {:ok, %{}} end
  end

  @schedule cron: "0 9 * * *", timezone: "America/New_York", name: "new_york"
  workflow "new_york" do
    step :greet, fn _data -> {:ok, %{}} end
  end

  @schedule cron: "0 0 L * *", timezone: "Etc/UTC", name: "month_end"
  workflow "month_end" do
    step :close, fn _data -> {:ok, %{}} end
  end

  workflow "days" do
    step :three, fn data ->
      sleep(days(1))
      first = DateTime.utc_now()
      sleep(days(1))
      second = DateTime.utc_now()
      schedule_at(data["at"])
      {:ok, %{first: first, second: second, third: DateTime.utc_now()}}
    end
    step :office, fn data ->
      schedule_at(next_business_day(hour: 9))
      {:ok, Map.put(data, :monday, DateTime.utc_now())}
    end
  end

  workflow "impatient", timeout: hours(60) do
    step :ask, fn _data -> {:ok, %{answer: wait_for_approval("boss", timeout: hours(36), timeout_value: :nobody)}} end
    step :wait, fn data -> {:ok, Map.put(data, :event, wait_for_event("never", timeout: :infinity))} end
  end

  workflow "slow" do
    step :wait, [timeout: hours(30), retry: [max_attempts: 2, base: 1]], fn _data ->
      {:ok, %{event: wait_for_event("never", timeout: :infinity)}}
    end
  end
end`;

interface Window {
  readonly name: string;
  readonly from: string;
  readonly days: number;
  readonly at: string;
  readonly monday: string;
  readonly fired: { readonly [schedule: string]: readonly string[] };
}

/** `day` to `last` of a month at a time, as `dd.mm. time`. */
const daily = (time: string, month: string, day: number, last: number) =>
  Array.from({ length: last - day + 1 }, (_, n) => `2026-${month}-${String(day + n).padStart(2, "0")}T${time}Z`);

const windows: readonly Window[] = [
  {
    name: "in spring, when an hour of the night is skipped in Berlin",
    from: "2026-03-27T12:00:00.000Z",
    days: 5,
    at: "2026-03-29T13:30:00.000Z",
    monday: "2026-03-30T09:00Z",
    fired: {
      berlin: [...daily("08:00", "03", 28, 28), ...daily("07:00", "03", 29, 31), ...daily("07:00", "04", 1, 1)],
      night: ["2026-03-28T01:30Z", "2026-03-29T01:00Z", ...daily("00:30", "03", 30, 31), ...daily("00:30", "04", 1, 1)],
      new_york: [...daily("13:00", "03", 27, 31)],
      month_end: ["2026-03-31T00:00Z"],
    },
  },
  {
    name: "in autumn, when an hour comes twice in Berlin, and a week later in New York",
    from: "2026-10-23T12:00:00.000Z",
    days: 10,
    at: "2026-10-25T13:30:00.000Z",
    monday: "2026-10-26T09:00Z",
    fired: {
      berlin: [...daily("07:00", "10", 24, 24), ...daily("08:00", "10", 25, 31), ...daily("08:00", "11", 1, 2)],
      night: [...daily("00:30", "10", 24, 25), ...daily("01:30", "10", 26, 31), ...daily("01:30", "11", 1, 2)],
      new_york: [...daily("13:00", "10", 23, 31), ...daily("14:00", "11", 1, 1)],
      month_end: ["2026-10-31T00:00Z"],
    },
  },
];

const HOUR = 3_600_000;
const minute = (time: string) => `${time.slice(0, 16)}Z`;
const hoursAfter = (time: string, hours: number) => minute(new Date(Date.parse(time) + hours * HOUR).toISOString());

describe("a life in virtual time", () => {
  test.each(windows)("$name", { timeout: 120_000 }, async ({ from, days, at, monday, fired }) => {
    const machines = Object.values(await machinesOf(source));
    const named = (workflow: string) => machines.find((machine) => machine.workflow === workflow)!;
    const durable = await createTestDurable({ workflows: machines, startAt: new Date(from) });
    const scheduler = await startScheduler(durable);
    const nap = await durable.start(named("days"), { at });
    const impatient = await durable.start(named("impatient"), {});
    const slow = await durable.start(named("slow"), {});
    await durable.advance(days * 24 * HOUR);

    for (const [schedule, times] of Object.entries(fired)) {
      const runs = await durable.list({ workflow: schedule });
      expect([schedule, runs.map(({ createdAt }) => minute(createdAt)).toReversed()]).toEqual([schedule, times]);
      expect(runs.map(({ status }) => status)).toEqual(times.map(() => "completed"));
    }
    const slept = (await nap.result()) as { first: string; second: string; third: string; monday: string };
    expect([slept.first, slept.second, slept.third, slept.monday].map(minute)).toEqual([
      hoursAfter(from, 24),
      hoursAfter(from, 48),
      minute(at),
      monday,
    ]);
    const expired = (await durable.get(impatient.id))!;
    expect(expired).toMatchObject({
      status: "failed",
      error: { type: "workflow_timeout" },
      data: { answer: "nobody" },
    });
    expect(minute(expired.endedAt!)).toBe(hoursAfter(from, 60));
    const attempts = await durable.history(slow.id);
    expect(attempts.map(({ endedAt }) => minute(endedAt))).toEqual([hoursAfter(from, 30), hoursAfter(from, 60)]);
    expect(await durable.get(slow.id)).toMatchObject({ status: "failed", error: { type: "step_timeout" } });
    await scheduler.stop();
    await durable.close();
  });
});
