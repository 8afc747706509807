import { describe, expect, it } from "vitest";
import { DiagnosticBag } from "../../compiler/diagnostics/bag.ts";
import * as rules from "../../compiler/diagnostics/catalog/config.ts";
import type { AnyRule } from "../../compiler/diagnostics/catalog/index.ts";
import type { Severity } from "../../compiler/diagnostics/diagnostic.ts";
import { readConfig } from "../../compiler/project/read-config.ts";
import type { SourceText } from "../../compiler/source/source.ts";

const known = [anyRule("timeout/missing", "warning"), anyRule("ref/collision", "error")];

function anyRule(code: string, severity: Severity): AnyRule {
  return { ...rules.invalidJson, code, severity };
}

function read(text: string) {
  const source: SourceText = { path: "durable.config.json", text };
  const bag = new DiagnosticBag();
  const config = readConfig(source, "/app/durable.config.json", known, bag);
  const found = bag.sorted().map(({ code, message, help, location: { span } }) => ({
    code,
    message,
    help,
    at: text.slice(span.start, span.end),
  }));
  return { config, found };
}

describe("durable.config.json", () => {
  it("says where TypeScript modules are, how severe rules are, and where to build", () => {
    const { config, found } = read(`{
      // the app's own code
      "modules": { "Mailer": "./src/mailer.ts" },
      "rules": { "timeout/missing": "error" },
      "out": "lib",
      "root": "src",
    }`);
    expect(found).toEqual([]);
    expect(config).toEqual({
      folder: "/app",
      modules: { Mailer: "./src/mailer.ts" },
      rules: { "timeout/missing": "error" },
      strict: false,
      out: "lib",
      root: "src",
    });
  });

  it("reports a value of the wrong kind at the value", () => {
    expect(read(`{ "strict": "yes", "modules": { "Mailer": 1 } }`).found).toMatchObject([
      { code: "config/invalid-value", message: "`strict` must be `true` or `false`.", at: `"yes"` },
      { code: "config/invalid-value", message: "`Mailer` must be a text.", at: "1" },
    ]);
  });

  it("lists the severities where it meets another", () => {
    expect(read(`{ "rules": { "timeout/missing": "fatal" } }`).found).toMatchObject([
      { message: '`timeout/missing` must be "error", "warning" or "off".', at: `"fatal"` },
    ]);
  });

  it("reports an option that does not exist at its name, with the one that was meant", () => {
    expect(read(`{ "modul": {} }`).found).toMatchObject([
      { code: "config/unknown-option", at: `"modul"`, help: "Did you mean `modules`?" },
    ]);
  });

  it("reports a file that is not an object", () => {
    expect(read(`[]`).found).toMatchObject([{ message: "`durable.config.json` must be an object." }]);
    expect(read(``).found).toMatchObject([{ code: "config/invalid-json" }]);
  });
});

describe("the catalog's examples of configurations", () => {
  it.each(Object.values(rules).map((rule) => [rule.code, rule] as const))("%s", (code, { bad, good }) => {
    expect(read(bad).found.map((entry) => entry.code)).toEqual([code]);
    expect(read(good).found).toEqual([]);
  });
});
