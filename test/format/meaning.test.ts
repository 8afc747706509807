/**
 * Formatting changes how a program looks and nothing else: the tree stays, comments stay, and what is formatted formats to
 * itself. A failure prints the seed; `FORMAT_SEED=… FORMAT_RUNS=…` repeats it or searches longer.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseFile } from "@durablec/grammar";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { format } from "../../compiler/format/format.ts";
import { bodyText } from "../machine/split/grammar.ts";
import { corpusSources } from "../syntax/corpus.ts";
import { expressionText } from "../syntax/generate.ts";
import { disturbed } from "./disturb.ts";
import { treeOf } from "./tree.ts";

const seed = Number(process.env.FORMAT_SEED ?? 7);
/** A thousand programs in all take their time on a busy machine. */
const slow = { timeout: 600_000 };
const numRuns = Number(process.env.FORMAT_RUNS ?? 340);

/** What a source becomes; null when it has syntax errors and is left alone. */
function formatted(text: string, lineWidth = 98): string | null {
  const result = format(text, { lineWidth });
  return result.ok ? result.text : null;
}

function commentsOf(text: string): readonly string[] {
  return parseFile(text)
    .comments.map(({ image }) => image.replace(/^#+\s*/, "").trimEnd())
    .sort();
}

function expectSame(text: string, lineWidth?: number): void {
  const once = formatted(text, lineWidth);
  if (once === null) return;
  expect(treeOf(once)).toBe(treeOf(text));
  expect(commentsOf(once)).toEqual(commentsOf(text));
  expect(formatted(once, lineWidth)).toBe(once);
}

const repository = execFileSync("git", ["ls-files", "*.durable"], { encoding: "utf8" }).trim().split("\n");

describe("a formatted source has the same tree and comments, and formats to itself", () => {
  it.each(repository)("%s", (path) => {
    const text = readFileSync(path, "utf8");
    expectSame(text);
    expectSame(text, 40);
  });

  it("the syntax corpus", () => {
    for (const text of corpusSources()) expectSame(text);
  });

  const programs = bodyText.map((body) => `workflow "w" do\nstep :s, fn data ->\n${body}\nend\nend\n`);
  const operations = expressionText.map((text) => `def f(data) do\n${text}\nend\n`);

  it("generated bodies, at any line width", slow, async () => {
    const property = fc.property(programs, fc.constantFrom(98, 60, 30), (text, width) => {
      expect(formatted(text)).not.toBeNull();
      expectSame(text, width);
    });
    await fc.assert(property, { seed, numRuns });
  });

  it("generated operations", slow, async () => {
    await fc.assert(
      fc.property(operations, (text) => expectSame(text)),
      { seed, numRuns },
    );
  });

  it("generated bodies with lines broken and comments put in anywhere", slow, async () => {
    const property = fc.property(disturbed(programs), (text) => {
      const once = formatted(text);
      expect(once).not.toBeNull();
      expect(treeOf(once!)).toBe(treeOf(text));
      expect(commentsOf(once!)).toEqual(commentsOf(text));
    });
    await fc.assert(property, { seed, numRuns });
  });
});

describe("what nests beyond reason", () => {
  const many = 10_000;
  const sources = {
    brackets: `${"[".repeat(120)}1${"]".repeat(120)}`,
    functions: `${"fn -> ".repeat(100)}1${" end".repeat(100)}`,
    sums: `${"a + ".repeat(900)}1`,
    "sums of blocks": `${"f(fn -> a\nb end) + ".repeat(900)}1`,
    pipes: `a${" |> f()".repeat(900)}`,
    fields: `data${".a".repeat(400)}`,
    "long lists": `[${"1, ".repeat(many)}1]`,
    "long texts": `"${"a\n".repeat(many)}"`,
  };

  it.each(Object.entries(sources))("does not exhaust the stack: %s", (_, source) => {
    expect(formatted(`def f(data) do\n${source}\nend\n`)).not.toBeNull();
  });
});
