import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { differences, gaps } from "./elixir/differences.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";

/** What Elixir 1.14 said, as elixir/record.exs wrote it down. */
interface Recorded {
  readonly source: string;
  readonly value?: unknown;
  readonly error?: { readonly type: string; readonly message: string };
}

const folder = new URL("elixir/recorded/", import.meta.url);

function expected({ value, error }: Recorded): Evaluation {
  return error ? { kind: "raised", ...error } : { kind: "value", value };
}

describe.each(readdirSync(folder))("the cases of %s", async (name) => {
  const recorded: readonly Recorded[] = JSON.parse(readFileSync(new URL(name, folder), "utf8"));
  const results = await evaluate(recorded.map(({ source }) => source));
  const cases = recorded.map((entry, index) => [entry.source, expected(entry), results[index]] as const);

  const differs = (source: string) => source in differences || gaps.includes(source);

  test.each(cases.filter(([source]) => !differs(source)))("give what Elixir gives: %s", (_, wanted, result) => {
    expect(result).toEqual(wanted);
  });

  const documented = cases.filter(([source]) => differs(source));
  test.runIf(documented.length > 0).each(documented)("differ, as documented: %s", (_, wanted, result) => {
    expect(result).not.toEqual(wanted);
  });
});
