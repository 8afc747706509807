import { parseFile } from "@durablec/grammar";
import { describe, expect, it } from "vitest";
import { build, inStep } from "./build.ts";

const many = 10_000;

const deep: Readonly<Record<string, string>> = {
  brackets: "[".repeat(many) + "]".repeat(many),
  parentheses: `${"(".repeat(many)}1${")".repeat(many)}`,
  maps: `${"%{a: ".repeat(many)}1${"}".repeat(many)}`,
  calls: `${"f(".repeat(many)}1${")".repeat(many)}`,
  "functions in functions": `${"fn -> ".repeat(many)}1${" end".repeat(many)}`,
  interpolations: `${'"#{'.repeat(many)}1${'}"'.repeat(many)}`,
  blocks: `${"if true do ".repeat(many)}1${" end".repeat(many)}`,
  "calls without parentheses": `${"f ".repeat(many)}1`,
  signs: `${"- ".repeat(many)}1`,
  sums: `${"1 + ".repeat(many)}1`,
  lists: `${"[1] ++ ".repeat(many)}[]`,
  fields: `data${".a".repeat(many)}`,
  accesses: `data${"[:a]".repeat(many)}`,
  pipes: `1${" |> f()".repeat(many)}`,
  matches: `${"a = ".repeat(many)}1`,
  "open brackets": "[".repeat(many),
  "closing brackets": "]".repeat(many),
  "open blocks": "if true do ".repeat(many),
  "stray ends": "end ".repeat(many),
};

describe("what nests beyond reason", () => {
  for (const [name, text] of Object.entries(deep)) {
    it(`is reported and does not exhaust the stack: ${name}`, () => {
      expect(build(inStep(text)).diagnostics.length).toBeGreaterThan(0);
    });
  }

  it("leaves a hundred levels alone", () => {
    const nested = "[".repeat(100) + "]".repeat(100);
    expect(build(inStep(`{:ok, %{list: ${nested}}}`)).reports).toEqual([]);
  });
});

describe("the work done", () => {
  const step = (n: number) =>
    `  step :s${n}, fn data ->\n    {:ok, assign(data, :k${n}, [1, "a#{data.b}", %{c: n + 1}])}\n  end\n`;
  const program = (steps: number) =>
    `workflow "w" do\n${Array.from({ length: steps }, (_, n) => step(n)).join("\n")}end\n`;

  it("grows with the text", () => {
    const [few, more] = [50, 500].map((steps) => parseFile(program(steps)));
    const perStep = (few?.tokens.length ?? 0) / 50;
    expect((more?.tokens.length ?? 0) / 500).toBeCloseTo(perStep, 0);
    expect(more?.errors).toEqual([]);
  });
});
