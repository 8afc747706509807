/**
 * Mutated sources: whatever is done to a text, building its tree neither throws nor forgets to report. A failure prints
 * the seed; `FUZZ_SEED=… FUZZ_RUNS=…` repeats it or searches longer.
 */
import { expect, it } from "vitest";
import { visit } from "../../compiler/ast/walk.ts";
import { build } from "./build.ts";
import { mutated } from "./mutated.ts";

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const runs = Number(process.env.FUZZ_RUNS ?? 300);

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
    const text = mutated(seed + run);
    try {
      check(text);
    } catch (error) {
      throw new Error(`seed ${seed + run}:\n${text}`, { cause: error });
    }
  }
}, 3_600_000);
