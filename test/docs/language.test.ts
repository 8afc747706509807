/** docs/language.md is true: its code compiles, what it says is left out is refused so, its table of differences is whole. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkProject } from "durablec";
import { afterAll, describe, expect, test } from "vitest";
import { differences } from "../prelude/elixir/differences.ts";
import { compileText } from "../support/compile.ts";

const page = readFileSync(new URL("../../docs/language.md", import.meta.url), "utf8");

// Within the repository, so that the TypeScript of the page finds the packages it imports.
const folder = mkdtempSync(join(fileURLToPath(new URL(".", import.meta.url)), "page-"));
afterAll(() => rmSync(folder, { recursive: true }));

function blocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, text = ""]) => text);
}

/** The rows of the table under a heading, by cell. */
function rows(heading: string): string[][] {
  const [section = ""] = page.slice(page.indexOf(`## ${heading}\n`)).split(/\n## /);
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(1).map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
}

describe("docs/language.md", () => {
  test("code on the page has nothing that the compiler would report", async () => {
    for (const text of blocks("ts")) writeFileSync(join(folder, /^\/\/ (\S+)/.exec(text)![1]!), text);
    const paths = blocks("elixir").map((text, index) => {
      const path = join(folder, `block_${index}.durable`);
      writeFileSync(path, text);
      return path;
    });
    expect(paths.length).toBeGreaterThan(5);
    const { diagnostics } = await checkProject({ paths: [folder], cwd: folder });
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  });

  test.each(Object.entries(differences))("names why this differs from Elixir: %s", (_, reason) => {
    expect(rows("Differences from Elixir").map(([, , , because]) => because)).toContain(reason);
  });

  test.each(rows("What is left out").map(([, elixir, error]) => [elixir!, error!] as const))(
    "%s is refused as %s",
    async (elixir, error) => {
      const { diagnostics } = await compileText(moduleWith(elixir.replaceAll("`", "").replaceAll("\\|", "|")));
      expect(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => `\`${code}\``)).toEqual([
        error,
      ]);
    },
  );
});

function moduleWith(code: string): string {
  const belongsToModule = /^(def|@)/.test(code);
  const body = belongsToModule ? `  ${code}\n` : `  def run() do\n    ${code}\n  end\n`;
  return `defmodule App.Page do\n  use Durable\n${body}end\n`;
}
