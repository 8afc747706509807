/**
 * Mutated sources: whatever is done to a text, building its tree neither throws nor forgets to report. A failure prints
 * the seed; `FUZZ_SEED=… FUZZ_RUNS=…` repeats it or searches longer.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { visit } from "../../compiler/ast/walk.ts";
import { build } from "./build.ts";
import { corpusSources } from "./corpus.ts";

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const runs = Number(process.env.FUZZ_RUNS ?? 300);

const folder = new URL("fixtures/seed/", import.meta.url);
const seeds = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
const sources = [...seeds, ...corpusSources()];

type Random = (below: number) => number;

/** The same numbers for the same seed. */
function randomFrom(start: number): Random {
  let state = start;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pieces = [
  ..."()[]{}\"'#:;,.|&@%^~\\?!=<>+-*/\n \t\0€",
  ...'#{ %{ -> <- => :: \\\\ |> """ ~r/ ~w( do end fn when not in else after <<'.split(" "),
  ..."step workflow branch parallel defmodule def @type @spec case if with for try 0x 1e 1.5 :a A.B".split(" "),
];

const mutations: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => splice(text, random(text.length + 1), 0, pieces[random(pieces.length)] ?? ""),
  (text, random) => splice(text, random(text.length + 1), 1 + random(8), ""),
  (text, random) => splice(text, random(text.length + 1), 1, pieces[random(pieces.length)] ?? ""),
  (text, random) => text.slice(0, random(text.length + 1)),
  (text, random) => {
    const from = random(text.length + 1);
    return splice(text, random(text.length + 1), 0, text.slice(from, from + random(60)));
  },
  (text, random) => {
    const lines = text.split("\n");
    lines.splice(random(lines.length), 1);
    return lines.join("\n");
  },
];

function splice(text: string, at: number, removed: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + removed);
}

function mutated(random: Random): string {
  let text = sources[random(sources.length)] ?? "";
  for (let count = 1 + random(4); count > 0; count--)
    text = mutations[random(mutations.length)]?.(text, random) ?? text;
  return text;
}

/** Something the tree calls invalid has been reported. */
function check(text: string): void {
  const { file, diagnostics } = build(text);
  for (const { location } of diagnostics) {
    expect(location.span.start).toBeGreaterThanOrEqual(0);
    expect(location.span.end).toBeGreaterThanOrEqual(location.span.start);
    expect(location.span.end).toBeLessThanOrEqual(text.length);
  }
  for (const module of file.modules) {
    visit(module, (node) => {
      if (node.kind.startsWith("invalid")) expect(diagnostics.length).toBeGreaterThan(0);
      return true;
    });
  }
}

it(`builds a tree of any text (seed ${seed}, ${runs} runs)`, () => {
  for (let run = 0; run < runs; run++) {
    const text = mutated(randomFrom(seed + run));
    try {
      check(text);
    } catch (error) {
      throw new Error(`seed ${seed + run}:\n${text}`, { cause: error });
    }
  }
}, 3_600_000);
