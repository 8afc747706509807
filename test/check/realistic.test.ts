import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lineAt } from "./lines.ts";
import { checkText, emitted } from "./program.ts";

const folder = join(import.meta.dirname, "realistic");

test.each(readdirSync(folder))("%s, a workflow as people write them, gives no false alarm", (name) => {
  const { diagnostics } = checkText(readFileSync(join(folder, name), "utf8"), name);
  expect(diagnostics.map(({ code, message, location }) => `${lineAt(location)}: ${code}: ${message}`)).toEqual([]);
});

const mailer = `export async function deliver(_to: string, _text: string): Promise<boolean> { return true; }
export function sendPaymentFailure(_to: unknown): unknown { return null; }
`;

test("what they become passes tsc --strict", async () => {
  const target = mkdtempSync(join(import.meta.dirname, "emitted-"));
  try {
    writeFileSync(join(target, "mailer.ts"), mailer);
    writeFileSync(join(target, "tsconfig.json"), '{ "extends": "../../../tsconfig.json", "include": ["."] }');
    for (const name of readdirSync(folder)) {
      const code = await emitted(readFileSync(join(folder, name), "utf8"), name);
      const here = code.replaceAll(/from ".*mailer"/g, 'from "./mailer.js"');
      writeFileSync(join(target, name.replace(/durable$/, "ts")), here);
    }
    const tsc = join(import.meta.dirname, "../../node_modules/typescript7/bin/tsc");
    expect(execFileSync(process.execPath, [tsc, "-p", target, "--noEmit"], { encoding: "utf8" })).toBe("");
  } finally {
    rmSync(target, { recursive: true });
  }
});
