/**
 * The cases: files of them, each a title between rules, a source, `---`, the source formatted. Files named
 * `expressions…` hold what stands in a function.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("cases/", import.meta.url);
const rule = "=".repeat(72);

export interface FormatCase {
  readonly file: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

export const cases: readonly FormatCase[] = readdirSync(folder)
  .sort()
  .flatMap((file) => casesIn(file, readFileSync(new URL(file, folder), "utf8")));

function casesIn(file: string, text: string): readonly FormatCase[] {
  const parts = text.split(`${rule}\n`).slice(1);
  const titles = parts.filter((_, index) => index % 2 === 0);
  return titles.map((title, index) => {
    const [before = "", after = ""] = (parts[2 * index + 1] ?? "").split("\n---\n");
    return { file, title: title.trim(), before, after: after.trimEnd() };
  });
}

/** The source as a whole file. */
export function wholeOf({ file, before }: Pick<FormatCase, "file" | "before">): string {
  return file.startsWith("expressions") ? `def f(data) do\n${before}\nend\n` : `${before}\n`;
}

/** What is shown of a whole file: of a function its inside. */
export function shownOf(file: string, whole: string): string {
  if (!file.startsWith("expressions")) return whole.trimEnd();
  const [, ...lines] = whole.trimEnd().split("\n");
  return lines
    .slice(0, -1)
    .map((line) => line.replace(/^ {2}/, ""))
    .join("\n");
}

/** Writes the cases back with other results. */
export function writeCases(all: readonly FormatCase[]): void {
  for (const file of new Set(all.map((each) => each.file))) {
    const texts = all
      .filter((each) => each.file === file)
      .map(({ title, before, after }) => `${rule}\n${title}\n${rule}\n${before}\n---\n${after}\n`);
    writeFileSync(new URL(file, folder), texts.join("\n"));
  }
}
