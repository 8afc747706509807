/** Elixir's own formatter agrees: `mix format` of Elixir 1.14, as elixir/record.exs wrote it down. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { format } from "../../compiler/format/format.ts";
import { cases, wholeOf } from "./cases.ts";
import { differences } from "./elixir/differences.ts";

interface Recording {
  readonly cases: readonly { readonly file: string; readonly title: string; readonly formatted: string }[];
  readonly files: readonly {
    readonly path: string;
    /** Hashes of the source and, by line length, of what it becomes. */
    readonly source: string;
    readonly formatted: { readonly [lineWidth: string]: string };
  }[];
}

const recorded: Recording = JSON.parse(readFileSync(new URL("elixir/recorded.json", import.meta.url), "utf8"));

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function formatted(text: string, lineWidth?: number): string | null {
  const result = format(text, lineWidth === undefined ? {} : { lineWidth });
  return result.ok ? result.text : null;
}

describe("the cases", () => {
  it("are recorded, all of them", () => {
    const nameOf = (each: { readonly file: string; readonly title: string }) => `${each.file}: ${each.title}`;
    expect(recorded.cases.map(nameOf)).toEqual(cases.map(nameOf));
  });

  it.each(cases.map((each, index) => [each.title, each, recorded.cases[index]?.formatted] as const))(
    "come out as from Elixir's formatter, or are documented: %s",
    (title, each, theirs) => {
      const ours = formatted(wholeOf(each));
      if (differences.has(title)) expect(ours).not.toBe(theirs);
      else expect(ours).toBe(theirs);
    },
  );
});

describe("the sources of the repository come out as from Elixir's formatter, however long lines may get", () => {
  const files = recorded.files.map((file) => ({
    ...file,
    text: existsSync(file.path) ? readFileSync(file.path, "utf8") : "",
  }));

  for (const { path, source, text, formatted: theirs } of files) {
    // Changed since it was recorded, or left alone for its syntax errors: there is nothing to compare.
    it.skipIf(hash(text) !== source || !format(text).ok)(path, () => {
      const ours = Object.keys(theirs).map((length) => [length, hash(formatted(text, Number(length)) ?? "")]);
      expect(Object.fromEntries(ours)).toEqual(theirs);
    });
  }
});
