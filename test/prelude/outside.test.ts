import { beforeEach, describe, expect, test } from "vitest";
import { evaluate } from "./evaluate.ts";
import { logged } from "./io.ts";

async function evaluated(expression: string): Promise<unknown> {
  const [result] = await evaluate([expression]);
  return result?.kind === "value" ? result.value : result;
}

describe("what needs the clock", () => {
  test.each([
    ["DateTime.utc_now()", "2024-02-29T12:30:45.678Z"],
    ["Date.utc_today()", "2024-02-29"],
    ['DateTime.now("Etc/UTC")', ["ok", "2024-02-29T12:30:45.678Z"]],
    ["DateTime.utc_now() |> DateTime.add(1, :day) |> DateTime.to_date()", "2024-03-01"],
  ])("reads it from the segment: %s", async (expression, value) => {
    expect(await evaluated(expression)).toEqual(value);
  });
});

describe("what depends on chance", () => {
  test.each([
    [":rand.uniform()", 0.5],
    [":rand.uniform(10)", 6],
    ["Enum.random([1, 2, 3])", 2],
    ["Enum.shuffle([1, 2, 3])", [1, 3, 2]],
    ["Enum.take_random([1, 2, 3], 2)", [1, 3]],
  ])("takes it from the segment: %s", async (expression, value) => {
    expect(await evaluated(expression)).toEqual(value);
  });
});

describe("what logs", () => {
  beforeEach(() => {
    logged.length = 0;
  });

  test.each([
    ['Logger.info("paid")', ["info: paid"], "ok"],
    ['Logger.warning(fn -> "late" end)', ["warning: late"], "ok"],
    ['Logger.error(%{code: 7}, order: "o1")', ['error: %{"code" => 7}'], "ok"],
    ['IO.puts("hello")', ["info: hello"], "ok"],
    ['IO.puts(:stderr, "hello")', ["info: hello"], "ok"],
    ['[1, 2] |> IO.inspect(label: "ids")', ["info: ids: [1, 2]"], [1, 2]],
  ])("writes to the step's log: %s", async (expression, lines, value) => {
    expect(await evaluated(expression)).toEqual(value);
    expect(logged).toEqual(lines);
  });
});
