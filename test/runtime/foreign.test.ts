import { durableContext, fromForeign, ok, z } from "@durablec/runtime";
import { describe, expect, test } from "vitest";
import { machineOf, step } from "./machines.ts";
import { world } from "./world.ts";

describe("fromForeign", () => {
  test.each([
    ["nothing", undefined, null],
    ["undefined inside", { a: undefined, b: [undefined] }, { b: [null] }],
    ["a Date", { at: new Date("2030-01-01T00:00:00Z") }, { at: "2030-01-01T00:00:00.000Z" }],
    ["something with toJSON", { url: new URL("https://a.b/c") }, { url: "https://a.b/c" }],
    ["an object without prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ["the same object twice", ((same) => [same, same])({ a: 1 }), [{ a: 1 }, { a: 1 }]],
  ])("makes JSON of %s", (_what, value, expected) => {
    expect(fromForeign(value, "Api.get")).toEqual(expected);
  });

  test("keeps keys that JSON could abuse as plain data", () => {
    const value = fromForeign(JSON.parse('{"__proto__": {"x": 1}}'), "Api.get");
    expect(Object.entries(value)).toEqual([["__proto__", { x: 1 }]]);
    expect(value.x).toBeUndefined();
  });

  test("leaves out what the declared type does not name, and refuses what it does not allow", () => {
    const type = z.object({ id: z.string(), lines: z.array(z.int()) });
    expect(fromForeign({ id: "a", lines: [1], more: true }, "Api.get", type)).toEqual({ id: "a", lines: [1] });
    expect(() => fromForeign({ id: "a", lines: [1, "2"] }, "Api.get", type)).toThrow(
      "Api.get returned what its TypeScript type does not allow at lines.1",
    );
  });

  const endless: { self?: unknown } = {};
  endless.self = endless;
  test.each([
    ["a Map", new Map(), "instance of Map"],
    ["a class's instance", new (class Invoice {})(), "instance of Invoice"],
    ["a function", { f: () => 1 }, "its result.f: it is a function"],
    ["a bigint", [1n], "its result[0]: it is a bigint"],
    ["NaN", Number.NaN, "NaN"],
    ["what contains itself", endless, "contains itself"],
    ["a NUL character", "a\0", "NUL"],
  ])("refuses %s, naming the function and the place", (_what, value, words) => {
    expect(() => fromForeign(value, "Api.get")).toThrow(/^Api\.get returned/);
    expect(() => fromForeign(value, "Api.get")).toThrow(words);
  });
});

describe("durableContext", () => {
  const here = world();

  test("tells foreign code its execution, step, attempt and a key of its own for each call", async () => {
    const seen: { executionId: string; step: string; attempt: number; idempotencyKey: string }[] = [];
    const call = async () => {
      await Promise.resolve();
      const { executionId, step: name, attempt, idempotencyKey } = durableContext();
      seen.push({ executionId, step: name, attempt, idempotencyKey });
      return seen.length;
    };
    const machine = machineOf("Foreign.Context", {
      charge: step(
        null,
        async () => {
          fromForeign(await call(), "Api.call");
          fromForeign(await call(), "Api.call");
          return seen.length < 4 ? ["error", "again"] : ok({});
        },
        { retry: { maxAttempts: 2 } },
      ),
    });
    const durable = await here.working([machine]);
    const run = await durable.start(machine, {});
    await run.result();
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 1, 2, 2]);
    expect(seen[0]).toMatchObject({ executionId: run.id, step: "charge" });
    const [first, second, firstAgain, secondAgain] = seen.map(({ idempotencyKey }) => idempotencyKey);
    expect([firstAgain, secondAgain]).toEqual([first, second]);
    expect(first).not.toBe(second);
  });

  test("is an error outside a step", () => {
    expect(() => durableContext()).toThrow(/step/);
  });
});
