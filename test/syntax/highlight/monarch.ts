/** Colours text with the Monarch grammar by the engine of the Monaco editor. */
import { compile } from "monaco-editor-core/esm/vs/editor/standalone/common/monarch/monarchCompile.js";
import { MonarchTokenizer } from "monaco-editor-core/esm/vs/editor/standalone/common/monarch/monarchLexer.js";
import { monarchGrammar } from "../../../grammar/index.ts";
import type { Stretch } from "./textmate.ts";

const languages = { isRegisteredLanguageId: () => false, languageIdCodec: { encodeLanguageId: () => 0 } };
const settings = { getValue: () => 20_000, onDidChangeConfiguration: () => ({ dispose() {} }) };

const tokenizer = new MonarchTokenizer(
  languages,
  {},
  "durable",
  compile("durable", JSON.parse(JSON.stringify(monarchGrammar()))),
  settings,
);

export function monarchStretches(text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let state = tokenizer.getInitialState();
  let offset = 0;
  for (const line of text.split("\n")) {
    const { tokens, endState } = tokenizer.tokenize(line, true, state);
    tokens.forEach(({ offset: start, type }, index) => {
      const end = tokens[index + 1]?.offset ?? line.length;
      stretches.push({ start: offset + start, end: offset + end, scopes: [type] });
    });
    state = endState;
    offset += line.length + 1;
  }
  return stretches;
}
