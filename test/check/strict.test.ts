/**
 * What checks without errors becomes TypeScript that passes `tsc --strict`: the realistic workflows, those cases in which
 * types are declared, and generated programs. `STRICT_SEED=… STRICT_RUNS=…` makes other programs, or more of them.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bodyText } from "../machine/split/grammar.ts";
import { moduleOf } from "../machine/split/module.ts";
import { splitCases } from "./literate.ts";
import { emitted } from "./program.ts";

const mailer = `export async function deliver(_to: string, _text?: string): Promise<boolean> { return true; }
export function find(id: string): { email: string } | null { return id === "" ? null : { email: id }; }
export function headers(): unknown { return null; }
export function sendPaymentFailure(_to: unknown): unknown { return null; }
`;

function filesIn(folder: string): string[] {
  const path = join(import.meta.dirname, folder);
  return readdirSync(path).map((name) => readFileSync(join(path, name), "utf8"));
}

const sources = [
  ...filesIn("realistic"),
  ...filesIn("cases").flatMap((text) =>
    splitCases(text).flatMap((example) => (isTyped(example.text) ? [example.text] : [])),
  ),
];

function isTyped(text: string): boolean {
  return /input: %|@spec/.test(text) && !text.includes("# error:");
}

const seed = Number(process.env.STRICT_SEED ?? 1);
const numRuns = Number(process.env.STRICT_RUNS ?? 16);
const generated = fc
  .sample(bodyText, { seed, numRuns })
  .map((body, index) => moduleOf([body], index % 2 === 0 ? "waiting" : "direct"));

/** By file; sources with errors become nothing. */
async function writeAll(texts: readonly string[], name: string, target: string): Promise<number> {
  let count = 0;
  for (const [index, text] of texts.entries()) {
    const code = await emitted(text, `${name}${index}.durable`);
    if (code === null) continue;
    writeFileSync(join(target, `${name}${index}.ts`), code.replaceAll(/from ".*mailer"/g, 'from "./mailer.js"'));
    count++;
  }
  return count;
}

async function write(target: string): Promise<void> {
  expect(await writeAll(sources, "source", target)).toBe(sources.length);
  // Some are refused, for the number of their states.
  expect(await writeAll(generated, "generated", target)).toBeGreaterThan(numRuns / 2);
  writeFileSync(join(target, "mailer.ts"), mailer);
  writeFileSync(join(target, "tsconfig.json"), '{ "extends": "../../../tsconfig.json", "include": ["."] }');
}

test("what checks without errors passes tsc --strict", { timeout: 120_000 + 2_000 * numRuns }, async () => {
  const target = mkdtempSync(join(import.meta.dirname, "emitted-"));
  try {
    await write(target);
    const tsc = join(import.meta.dirname, "../../node_modules/typescript7/bin/tsc");
    expect(spawnSync(process.execPath, [tsc, "-p", target, "--noEmit"], { encoding: "utf8" }).stdout).toBe("");
  } finally {
    rmSync(target, { recursive: true });
  }
});
