/**
 * The outside judge: where `elixir` is installed, its own parser reads what ours accepts. Skipped elsewhere; nothing else
 * depends on it.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { build } from "./build.ts";
import { corpusSources } from "./corpus.ts";
import { expressionText } from "./generate.ts";
import { mutated } from "./mutated.ts";
import { parenthesised } from "./parenthesised.ts";

const seed = Number(process.env.FUZZ_SEED ?? 1);
const runs = Number(process.env.FUZZ_RUNS ?? 2000);

const installed = spawnSync("elixir", ["--version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "durablec-elixir-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs Elixir code over numbered files and returns its lines of output. */
function elixir(code: string, texts: readonly string[]): readonly string[] {
  texts.forEach((text, index) => {
    writeFileSync(join(folder, `${index}.ex`), text);
  });
  const args = ["-e", code, folder, String(texts.length)];
  const output = execFileSync("elixir", args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C.UTF-8" } });
  return output.split("\n").filter((line) => line !== "");
}

const readsAll = `
[folder, count] = System.argv()
for index <- 0..(String.to_integer(count) - 1) do
  text = File.read!(Path.join(folder, "#{index}.ex"))
  case Code.string_to_quoted(text, emit_warnings: false) do
    {:ok, _} -> nil
    {:error, reason} -> IO.puts("#{index} #{inspect(reason)}")
  end
end
`;

function isAccepted(source: string): boolean {
  return build(source).reports.length === 0;
}

/** The sources that Elixir does not take, each under what it says. */
function refused(sources: readonly string[]): readonly string[] {
  return elixir(readsAll, sources).map((line) => `${line}\n${sources[Number.parseInt(line, 10)]}`);
}

/** Compares the trees of pairs: files 0 and 1, 2 and 3, and so on. */
const readsPairsAlike = `
[folder, count] = System.argv()
read = fn index -> Code.string_to_quoted(File.read!(Path.join(folder, "#{index}.ex")), emit_warnings: false) end
bare = fn {:ok, tree} -> Macro.postwalk(tree, fn
  {:__block__, _, [only]} -> only
  {name, _, args} -> {name, [], args}
  other -> other
end)
  error -> error
end
for index <- 0..(div(String.to_integer(count), 2) - 1) do
  if bare.(read.(2 * index)) != bare.(read.(2 * index + 1)), do: IO.puts(index)
end
`;

describe.skipIf(!installed)("Elixir's own parser", () => {
  it("accepts every corpus source that we accept", () => {
    expect(refused(corpusSources().filter(isAccepted))).toEqual([]);
  });

  it(`accepts every mutated source that we accept (seed ${seed}, ${runs} runs)`, () => {
    const texts = Array.from({ length: runs }, (_, run) => mutated(seed + run));
    expect(refused(texts.filter(isAccepted))).toEqual([]);
  });

  it("accepts every source of the repository", () => {
    const paths = execFileSync("git", ["ls-files", "*.durable"], { encoding: "utf8" }).trim().split("\n");
    const sources = paths.map((path) => readFileSync(path, "utf8"));
    expect(elixir(readsAll, sources).map((line) => `${paths[Number.parseInt(line, 10)]}: ${line}`)).toEqual([]);
  });

  it("groups operators and calls as we do", () => {
    const texts = fc.sample(expressionText, { numRuns: 300, seed: 7 });
    const pairs = texts.flatMap((text) => [text, parenthesised(text)]);
    const differing = elixir(readsPairsAlike, pairs).map((line) => texts[Number(line)] ?? "");
    const [shortest] = differing.toSorted((a, b) => a.length - b.length);
    expect(shortest).toBeUndefined();
  });
});
