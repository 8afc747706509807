/** Colours text with the TextMate grammar by the engine of VS Code. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { textMateGrammar } from "../../../grammar/index.ts";

/** A stretch of one line that has one list of scopes, outermost first; offsets into the whole text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
}

async function loadGrammar(): Promise<textmate.IGrammar> {
  const { buffer } = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(JSON.stringify(textMateGrammar()), "durable.tmLanguage.json"),
  });
  return (await registry.loadGrammar("source.durable"))!;
}

const grammar = await loadGrammar();

export function textMateStretches(text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let state = textmate.INITIAL;
  let offset = 0;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    for (const { startIndex, endIndex, scopes } of tokens) {
      stretches.push({ start: offset + startIndex, end: offset + Math.min(endIndex, line.length), scopes });
    }
    state = ruleStack;
    offset += line.length + 1;
  }
  return stretches;
}
