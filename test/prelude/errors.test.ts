import { describe, expect, test } from "vitest";
import { field, inspect, Kernel, keyError, Raised, rescued } from "../../runtime/prelude/index.ts";

describe("an error as a value", () => {
  test("is a map with its type, its message and what it knows", () => {
    expect(keyError("id", { name: "Ada" }).value).toEqual({
      type: "KeyError",
      message: 'key "id" not found in: %{"name" => "Ada"}',
      key: "id",
      term: { name: "Ada" },
    });
  });

  test("can be raised again as what it was", () => {
    const again = () => Kernel.raise(keyError("id", {}).value);
    expect(again).toThrow(expect.objectContaining({ type: "KeyError", message: 'key "id" not found in: %{}' }));
  });
});

describe("what was thrown", () => {
  test("by the language stays as it is", () => {
    const raised = new Raised("RuntimeError", { message: "no" });
    expect(rescued(raised)).toBe(raised);
  });

  test("by foreign code takes its type from the class, and keeps the cause and where it was thrown", () => {
    const cause = new TypeError("x is not a function");
    const raised = rescued(cause);
    expect(raised.value).toEqual({ type: "TypeError", message: "x is not a function" });
    expect(raised.cause).toBe(cause);
    expect(raised.stack).toBe(cause.stack);
  });

  test("may be anything", () => {
    expect(rescued("gone").value).toEqual({ type: "Error", message: "gone" });
    expect(rescued(undefined).value).toEqual({ type: "Error", message: "undefined" });
  });
});

describe("keys that mean something to JavaScript", () => {
  const hostile = JSON.parse('{"__proto__": 1, "constructor": 2}');

  test("are plain data", () => {
    expect(field(hostile, "__proto__")).toBe(1);
    expect(inspect(hostile)).toBe('%{"__proto__" => 1, "constructor" => 2}');
  });

  test("are not there when nobody put them", () => {
    expect(() => field({}, "toString")).toThrow('key "toString" not found in: %{}');
  });
});
