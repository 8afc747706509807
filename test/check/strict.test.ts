/**
 * What checks without errors becomes TypeScript that passes `tsc --strict`: the realistic workflows, and those cases in
 * which types are declared, for of the others TypeScript is told nothing.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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

/** By file; sources with errors become nothing. */
async function write(target: string): Promise<number> {
  let count = 0;
  for (const [index, text] of sources.entries()) {
    const code = await emitted(text, `source${index}.durable`);
    if (code === null) continue;
    writeFileSync(join(target, `source${index}.ts`), code.replaceAll(/from ".*mailer"/g, 'from "./mailer.js"'));
    count++;
  }
  writeFileSync(join(target, "mailer.ts"), mailer);
  writeFileSync(join(target, "tsconfig.json"), '{ "extends": "../../../tsconfig.json", "include": ["."] }');
  return count;
}

test("what checks without errors passes tsc --strict", { timeout: 120_000 }, async () => {
  const target = mkdtempSync(join(import.meta.dirname, "emitted-"));
  try {
    expect(await write(target)).toBe(sources.length);
    const tsc = join(import.meta.dirname, "../../node_modules/typescript7/bin/tsc");
    expect(spawnSync(process.execPath, [tsc, "-p", target, "--noEmit"], { encoding: "utf8" }).stdout).toBe("");
  } finally {
    rmSync(target, { recursive: true });
  }
});
