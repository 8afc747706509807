/**
 * A tree that was read again in part is the tree of the whole text. A failure prints the seed; `FUZZ_SEED=… FUZZ_RUNS=…`
 * repeats it or searches longer.
 */
import { describe, expect, it } from "vitest";
import type { SourceFile } from "../../compiler/ast/nodes.ts";
import { readFile } from "../../compiler/ast/reread/read.ts";
import { rereadFile } from "../../compiler/ast/reread/reread.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { build } from "./build.ts";
import { edited, type Random, randomFrom, sources } from "./mutated.ts";

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const runs = Number(process.env.FUZZ_RUNS ?? 400);
const path = "test_flow.durable";

/** Whether it could be read again in part. */
function check(before: string, now: string): boolean {
  const again = rereadFile(readFile({ path, text: before }, null), { path, text: now });
  if (again) expectWhole(again.file, again.bag.sorted(), now);
  return again !== null;
}

function expectWhole(file: SourceFile, diagnostics: readonly Diagnostic[], text: string): void {
  const whole = build(text, path);
  expect([file, diagnostics]).toEqual([whole.file, whole.diagnostics]);
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

// In short ones, nothing stands beside what is edited.
const long = sources.filter((text) => text.split("\n").length > 15);

it(`whatever the edit (seed ${seed}, ${runs} runs)`, () => {
  let partly = 0;
  for (let run = 0; run < runs; run++) {
    const random = randomFrom(seed + run);
    const before = long[random(long.length)]!;
    const now = edits[random(edits.length)]!(before, random);
    try {
      if (check(before, now)) partly++;
    } catch (error) {
      throw new Error(`seed ${seed + run}:\n${before}\n=====\n${now}`, { cause: error });
    }
  }
  expect(partly).toBeGreaterThan(runs / 10);
}, 3_600_000);

it(`whatever the edits, one after another (seed ${seed}, ${runs} runs)`, () => {
  for (let run = 0; run < runs; run++) {
    const random = randomFrom(seed + run);
    const texts = [long[random(long.length)]!];
    let reading = readFile({ path, text: texts[0]! }, null);
    for (let count = 1 + random(5); count > 0; count--) {
      // Every third time, the last edit is taken back.
      const back = random(3) === 0 ? texts.at(-2) : undefined;
      texts.push(back ?? edits[random(edits.length)]!(texts.at(-1)!, random));
      try {
        reading = readFile({ path, text: texts.at(-1)! }, reading);
        expectWhole(reading.file, reading.bag.sorted(), texts.at(-1)!);
      } catch (error) {
        throw new Error(`seed ${seed + run}:\n${texts.join("\n=====\n")}`, { cause: error });
      }
    }
  }
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

function stepsOf({ modules }: SourceFile) {
  return modules.flatMap(({ items }) => items.flatMap((item) => (item.kind === "workflow" ? item.items : [])));
}

describe("an edit", () => {
  it.each([
    ["in a step", ":ok, %{a", ":ok, %{\n  abc"],
    ["in a step within a branch", "b: __MODULE__", "b: twice(2)"],
    ["in a function, which keeps its doc", "x * 2", "x * 4"],
    ["in a comment of a step", "# Adds.", "# Subtracts.\n # More."],
    ["that is a mistake", "x * 2", "x * "],
  ])("%s is read alone", (_, from, to) => {
    expect(check(text, text.replace(from, to))).toBe(true);
  });

  it.each([
    ["in the first line of a step", "step :first", "step :other"],
    ["at the end of a step", "data.x}}\n    end", "data.x}}\n    end |> a"],
    ["between steps", "# Steps.", "# Stages."],
    ["that ends the step early", "{:ok, %{a: data.x}}", ":ok\n end\n step :more, fn data ->"],
    ["that leaves a text open", "data.x", '"data.x'],
  ])("%s is read with all the rest", (_, from, to) => {
    expect(check(text, text.replace(from, to))).toBe(false);
  });

  it("of a mistake is read alone, until the mistake is mended", () => {
    const mistaken = text.replace("x * 2", "x * ");
    expect(check(mistaken, text.replace("x * 2", "x * 1 +"))).toBe(true);
    expect(check(mistaken, text)).toBe(true);
  });

  it("beside a mistake is read with all the rest", () => {
    const mistaken = text.replace("x * 2", "x * ");
    expect(check(mistaken, mistaken.replace("data.x", "data.y"))).toBe(false);
  });

  it("leaves what stands beside it the same objects, whichever way it is read", () => {
    const [before, after] = [text.replace("x * 2", "x * 3"), text.replace("step :first", "step :other")].map((now) => {
      const reading = readFile({ path, text }, null);
      const items = stepsOf(reading.file);
      const later = stepsOf(readFile({ path, text: now }, reading).file);
      return later.map((item, index) => item === items[index]);
    });
    expect([before, after]).toEqual([
      [true, true],
      [false, true],
    ]);
  });
});
