/**
 * The corpus: files of cases, each a title between rules, a source, `---`, the tree. Files named `expressions…` hold the
 * body of a function, all others whole files.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("corpus/", import.meta.url);
const rule = "=".repeat(72);

export interface Case {
  readonly title: string;
  readonly source: string;
  readonly tree: string;
}

export interface CorpusFile {
  readonly name: string;
  readonly cases: readonly Case[];
}

export function corpusFiles(): readonly CorpusFile[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, cases: casesOf(readFileSync(new URL(name, folder), "utf8")) }));
}

/** Every source, as a whole file. */
export function corpusSources(files: readonly CorpusFile[] = corpusFiles()): readonly string[] {
  return files.flatMap(({ name, cases }) => cases.map(({ source }) => wholeOf(name, source)));
}

export function holdsExpressions(name: string): boolean {
  return name.startsWith("expressions");
}

export function wholeOf(name: string, source: string): string {
  return holdsExpressions(name) ? `def f(data) do\n${source}\nend\n` : source;
}

function casesOf(text: string): readonly Case[] {
  const parts = text.split(`${rule}\n`).slice(1);
  const titles = parts.filter((_, index) => index % 2 === 0);
  return titles.map((title, index) => {
    const [source = "", tree = ""] = (parts[2 * index + 1] ?? "").split("\n---\n");
    return { title: title.trim(), source: source.trim(), tree: tree.trim() };
  });
}

/** Writes the cases back with other trees. */
export function writeCorpus({ name, cases }: CorpusFile): void {
  const texts = cases.map(({ title, source, tree }) => `${rule}\n${title}\n${rule}\n${source}\n---\n${tree}\n`);
  writeFileSync(new URL(name, folder), texts.join("\n"));
}
