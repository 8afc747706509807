import { describe, expect, test } from "vitest";
import { families } from "../../compiler/diagnostics/catalog/index.ts";
import { compileCheck } from "./program.ts";

/** Families whose examples are `.durable` sources that the whole check judges. */
const judged = ["flow", "name", "ref", "saga", "schedule", "syntax", "timeout", "type"] as const;

describe.each(judged)("%s", (family) => {
  const rules = Object.values(families[family]);

  test.each(rules.map((rule) => [rule.code, rule] as const))("%s: the bad source yields exactly this", (code, rule) => {
    expect(codesIn(rule.bad)).toEqual([code]);
  });

  test.each(rules.map((rule) => [rule.code, rule] as const))("%s: the good source yields nothing", (_code, rule) => {
    expect(codesIn(rule.good)).toEqual([]);
  });
});

function codesIn(text: string): string[] {
  const codes = compileCheck(text).map(({ code }) => code);
  return [...new Set(codes)];
}
