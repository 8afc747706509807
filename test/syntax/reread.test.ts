/**
 * A tree that was read again in part is the tree of the whole text. A failure prints the seed; `FUZZ_SEED=… FUZZ_RUNS=…`
 * repeats it or searches longer.
 */
import { describe, expect, it } from "vitest";
import { rereadFile } from "../../compiler/ast/reread/reread.ts";
import { build } from "./build.ts";
import { edited, type Random, randomFrom, sources } from "./mutated.ts";

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const runs = Number(process.env.FUZZ_RUNS ?? 400);
const path = "test_flow.durable";

/** Whether it could be read again in part. */
function check(before: string, now: string): boolean {
  const { file, diagnostics } = build(before, path);
  const again = diagnostics.length === 0 ? rereadFile(file, { path, text: now }) : null;
  if (again) {
    const { file: whole, diagnostics: found } = build(now, path);
    expect([again, []]).toEqual([whole, found]);
  }
  return again !== null;
}

/** Edits that leave most texts without fault, and others that do so rarely. */
const edits: readonly ((text: string, random: Random) => string)[] = [
  edited,
  (text, random) => changedLine(text, random, (line) => `${line}\n  # A remark.`),
  (text, random) => changedLine(text, random, (line) => line.replace("data", "data.more")),
  (text, random) => changedLine(text, random, (line) => line.replace(/"\w+"/, '"a #{1 + 2}"')),
];

function changedLine(text: string, random: Random, change: (line: string) => string): string {
  const lines = text.split("\n");
  const at = random(lines.length);
  return [...lines.slice(0, at), change(lines[at]!), ...lines.slice(at + 1)].join("\n");
}

it(`whatever the edit (seed ${seed}, ${runs} runs)`, () => {
  // In short ones, nothing stands beside what is edited.
  const long = sources.filter((text) => text.split("\n").length > 15);
  const faultless = long.filter((text) => build(text, path).diagnostics.length === 0);
  let partly = 0;
  for (let run = 0; run < runs; run++) {
    const random = randomFrom(seed + run);
    const before = faultless[random(faultless.length)]!;
    const now = edits[random(edits.length)]!(before, random);
    try {
      if (check(before, now)) partly++;
    } catch (error) {
      throw new Error(`seed ${seed + run}:\n${before}\n=====\n${now}`, { cause: error });
    }
  }
  expect(partly).toBeGreaterThan(runs / 5);
}, 3_600_000);

const text = `# A shop.
defmodule Shop do
  use Durable

  # Steps.
  workflow "shop" do
    step :first, fn data ->
      # Adds.
      {:ok, %{a: data.x}}
    end

    branch on: fn data -> data.a end do
      1 ->
        step :inner, fn _data ->
          {:ok, %{b: __MODULE__}}
        end
    end
  end

  @doc "Twice."
  defp twice(x) do
    x * 2
  end
end
`;

describe("an edit", () => {
  it.each([
    ["in a step", ":ok, %{a", ":ok, %{\n  abc"],
    ["in a step within a branch", "b: __MODULE__", "b: twice(2)"],
    ["in a function, which keeps its doc", "x * 2", "x * 4"],
    ["in a comment of a step", "# Adds.", "# Subtracts.\n # More."],
  ])("%s is read alone", (_, from, to) => {
    expect(check(text, text.replace(from, to))).toBe(true);
  });

  it.each([
    ["in the first line of a step", "step :first", "step :other"],
    ["at the end of a step", "data.x}}\n    end", "data.x}}\n    end |> a"],
    ["between steps", "# Steps.", "# Stages."],
    ["that is a mistake", "x * 2", "x * "],
    ["that ends the step early", "{:ok, %{a: data.x}}", ":ok\n end\n step :more, fn data ->"],
    ["that leaves a text open", "data.x", '"data.x'],
  ])("%s is read with all the rest", (_, from, to) => {
    expect(check(text, text.replace(from, to))).toBe(false);
  });
});
