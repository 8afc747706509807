import { describe, expect, test } from "vitest";
import { type AnyRule, families } from "../../compiler/diagnostics/catalog/index.ts";
import { compileCheck } from "./program.ts";

/** Families whose examples are `.durable` sources that the whole check judges. */
const judged = ["flow", "name", "ref", "saga", "schedule", "syntax", "timeout", "type"] as const;

describe.each(judged)("%s", (family) => {
  const rules = Object.values(families[family]);

  test.each(rules.map((rule) => [rule.code, rule] as const))("%s: the bad source yields exactly this", (code, rule) => {
    expect(codesIn(rule.bad, rule)).toEqual([code]);
  });

  test.each(rules.map((rule) => [rule.code, rule] as const))("%s: the good source yields nothing", (_code, rule) => {
    expect(codesIn(rule.good, rule)).toEqual([]);
  });
});

function codesIn(text: string, { code: own, severity }: AnyRule): string[] {
  const codes = compileCheck(text, severity === "off" ? [own] : []).map(({ code }) => code);
  return [...new Set(codes)];
}
