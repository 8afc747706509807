/** One mistake costs one diagnostic, at its place, and what surrounds it closely; the rest is read as if nothing were. */
import { describe, expect, it } from "vitest";
import { descendants } from "../../compiler/ast/walk.ts";
import { build, inStep } from "./build.ts";
import { show } from "./show.ts";

function stepsOf(text: string): readonly string[] {
  const workflows = build(text).file.modules.flatMap(({ items }) => items.filter((item) => item.kind === "workflow"));
  return workflows.flatMap(({ items }) => items.map((item) => ("name" in item ? item.name.text : item.kind)));
}

const before = `  step :before, fn data ->
    {:ok, data}
  end
`;

const after = `  step :after, fn data ->
    {:ok, data}
  end
`;

function around(middle: string): string {
  return `workflow "w" do\n${before}\n${middle}\n\n${after}end\n`;
}

interface Broken {
  readonly title: string;
  readonly middle: string;
  /** `code line:column the text pointed at`, the middle beginning on line 6. */
  readonly report: string;
  readonly steps: readonly string[];
}

const all = ["before", "middle", "after"];

const cases: readonly Broken[] = [
  {
    title: "a step without a comma",
    middle: "  step :middle fn data ->\n    {:ok, data}\n  end",
    report: "syntax/unexpected 6:16 fn",
    steps: all,
  },
  {
    title: "a step whose name is no atom",
    middle: "  step middle, fn data ->\n    {:ok, data}\n  end",
    report: "syntax/missing-name 6:8 middle",
    steps: ["before", "", "after"],
  },
  {
    title: "a step without `end`",
    middle: "  step :middle, fn data ->\n    {:ok, data}",
    report: "syntax/missing-end 6:3 step",
    steps: all,
  },
  {
    title: "a `case` without `end`",
    middle: "  step :middle, fn data ->\n    case data do\n      _ -> {:ok, data}\n  end",
    report: "syntax/missing-end 7:5 case",
    steps: all,
  },
  {
    title: "an `end` too many",
    middle: "  step :middle, fn data ->\n    if data do\n      1\n    end\n    end\n    {:ok, data}\n  end",
    report: "syntax/stray-end 10:5 end",
    steps: all,
  },
  {
    title: "a parenthesis left open",
    middle: "  step :middle, fn data ->\n    total = max(1, 2\n    {:ok, total}\n  end",
    report: "syntax/unclosed-bracket 7:16 (",
    steps: all,
  },
  {
    title: "a brace left open at the end of a block",
    middle: "  step :middle, fn data ->\n    {:ok, %{a: 1}\n  end",
    report: "syntax/unclosed-bracket 7:5 {",
    steps: all,
  },
  {
    title: "a bracket of another kind",
    middle: "  step :middle, fn data ->\n    x = [1, 2)\n    {:ok, data}\n  end",
    report: "syntax/wrong-bracket 7:14 )",
    steps: all,
  },
  {
    title: "a string left open",
    middle: '  step :middle, fn data ->\n    x = "never closed\n    {:ok, data}\n  end',
    report: 'syntax/unclosed-text 7:9 "',
    steps: all,
  },
  {
    title: "a string left open, with others below it",
    middle:
      '  step :middle, fn data ->\n    {:ok, %{a: "open, b: 1}}\n  end\n\n  step :more, fn _ -> {:error, "closed"} end',
    report: 'syntax/unclosed-text 7:16 "',
    steps: ["before", "middle", "more", "after"],
  },
  {
    title: "an interpolation left open",
    middle: '  step :middle, fn data ->\n    x = "a #{data b"\n    {:ok, data}\n  end',
    report: 'syntax/unclosed-text 7:9 "',
    steps: all,
  },
  {
    title: "an operator without its right side",
    middle: "  step :middle, fn data ->\n    {:ok, 1 + }\n  end",
    report: "syntax/unexpected 7:15 }",
    steps: all,
  },
  {
    title: "a missing comma in a map over several lines",
    middle: "  step :middle, fn data ->\n    {:ok, %{\n      a: 1\n      b: 2\n    }}\n  end",
    report: "syntax/unexpected 8:11 ",
    steps: all,
  },
  {
    title: "a clause without its arrow's head",
    middle: "  step :middle, fn data ->\n    case data do\n      {:ok, -> 1\n      _ -> 2\n    end\n  end",
    report: "syntax/unclosed-bracket 8:7 {",
    steps: all,
  },
  {
    title: "a `parallel` without `do`",
    middle: "  parallel on_error: :fail_fast\n    step :inner, fn data -> {:ok, data} end\n  end",
    report: "syntax/missing-do 6:22 :fail_fast",
    steps: ["before", "parallel", "after"],
  },
  {
    title: "a `branch` without `do`",
    middle: "  branch on: fn d -> d.x end\n    _ ->\n      step :inner, fn data -> {:ok, data} end\n  end",
    report: "syntax/missing-do 6:26 end",
    steps: ["before", "branch", "after"],
  },
  {
    title: "a misspelt word",
    middle: "  stpe :middle, fn data ->\n    {:ok, data}\n  end",
    report: "flow/not-allowed-here 6:3 stpe :middle, fn data ->",
    steps: ["before", "after"],
  },
  {
    title: "code directly in a workflow",
    middle: '  IO.puts("hello")',
    report: 'flow/not-allowed-here 6:3 IO.puts("hello")',
    steps: ["before", "after"],
  },
  {
    title: "a character that means nothing",
    middle: "  step :middle, fn data ->\n    x = 5 € 3\n    {:ok, data}\n  end",
    report: "syntax/unknown-character 7:11 €",
    steps: all,
  },
];

describe("one broken part of a workflow", () => {
  it.each(cases)("$title", ({ middle, report, steps }) => {
    const text = around(middle);
    expect(build(text).reports).toEqual([report]);
    expect(stepsOf(text)).toEqual(steps);
  });
});

describe("several mistakes", () => {
  it("are reported one by one", () => {
    const { reports } = build(inStep("a = (1 2)", "b = [1 2]", "c = 1 +", "{:ok, %{a: }}"));
    expect(reports).toEqual(["syntax/unexpected 3:12 2", "syntax/unexpected 4:12 2", "syntax/unexpected 6:16 }"]);
  });

  it("in two modules leave both modules standing", () => {
    const module = (name: string) => `defmodule ${name} do\n  def f(x) do\n    x +\n  end\n\n  def g(x), do: x\nend\n`;
    const { file, reports } = build(`${module("A")}\n${module("B")}`);
    expect(reports).toEqual(["syntax/unexpected 4:3 end", "syntax/unexpected 12:3 end"]);
    expect(file.modules.map(({ name, items }) => [name.text, items.length])).toEqual([
      ["A", 2],
      ["B", 2],
    ]);
  });

  it("stop being listed when there are too many", () => {
    expect(build("1 2\n".repeat(500)).diagnostics.length).toBeLessThanOrEqual(50);
  });
});

describe("what a broken statement binds", () => {
  it("stays bound", () => {
    const { file } = build(inStep("{:ok, total} = 1 2", "{:ok, %{total: total}}"));
    const matches = file.modules.flatMap(descendants).filter(({ kind }) => kind === "match");
    expect(matches.map((match) => show(match))).toEqual([
      "(match pattern=(tuplePattern items=[:ok total]) value=(invalid))",
    ]);
  });
});

describe("columns", () => {
  it("do not matter when everything is closed", () => {
    const text =
      'workflow "w" do\nstep :a, fn data ->\n      if data do\n  1\n end\n        {:ok, data}\n   end\n      end\n';
    expect(build(text).reports).toEqual([]);
  });

  it("tell which block lacks its `end`, and both places are named", () => {
    const text = `defmodule A do
  def f(x) do
    if x do
      1
  end

  def g(x), do: x
end
`;
    const { diagnostics, reports } = build(text);
    expect(reports).toEqual(["syntax/missing-end 3:5 if"]);
    expect(
      diagnostics[0]?.related.map(({ location }) => text.slice(0, location.span.start).split("\n").length),
    ).toEqual([5]);
  });

  it("tell it when the `end` of the whole file is missing", () => {
    expect(build('workflow "w" do\n  step :a, fn data ->\n    {:ok, data}\n  end\n').reports).toEqual([
      "syntax/missing-end 1:1 workflow",
    ]);
  });
});

describe("a constant that is read where one may be declared", () => {
  it("is no declaration, as in Elixir", () => {
    const [read, declared] = ["@foo[:a]", "@foo [:a]"].map((line) => build(`defmodule A do\n  ${line}\nend\n`));
    expect(read!.reports).toEqual(["flow/not-allowed-here 2:3 @foo[:a]"]);
    expect(declared!.reports).toEqual([]);
  });
});
