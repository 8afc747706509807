import { describe, expect, test } from "vitest";
import type { Io } from "../../runtime/io.ts";
import { Calendar } from "../../runtime/prelude/index.ts";

const at = (now: string) => ({ now: () => now }) as Io;
const thursday = at("2024-02-29T08:00:00.000Z");

describe("the next business day", () => {
  test.each([
    ["2024-02-29T08:00:00Z", "2024-03-01T09:00:00Z"],
    ["2024-03-01T08:00:00Z", "2024-03-04T09:00:00Z"],
    ["2024-03-02T08:00:00Z", "2024-03-04T09:00:00Z"],
    ["2024-03-03T23:59:59Z", "2024-03-04T09:00:00Z"],
  ])("is never today and never at a weekend: after %s it is %s", (now, next) => {
    expect(Calendar.nextBusinessDay(at(now))).toBe(next);
  });

  test("begins at the hour that is asked for", () => {
    expect(Calendar.nextBusinessDay(thursday, [["hour", 14]])).toBe("2024-03-01T14:00:00Z");
    expect(() => Calendar.nextBusinessDay(thursday, [["hour", 24]])).toThrow("not an hour of the day: 24");
  });
});

describe("the next weekday", () => {
  test("comes after today, a week later when it is today", () => {
    expect(Calendar.nextWeekday(thursday, "friday")).toBe("2024-03-01T09:00:00Z");
    expect(Calendar.nextWeekday(thursday, "thursday", [["hour", 8]])).toBe("2024-03-07T08:00:00Z");
    expect(Calendar.nextWeekday(thursday, "wednesday")).toBe("2024-03-06T09:00:00Z");
  });

  test("must be one", () => {
    expect(() => Calendar.nextWeekday(thursday, "someday")).toThrow('not a day of the week: "someday"');
  });
});

test("the day ends at 23:59:59", () => {
  expect(Calendar.endOfDay(thursday)).toBe("2024-02-29T23:59:59Z");
});
