import { error, ok, Suspension } from "@durablec/runtime";
import { describe, expect, test } from "vitest";
import { newRoot } from "../../runtime/client/start.ts";
import { childId, segmentKey } from "../../runtime/ids.ts";
import { nextData } from "../../runtime/interpreter/data.ts";
import { accept, expire, rest, runnable, settle } from "../../runtime/interpreter/interpreter.ts";
import { after as moved, type SegmentEnd, type Situation } from "../../runtime/interpreter/move.ts";
import { outcomeOf } from "../../runtime/interpreter/outcome.ts";
import { backoffMs, mayRetry } from "../../runtime/interpreter/retry.ts";
import { resolveWait } from "../../runtime/interpreter/wait.ts";
import { DEFAULT_SETTINGS } from "../../runtime/settings.ts";
import type { Arrived, Execution, Wait } from "../../runtime/store/store.ts";
import { newborn } from "../../runtime/worker/newborn.ts";
import { machineOf, resume, step } from "./machines.ts";

const NOW = "2030-01-01T00:00:00.000Z";
const PAST = "2029-12-31T23:59:59.000Z";
const LATER = "2030-01-01T01:00:00.000Z";
const NOTHING: Arrived = { events: [], children: [] };

describe("the data rule", () => {
  const rule = (data: object, put: object, deleted: string[], returned: object) =>
    nextData({ ...data }, { put: { ...put }, deleted }, { ...returned });

  test.each([
    ["a new key is added", [{ a: 1 }, {}, [], { b: 2 }], { a: 1, b: 2 }],
    ["a returned new value wins over a write", [{ a: 1 }, { a: 2 }, [], { a: 3 }], { a: 3 }],
    ["a returned old value does not undo a write", [{ a: 1 }, { a: 2 }, [], { a: 1 }], { a: 2 }],
    ["old and new are compared by value", [{ a: { x: [1] } }, { a: 2 }, [], { a: { x: [1] } }], { a: 2 }],
    ["a deleted key stays deleted when returned unchanged", [{ a: 1, b: 1 }, {}, ["a"], { a: 1 }], { b: 1 }],
    ["a deleted key comes back with a new value", [{ a: 1 }, {}, ["a"], { a: 2 }], { a: 2 }],
    ["a key left out is kept", [{ a: 1, b: 2 }, {}, [], { a: 5 }], { a: 5, b: 2 }],
  ] as const)("%s", (_name, [data, put, deleted, returned], expected) => {
    expect(rule(data, put, [...deleted], returned)).toEqual(expected);
  });
});

describe("backoff", () => {
  const middle = 0.5;
  test.each([
    ["exponential", {}, [2000, 4000, 8000, 16_000, 30_000, 30_000]],
    ["exponential with its own base and limit", { base: 10, maxBackoff: 50 }, [20, 40, 50]],
    ["linear", { backoff: "linear", base: 100, maxBackoff: 250 }, [100, 200, 250]],
    ["constant, whatever the limit", { backoff: "constant", base: 100, maxBackoff: 50 }, [100, 100]],
  ] as const)("%s", (_name, options, delays) => {
    expect(delays.map((_, index) => backoffMs(options, index + 1, middle))).toEqual(delays);
  });

  test("is moved by at most a quarter either way", () => {
    expect(backoffMs({}, 1, 0)).toBe(1500);
    expect(backoffMs({}, 1, 0.999_999_9)).toBe(2500);
  });

  test("max_attempts counts the first attempt; without it there is one", () => {
    expect([mayRetry({}, 1), mayRetry({ maxAttempts: 2 }, 1), mayRetry({ maxAttempts: 2 }, 2)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe("ids", () => {
  test("a child's id is a UUID of version 8 that follows from the workflow's id and the ref", () => {
    expect(childId("order-1", "payment")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(childId("order-1", "payment")).toBe(childId("order-1", "payment"));
    expect(new Set([childId("a", "bc"), childId("ab", "c"), childId("order-1", "email")]).size).toBe(3);
  });

  test("a segment's key does not depend on the order in which the database keeps keys", () => {
    const place = { executionId: "e", branch: null, state: "s", received: null };
    const one = segmentKey({ ...place, saved: { a: 1, b: { c: 2, d: 3 } } }, "call:0");
    expect(segmentKey({ ...place, saved: { b: { d: 3, c: 2 }, a: 1 } }, "call:0")).toBe(one);
    expect(segmentKey({ ...place, saved: { a: 2, b: { c: 2, d: 3 } } }, "call:0")).not.toBe(one);
  });
});

describe("what a wait receives", () => {
  const event = { on: "event", names: ["a", "b"], until: null, timeoutValue: null } as const;
  const arrived = (...names: string[]): Arrived => ({
    children: [],
    events: names.map((name) => ({ id: `id-${name}`, name, payload: name.toUpperCase() })),
  });
  const child = (status: string, more: object = {}): Arrived => ({
    events: [],
    children: [{ id: "c", ref: "r", status, result: null, error: null, ...more } as Arrived["children"][number]],
  });
  const call = { on: "child", id: "c", ref: "r", until: PAST, timeoutValue: "late", onTimeout: "leave" } as const;

  test.each<[string, Wait, Arrived, unknown]>([
    ["time not come: nothing", { on: "time", until: LATER }, NOTHING, null],
    ["time come: nil", { on: "time", until: PAST }, NOTHING, { value: null }],
    ["one event: its payload", { ...event, names: ["a"], mode: "one" }, arrived("a"), { value: "A" }],
    [
      "any event: name and payload of the earliest",
      { ...event, mode: "any" },
      arrived("b", "a"),
      { value: ["b", "B"] },
    ],
    ["all events, one missing: nothing", { ...event, mode: "all" }, arrived("a"), null],
    ["all events: payloads by name", { ...event, mode: "all" }, arrived("b", "a"), { value: { a: "A", b: "B" } }],
    ["a child that runs: nothing", { ...call, until: LATER }, child("running"), null],
    ["a completed child: ok", call, child("completed", { result: { x: 1 } }), { value: ["ok", { x: 1 }] }],
    [
      "a failed child: its error",
      call,
      child("failed", { error: { type: "t", message: "m" } }),
      { value: ["error", { type: "t", message: "m" }] },
    ],
    ["a child that takes too long: the timeout's value", call, child("running"), { value: ["ok", "late"] }],
  ])("%s", (_name, wait, have, expected) => {
    expect(resolveWait(wait, have, NOW)?.received ?? null).toEqual(expected);
  });

  test("what arrived wins over a timeout that is over as well", () => {
    expect(resolveWait(call, child("completed"), NOW)?.received).toEqual({ value: ["ok", {}] });
  });

  test("only a timeout has to be recorded before its value is used", () => {
    expect(resolveWait(call, child("completed"), NOW)?.timedOut).toBe(false);
    expect(resolveWait(call, child("running"), NOW)?.timedOut).toBe(true);
  });
});

describe("decisions", () => {
  const machine = machineOf("Pure.Machine", {
    first: step("second", () => "ok", { timeoutMs: 60_000, retry: { maxAttempts: 2 } }),
    "first@sleep": resume("first", () => "ok"),
    second: step(null, () => "ok"),
  });

  function situation(changes: Partial<Execution> = {}): Situation {
    const { execution } = newborn(newRoot(machine, { a: 1 }, { id: "e" }, DEFAULT_SETTINGS), NOW);
    return { machine, execution: { ...execution, ...changes }, now: NOW, chance: 0.5, maxPayloadBytes: 1000 };
  }

  function ended(returned: unknown, more: Partial<SegmentEnd> = {}): SegmentEnd {
    const overlay = { put: {}, deleted: [] };
    return { outcome: outcomeOf(returned), startedAt: NOW, overlay, started: [], log: [], pure: false, ...more };
  }

  test("a completed step leads to the next one, from its first attempt", () => {
    const { progress, history, durable } = settle(situation({ attempt: 2 }), null, ended(ok({ b: 2 })));
    expect(progress).toMatchObject({ status: "running", state: "second", attempt: 1, data: { a: 1, b: 2 } });
    expect(history).toMatchObject([{ step: "first", attempt: 2, status: "completed" }]);
    expect(durable).toBe(true);
  });

  test("a pure step need not be recorded on its own", () => {
    expect(settle(situation(), null, ended("ok", { pure: true })).durable).toBe(false);
  });

  test("a failed attempt becomes a retry that waits as pending", () => {
    const failed = moved(situation(), settle(situation(), null, ended(error("no"))));
    expect(runnable(failed)).toEqual([]);
    expect(rest(failed).progress).toMatchObject({ status: "pending", attempt: 2, wakeAt: "2030-01-01T00:00:02.000Z" });
  });

  test("a suspension rests as waiting until the earliest of wait, step and workflow deadline", () => {
    const began = { attemptStartedAt: NOW, stepDeadline: "2030-01-01T00:01:00.000Z", deadline: LATER };
    const sleep = new Suspension({ on: "sleep", ms: 120_000 }, "first@sleep", { x: 1 });
    const asleep = moved(situation(began), settle(situation(began), null, ended(sleep)));
    expect(rest(asleep).progress).toMatchObject({
      status: "waiting",
      state: "first@sleep",
      saved: { x: 1 },
      wakeAt: "2030-01-01T00:01:00.000Z",
      wait: { on: "time", until: "2030-01-01T00:02:00.000Z" },
    });
  });

  test("an outcome that comes after the step's deadline does not count", () => {
    const late = situation({ attemptStartedAt: PAST, stepDeadline: PAST });
    expect(settle(late, null, ended("ok")).history).toMatchObject([
      { status: "failed", error: { type: "step_timeout" } },
    ]);
  });

  test("a spurious wake-up goes back to waiting", () => {
    const wait = { on: "time", until: LATER } as const;
    const woken = situation({ state: "first@sleep", attemptStartedAt: NOW, wait });
    const accepted = moved(woken, accept(woken, NOTHING, 10));
    expect(runnable(accepted)).toEqual([]);
    expect(rest(accepted).progress).toMatchObject({ status: "waiting", wait, wakeAt: LATER });
  });

  test("too many lost workers fail the step", () => {
    const { progress } = accept(situation({ crashes: 10 }), NOTHING, 10);
    expect(progress).toMatchObject({ status: "failed", error: { type: "worker_crashed" } });
  });

  test("a workflow that has taken too long fails and takes its children along", () => {
    const decided = expire(situation({ deadline: PAST }));
    expect(decided).toMatchObject({
      cascading: true,
      progress: { status: "failed", error: { type: "workflow_timeout" } },
    });
  });

  test("what has ended holds nothing any more", () => {
    const { progress } = settle(situation({ state: "second", deadline: LATER }), null, ended("ok"));
    expect(progress).toMatchObject({
      status: "completed",
      state: null,
      wait: null,
      wakeAt: null,
      resumeKey: null,
      saved: {},
    });
    expect(progress.result).toEqual({ a: 1 });
  });
});
