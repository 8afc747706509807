import { ebnf } from "@durablec/grammar";
import { describe, expect, it } from "vitest";

describe("the printed grammar", () => {
  const text = ebnf();
  const lines = text.split("\n").filter((line) => line.includes(" ::= "));
  const defined = new Set(lines.map((line) => line.slice(0, line.indexOf(" "))));

  it("begins with a file", () => {
    expect(lines[0]).toBe("file ::= [ moduleItem { SEPARATOR moduleItem } ]");
  });

  it("defines every rule it mentions", () => {
    const rules = lines.filter((line) => /^[a-z]/.test(line));
    const mentioned = rules.flatMap((line) => line.replace(/"[^"]*"/g, "").match(/\b[a-z]\w*/g) ?? []);
    expect(mentioned.filter((name) => !defined.has(name))).toEqual([]);
  });

  it("defines every kind of token its rules mention", () => {
    const rules = lines.filter((line) => /^[a-z]/.test(line));
    const mentioned = rules.flatMap((line) => line.match(/\b[A-Z]{2,}\b/g) ?? []);
    expect(mentioned.filter((name) => name !== "SEPARATOR" && !defined.has(name))).toEqual([]);
  });

  it("lists the operators from the loosest to the tightest", () => {
    expect(text.indexOf('"||" "or"')).toBeLessThan(text.indexOf('"&&" "and"'));
    expect(text.indexOf('"+" "-"')).toBeLessThan(text.indexOf('"*" "/"'));
  });
});
