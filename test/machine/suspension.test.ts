import type { Machine } from "@durablec/runtime";
import { beforeAll, describe, expect, test } from "vitest";
import { world } from "../runtime/world.ts";
import { machinesOf } from "../support/compile.ts";
import { runWithRestarts } from "./restarts.ts";

const here = world();

/** A body that may note with `mark(…)` that it passed a place, and wait for an event with `wait(…)`. */
interface Case {
  readonly rule: string;
  readonly body: string;
  readonly value: unknown;
  readonly marks: readonly string[];
  readonly rests: number;
}

const cases: readonly Case[] = [
  {
    rule: "a wait as a statement",
    body: `
      mark("before")
      x = 1 + 1
      wait("a")
      mark("after")
      x`,
    value: 2,
    marks: ["before", "after"],
    rests: 1,
  },
  {
    rule: "a wait bound to a variable, and another after it",
    body: `
      first = wait("a")
      mark(first)
      second = wait("b")
      mark(second)
      first <> second`,
    value: "a!b!",
    marks: ["a!", "b!"],
    rests: 2,
  },
  {
    rule: "a wait as the subject of a case",
    body: `
      case wait("a") do
        "b!" -> "wrong"
        got -> mark(got)
               "got " <> got
      end`,
    value: "got a!",
    marks: ["a!"],
    rests: 1,
  },
  {
    rule: "a wait in one arm of a case in the middle of a body",
    body: `
      mark("start")
      picked = case data.kind do
        :other -> "no wait"
        :waits -> wait("a")
      end
      mark("joined")
      picked <> "?"`,
    value: "a!?",
    marks: ["start", "joined"],
    rests: 1,
  },
  {
    rule: "an arm that does not wait goes on in the same place",
    body: `
      picked = if data.kind == :other do
        wait("a")
      else
        mark("else")
        "plain"
      end
      mark("joined")
      picked`,
    value: "plain",
    marks: ["else", "joined"],
    rests: 0,
  },
  {
    rule: "waits in the arms of a cond, and in its conditions",
    body: `
      result = cond do
        wait("a") == "no" -> mark("first")
        wait("b") == "b!" ->
          mark("second")
          wait("c")
        true -> "never"
      end
      mark(result)
      result`,
    value: "c!",
    marks: ["second", "c!"],
    rests: 3,
  },
  {
    rule: "a wait in an argument keeps the order of evaluation",
    body: `
      note("one") <> wait("a") <> note("two")`,
    value: "onea!two",
    marks: ["one", "two"],
    rests: 1,
  },
  {
    rule: "waits in a list, a map and an interpolation",
    body: `
      [wait("a"), %{k: wait("b")}, "<#{wait("c")}>"]`,
    value: ["a!", { k: "b!" }, "<c!>"],
    marks: [],
    rests: 3,
  },
  {
    rule: "a wait in a pipe",
    body: `
      "a" |> wait() |> String.upcase()`,
    value: "A!",
    marks: [],
    rests: 1,
  },
  {
    rule: "the right side of && is only waited for when the left side asks for it",
    body: `
      [true && wait("a"), nil && wait("b"), false || wait("c")]`,
    value: ["a!", null, "c!"],
    marks: [],
    rests: 2,
  },
  {
    rule: "with: bindings that wait, and its else",
    body: `
      with "a!" <- wait("a"),
           x = note("x"),
           "other" <- wait("b") do
        "all " <> x
      else
        got -> mark("else")
               got <> wait("c")
      end`,
    value: "b!c!",
    marks: ["x", "else"],
    rests: 3,
  },
  {
    rule: "for: each round runs once, around its wait",
    body: `
      for n <- [1, 2, 3], n != 2 do
        mark("in #{n}")
        got = wait("e#{n}")
        mark("out #{n}")
        {n, got}
      end`,
    value: [
      [1, "e1!"],
      [3, "e3!"],
    ],
    marks: ["in 1", "out 1", "in 3", "out 3"],
    rests: 2,
  },
  {
    rule: "for with two generators, into a map",
    body: `
      for x <- ["a", "b"], y <- [1, 2], into: %{} do
        {"#{x}#{y}", wait("#{x}#{y}")}
      end`,
    value: { a1: "a1!", a2: "a2!", b1: "b1!", b2: "b2!" },
    marks: [],
    rests: 4,
  },
  {
    rule: "for with reduce",
    body: `
      for n <- [1, 2], reduce: "" do
        acc -> acc <> wait("r#{n}")
      end`,
    value: "r1!r2!",
    marks: [],
    rests: 2,
  },
  {
    rule: "Enum.map",
    body: `
      Enum.map(["a", "b"], fn name -> wait(name) end)`,
    value: ["a!", "b!"],
    marks: [],
    rests: 2,
  },
  {
    rule: "Enum.map with a capture",
    body: `
      Enum.map(["a", "b"], &wait(&1))`,
    value: ["a!", "b!"],
    marks: [],
    rests: 2,
  },
  {
    rule: "Enum.each gives :ok",
    body: `
      done = Enum.each(["a", "b"], fn name -> mark(wait(name)) end)
      {done, length(data.list)}`,
    value: ["ok", 3],
    marks: ["a!", "b!"],
    rests: 2,
  },
  {
    rule: "Enum.filter",
    body: `
      Enum.filter(["a", "b", "c"], fn name -> wait(name) != "b!" end)`,
    value: ["a", "c"],
    marks: [],
    rests: 3,
  },
  {
    rule: "Enum.find stops at the first",
    body: `
      Enum.find(["a", "b", "c"], fn name -> wait(name) == "b!" end)`,
    value: "b",
    marks: [],
    rests: 2,
  },
  {
    rule: "Enum.flat_map",
    body: `
      Enum.flat_map(["a", "b"], fn name -> [name, wait(name)] end)`,
    value: ["a", "a!", "b", "b!"],
    marks: [],
    rests: 2,
  },
  {
    rule: "Enum.reduce",
    body: `
      Enum.reduce(["a", "b"], "", fn name, sofar -> sofar <> wait(name) end)`,
    value: "a!b!",
    marks: [],
    rests: 2,
  },
  {
    rule: "a loop inside a loop",
    body: `
      Enum.map([1, 2], fn x ->
        for y <- data.list, y > 1 do
          wait("w#{x}#{y}")
        end
      end)`,
    value: [
      ["w12!", "w13!"],
      ["w22!", "w23!"],
    ],
    marks: [],
    rests: 4,
  },
  {
    rule: "a helper that waits, called twice",
    body: `
      {ask("x"), ask("y")}`,
    value: ["x! and x2!", "y! and y2!"],
    marks: ["asked x", "asked y"],
    rests: 4,
  },
  {
    rule: "try: what is raised after a wait is rescued, and after runs once",
    body: `
      result = try do
        mark("try")
        wait("a")
        mark("raise")
        raise "boom"
      rescue
        e in RuntimeError ->
          mark("rescue")
          e.message
      after
        mark("after")
      end
      mark("end")
      result`,
    value: "boom",
    marks: ["try", "raise", "rescue", "after", "end"],
    rests: 1,
  },
  {
    rule: "try inside try: the inner rescue comes first, after every wait",
    body: `
      try do
        try do
          wait("a")
          raise wait("b")
        rescue
          e in RuntimeError ->
            mark("inner")
            e.message
        after
          mark("inner after")
        end
      rescue
        _ -> mark("outer")
      after
        mark("outer after")
      end`,
    value: "b!",
    marks: ["inner", "inner after", "outer after"],
    rests: 2,
  },
  {
    rule: "try: else takes the value of a body that waited, outside of rescue and before after",
    body: `
      outer = try do
        try do
          wait("a")
        rescue
          _ -> "rescued too early"
        else
          "a!" -> raise note("else")
        after
          mark("after")
        end
      rescue
        e -> e.message
      end
      outer`,
    value: "else",
    marks: ["else", "after"],
    rests: 1,
  },
  {
    rule: "try with nothing to rescue and an after that only computes",
    body: `
      try do
        wait("a")
      after
        data.list
      end`,
    value: "a!",
    marks: [],
    rests: 1,
  },
  {
    rule: "a rescue inside a loop that waits",
    body: `
      for name <- ["a", "b"] do
        try do
          raise wait(name)
        rescue
          e -> e.message
        end
      end`,
    value: ["a!", "b!"],
    marks: [],
    rests: 2,
  },
  {
    rule: "a loop that waits inside a try, whose rescue reads what was bound before",
    body: `
      first = wait("a")
      try do
        for name <- ["b", "c"] do
          if name == "c", do: raise(wait(name)), else: wait(name)
        end
      rescue
        e -> [first, e.message]
      end`,
    value: ["a!", "c!"],
    marks: [],
    rests: 3,
  },
  {
    rule: "a loop that waits over the result of a loop that waits",
    body: `
      for got <- Enum.map(["a", "b"], fn name -> wait(name) end) do
        wait(got)
      end`,
    value: ["a!!", "b!!"],
    marks: [],
    rests: 4,
  },
  {
    rule: "a for that waits in a capture",
    body: `
      Enum.map(["a", "b"], &(for x <- [&1, "c"], do: wait(x)))`,
    value: [
      ["a!", "c!"],
      ["b!", "c!"],
    ],
    marks: [],
    rests: 4,
  },
  {
    rule: "a helper's default arguments, whether it waits or not",
    body: `
      [both("x"), both("x", "y"), joined("b"), joined("a", "b")]`,
    value: ["x!then!", "x!y!", "left b", "a b"],
    marks: [],
    rests: 4,
  },
  {
    rule: "a function that needs statements, in a loop that does not wait",
    body: `
      got = wait("a")
      Enum.map(["a!", "b"], fn x ->
        case String.upcase(x) do
          "A!" -> {x, got}
          other when other != got -> other
        end
      end)`,
    value: [["a!", "a!"], "B"],
    marks: [],
    rests: 1,
  },
  {
    rule: "sleep and schedule_at give nil",
    body: `
      a = sleep(hours(1))
      b = schedule_at(~U[2001-01-01 00:00:00Z])
      [a, b]`,
    value: [null, null],
    marks: [],
    rests: 1,
  },
];

function workflowOf({ body }: Case, index: number): string {
  return `
  workflow "case_${index}" do
    step :run, fn data ->
      value = if true do
${body}
      end

      {:ok, %{value: value}}
    end
  end`;
}

const source = `
defmodule App.Cases do
  use Durable
  use Durable.Context
  use Durable.Wait

  defp wait(name), do: wait_for_event(name, timeout: :infinity)
  defp mark(text), do: append_context(:marks, text)
  defp note(text) do
    mark(text)
    text
  end
  defp both(first, second \\\\ "then"), do: wait(first) <> wait(second)
  defp joined(left \\\\ "left", right), do: left <> " " <> right
  defp ask(name) do
    mark("asked #{name}")
    first = wait(name)
    first <> " and " <> wait(name <> "2")
  end
${cases.map(workflowOf).join("\n")}
end
`;

describe("code before a wait runs once, locals are intact, whatever the construct", () => {
  let machines: Map<string, Machine>;
  beforeAll(async () => {
    machines = new Map(Object.values(await machinesOf(source)).map((machine) => [machine.workflow, machine]));
  });

  test.each(cases.map((one, index) => ({ ...one, index })))("$rule", async ({ index, value, marks, rests }) => {
    const run = await runWithRestarts(here.store, machines.get(`case_${index}`)!, { kind: "waits", list: [1, 2, 3] });
    expect(run.execution.error).toBeNull();
    expect(run.execution.result?.value).toEqual(value);
    expect(run.execution.result?.marks ?? []).toEqual(marks);
    expect(run.rests).toBe(rests);
  });
});
