/** What editors do while one types: brackets, comments, indentation, folding. In the form of VS Code, which Monaco shares. */
import { reservedWords, sectionWords } from "../words.ts";

type Pair = readonly [opening: string, closing: string];

/** VS Code's `language-configuration.json`; patterns are text, as JSON has no other way. */
export interface LanguageConfiguration {
  readonly comments: { readonly lineComment: string };
  readonly brackets: readonly Pair[];
  readonly autoClosingPairs: readonly {
    readonly open: string;
    readonly close: string;
    readonly notIn: readonly string[];
  }[];
  readonly surroundingPairs: readonly Pair[];
  readonly wordPattern: string;
  readonly folding: { readonly offSide: boolean; readonly markers: { readonly start: string; readonly end: string } };
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
}

const brackets: readonly Pair[] = [
  ["{", "}"],
  ["[", "]"],
  ["(", ")"],
];

const quotes: readonly Pair[] = [
  ['"', '"'],
  ["'", "'"],
];

const sections = Object.values(sectionWords).join("|");
const comment = "\\s*(?:#.*)?$";

export function languageConfiguration(): LanguageConfiguration {
  const heredoc: Pair = ['"""', '"""'];
  return {
    comments: { lineComment: "#" },
    brackets,
    autoClosingPairs: [heredoc, ...brackets, ...quotes].map(([open, close]) => ({
      open,
      close,
      notIn: brackets.some(([each]) => each === open) ? ["comment"] : ["comment", "string"],
    })),
    surroundingPairs: [...brackets, ...quotes],
    wordPattern: "[a-zA-Z_][a-zA-Z0-9_]*[?!]?",
    folding: { offSide: false, markers: { start: "^\\s*#\\s*region\\b", end: "^\\s*#\\s*endregion\\b" } },
    indentationRules: {
      increaseIndentPattern: `^\\s*(?!#).*(?:\\b${reservedWords.Do}|\\b${reservedWords.Fn}\\b.*->|->|^\\s*(?:${sections}))${comment}`,
      decreaseIndentPattern: `^\\s*(?:${reservedWords.End}|${sections})\\b`,
    },
  };
}
