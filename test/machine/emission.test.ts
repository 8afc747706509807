import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { describe, expect, test } from "vitest";
import { compileText } from "../support/compile.ts";

const root = new URL("../../", import.meta.url).pathname;

const tour = readFileSync(new URL("./fixtures/tour.durable", import.meta.url), "utf8");

const slots = `
defmodule Slots do
  use Durable

  @type answer :: %{ok: true, value: integer()} | %{ok: false, error: String.t()}

  workflow "slots", input: %{name: String.t(), answer: answer(), lines: [%{price: number(), tags: [String.t()]}]} do
    step :go, fn data ->
      fee =
        case length(data.lines) do
          0 -> 0
          1 -> 2.5
          _ -> 5
        end

      told =
        case data.answer do
          %{ok: true, value: value} -> "#{value}"
          %{ok: false, error: error} -> error
        end

      kind = if fee > 2, do: label(data.name), else: :small
      reason = if kind == "x", do: nil, else: kind
      tags = for line <- data.lines, tag <- line.tags, do: tag
      sum = for line <- data.lines, reduce: 0, do: (total -> total + line.price)
      prices = Enum.map(data.lines, fn line -> line.price end)
      doubled = Enum.map(data.lines, & &1.price * 2)
      {:ok, %{told: told, fee: fee, kind: kind, reason: reason, tags: Enum.map(tags, &String.upcase/1), sum: sum + Enum.sum(prices ++ doubled)}}
    end
  end

  defp label(name) do
    found =
      try do
        String.to_integer(name)
      rescue
        ArgumentError -> inspect(name)
      else
        0 -> "none"
        n -> "number #{n}"
      end

    found <> "!"
  end
end
`;

const declared = [
  "let fee: number;",
  "if (data.answer.ok === true) {",
  "const tags: string[] = [];",
  "let sum = 0;",
  "(line: { price: number; tags: string[] }) => line.price",
  "(a: { price: number; tags: string[] }) => a.price * 2",
  "(a: string) => Strings.upcase(a)",
  "let found!: string;",
];

const circle = `
defmodule Ping do
  use Durable
  use Durable.Orchestration

  workflow "ping", input: %{optional(:note) => String.t(), n: integer()} do
    step :go, fn data ->
      case call_workflow(Pong, %{n: data.n - 1}, timeout: 1000) do
        {:ok, result} -> {:ok, %{note: data[:note] || "none", result: result}}
        {:error, reason} -> {:error, reason}
      end
    end
  end
end

defmodule Pong do
  use Durable
  use Durable.Orchestration

  workflow "pong", input: %{n: integer()} do
    step :go, fn data ->
      if data.n > 0, do: start_workflow(Ping, %{n: data.n}), else: start_workflow(Pong, %{n: 1}, ref: :again)
      :ok
    end
  end
end
`;

const disjoint = `
defmodule A do
  use Durable

  @mode :fast

  def compared(x) do
    size = if x, do: :big, else: :small
    y = 1
    {y == 2, @mode == :slow, "a" == "b", size == :huge, match?({:ok, _}, {:error, x})}
  end

  def matched(x) do
    size = if x, do: :big, else: :small

    case size do
      :big -> 1
      :small -> 2
      :huge -> 3
    end
  end

  def chosen() do
    case @mode do
      :slow -> 1
      :fast -> 2
    end
  end

  def taken() do
    list = [1, 2]
    [a, b] = list
    a + b
  end

  def pinned() do
    one = 1
    case 2 do
      ^one -> true
      _ -> false
    end
  end

  def fallbacks(x), do: {nil || x, "#{x}" || x, %{} || x}
end
`;

/** What tsc finds wrong with a module, under the settings of this project. */
function strictErrors(code: string): string {
  const folder = mkdtempSync(join(root, "test/machine/strict-"));
  try {
    writeFileSync(join(folder, "app.ts"), code);
    writeFileSync(join(folder, "tsconfig.json"), '{ "extends": "../../../tsconfig.json", "include": ["."] }');
    const tsc = join(root, "node_modules/typescript7/bin/tsc");
    return spawnSync(process.execPath, [tsc, "-p", folder, "--noEmit"], { encoding: "utf8" }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the emitted module", () => {
  test("reads like code a person wrote", async () => {
    const { code } = await compileText(tour, "tour.durable");
    await expect(code).toMatchFileSnapshot("./fixtures/tour.ts");
  });

  test("is the same, byte for byte, when it is compiled again", async () => {
    const first = await compileText(tour, "tour.durable");
    const second = await compileText(tour, "tour.durable");
    expect(second.code).toBe(first.code);
    expect(second.map).toBe(first.map);
  });

  test("declares variables as what is known of them, and passes tsc --strict", async () => {
    const { code } = await compileText(slots);
    for (const line of declared) expect(code).toContain(line);
    expect(strictErrors(code)).toBe("");
  });

  test("passes tsc --strict", async () => {
    const { code } = await compileText(tour, "tour.durable");
    expect(strictErrors(code)).toBe("");
  });

  test("passes tsc --strict where workflows call each other in a circle", async () => {
    const { code } = await compileText(circle);
    expect(strictErrors(code)).toBe("");
  });

  test("passes tsc --strict where steps are called like what every object inherits", async () => {
    const steps = ["constructor", "toString", "hasOwnProperty", "valueOf"];
    const text = steps.map((name) => `  step :${name}, fn data -> {:ok, data} end\n`).join("");
    const { code } = await compileText(`workflow "w" do\n${text}end\n`);
    expect(strictErrors(code)).toBe("");
  });

  test("passes tsc --strict where it compares what can never be equal, and falls back from what is never nil", async () => {
    const { code } = await compileText(disjoint);
    expect(strictErrors(code)).toBe("");
  });

  test("has a source map that leads each body back to its line", async () => {
    const { code, map } = await compileText(tour, "tour.durable");
    const lines = code.split("\n");
    const trace = new TraceMap(map);
    const lineOf = (snippet: string) => {
      const index = lines.findIndex((line) => line.includes(snippet));
      const column = lines[index]!.indexOf(snippet);
      return originalPositionFor(trace, { line: index + 1, column }).line;
    };
    const source = tour.split("\n");
    expect(source[lineOf("return io.callWorkflow(")! - 1]).toContain("call_workflow(Shop.Payment");
    expect(source[lineOf("throw new Raised(")! - 1]).toContain('raise("nothing to ship")');
    expect(source[lineOf("return goto(")! - 1]).toContain("{:goto, :close");
  });
});

describe("nothing of the source can break out", () => {
  const hostile = [
    "a */ b",
    "`$" + "{process.exit(1)}`",
    '"); process.exit(1); ("',
    "line\u2028separator",
    "/*@12*/",
    "\\",
    "</script>",
    "__proto__",
  ];

  test.each(hostile)("of a string: %j", async (text) => {
    const literal = JSON.stringify(text).replaceAll("#{", "\\#{");
    const { exports } = await compileText(
      `defmodule A do\n  def value(), do: ${literal}\n  def inside(x), do: "<#{x}>" <> ${literal}\nend\n`,
    );
    const { value, inside } = exports as { value: () => string; inside: (x: string) => string };
    expect(value()).toBe(text);
    expect(inside("y")).toBe(`<y>${text}`);
  });

  test("of a workflow's name, a step's path, a key or a comment", async () => {
    const { diagnostics, code } = await compileText(
      `@doc "*/ process.exit(1)"\nworkflow "x */ process.exit(1) /*" do\n  step :a, fn data -> {:ok, %{"__proto__" => 1, "a\\nb" => 2}} end\nend\n`,
    );
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
    expect(code).toContain('["__proto__"]: 1');
  });

  test("names that TypeScript keeps for itself are changed", async () => {
    const { exports } = await compileText(
      "defmodule A do\n  def value(class, new) do\n    await = class + new\n    ok = await * 2\n    ok\n  end\nend\n",
    );
    expect((exports as { value: (a: number, b: number) => number }).value(1, 2)).toBe(6);
  });
});
