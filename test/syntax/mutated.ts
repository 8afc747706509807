/** Real sources with something done to them. */
import { readdirSync, readFileSync } from "node:fs";
import { corpusSources } from "./corpus.ts";

const folder = new URL("fixtures/seed/", import.meta.url);
const seeds = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
/** Those of the seed and the corpus. */
export const sources: readonly string[] = [...seeds, ...corpusSources()];

export type Random = (below: number) => number;

/** Mulberry32: the same numbers for the same seed, and quite others for the next. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
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

/** The text with one thing done to it. */
export function edited(text: string, random: Random): string {
  return mutations[random(mutations.length)]?.(text, random) ?? text;
}

/** A source of the corpus to which one to four things were done, the same for the same seed. */
export function mutated(seed: number): string {
  const random = randomFrom(seed);
  let text = sources[random(sources.length)] ?? "";
  for (let count = 1 + random(4); count > 0; count--) text = edited(text, random);
  return text;
}
