/** What is coloured as what: `cases/` holds sources with the scopes written under them, as VS Code's own tests do. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRegistryFromGrammars } from "vscode-tmgrammar-test/dist/common/index.js";
import { parseGrammarTestCase, runGrammarTestCase } from "vscode-tmgrammar-test/dist/unit/index.js";
import { textMateGrammar } from "../../../grammar/index.ts";

const folder = new URL("cases/", import.meta.url);

const registry = createRegistryFromGrammars([
  {
    grammar: { path: "durable.tmLanguage.json", scopeName: "source.durable" },
    content: JSON.stringify(textMateGrammar()),
  },
]);

describe("scopes", () => {
  it.each(readdirSync(folder))("%s", async (name) => {
    const source = readFileSync(new URL(name, folder), "utf8");
    const cases = parseGrammarTestCase(source);
    expect(cases.assertions.length).toBeGreaterThan(5);
    const failures = await runGrammarTestCase(registry, cases);
    const lines = source.split("\n");
    expect(failures.map(({ srcLine: _, ...failure }) => ({ ...failure, text: lines[failure.line] }))).toEqual([]);
  });
});
