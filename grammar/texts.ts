/** The tokens of texts: strings, heredocs, quoted atoms and keys, sigils. Each delimiter that interpolates is a mode. */
import type { TokenRow } from "./tokens.ts";

/** One way to write text: its delimiters, and the mode that reads what is between them. */
export interface TextRow {
  readonly mode: string;
  readonly opening: string;
  readonly closing: string;
}

/** What may stand around a text or a sigil; heredocs first, as `"""` begins with `"`. */
export const textDelimiters: readonly TextRow[] = [
  { mode: "heredoc", opening: '"""', closing: '"""' },
  { mode: "quoted", opening: '"', closing: '"' },
];

export const sigilDelimiters: readonly TextRow[] = [
  { mode: "sigil_heredoc", opening: '"""', closing: '"""' },
  { mode: "sigil_quoted", opening: '"', closing: '"' },
  { mode: "parens", opening: "(", closing: ")" },
  { mode: "brackets", opening: "[", closing: "]" },
  { mode: "braces", opening: "{", closing: "}" },
  { mode: "angles", opening: "<", closing: ">" },
  { mode: "slashes", opening: "/", closing: "/" },
  { mode: "bars", opening: "|", closing: "|" },
  { mode: "apostrophes", opening: "'", closing: "'" },
];

const plainText = '"(?:[^"\\\\#]|\\\\[\\s\\S]|#(?!\\{))*"';

export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Upper-case sigils take their text as it is, so one token holds the whole. */
function rawSigilPattern(): RegExp {
  const bodies = sigilDelimiters.map(({ opening, closing }) => {
    const end = escaped(closing);
    return closing.length > 1
      ? `${escaped(opening)}[\\s\\S]*?${end}`
      : `${escaped(opening)}(?:[^\\\\${end}]|\\\\[\\s\\S])*${end}`;
  });
  return new RegExp(`~[A-Z](?:${bodies.join("|")})[a-zA-Z]*`);
}

/** What begins a text, or is one. */
export const textRows: readonly TokenRow[] = [
  {
    name: "Charlist",
    pattern: /'''[\s\S]*?'''|'(?:[^'\\]|\\[\s\S])*'/,
    scope: "string.quoted.single",
    doc: "a charlist",
    categories: ["Literal"],
  },
  {
    name: "QuotedKey",
    pattern: new RegExp(`${plainText}:(?=\\s)`),
    scope: "constant.other.symbol",
    doc: "a quoted key",
    categories: ["KeyName"],
  },
  { name: "RawSigil", pattern: rawSigilPattern(), scope: "string.regexp", doc: "a sigil", categories: ["Literal"] },
  {
    name: "QuotedAtom",
    pattern: new RegExp(`:${plainText}`),
    scope: "constant.other.symbol",
    doc: "an atom",
    categories: ["Literal"],
  },
  {
    name: "AtomTextStart",
    pattern: ':"',
    scope: "constant.other.symbol",
    doc: "an atom",
    categories: ["TextStart"],
    push: "quoted",
  },
  ...sigilDelimiters.map(
    ({ mode, opening }): TokenRow => ({
      name: `SigilStart_${mode}`,
      pattern: new RegExp(`~[a-z]${escaped(opening)}`),
      scope: "string.other.sigil",
      doc: "a sigil",
      categories: ["TextStart"],
      push: mode,
    }),
  ),
  ...textDelimiters.map(
    ({ mode, opening }): TokenRow => ({
      name: `TextStart_${mode}`,
      pattern: opening,
      scope: "string.quoted.double",
      doc: "a string",
      categories: ["TextStart"],
      push: mode,
    }),
  ),
];

/** Tokens that occur in every text mode that has its closing delimiter. */
export const interpolationStart: TokenRow = {
  name: "InterpolationStart",
  pattern: "#{",
  scope: "punctuation.section.embedded",
  doc: "`#{`",
  push: "code",
};

/** Ends a text that was a key: `"a #{b}": 1`. */
const keyEnd: TokenRow = {
  name: "KeyTextEnd",
  pattern: /":(?=\s)/,
  scope: "constant.other.symbol",
  doc: "the end of a key",
  categories: ["TextEnd"],
  pop: true,
};

/** The tokens of one text mode: its end, what is interpolated, and the text between. */
export function textTokens({ mode, closing }: TextRow): readonly TokenRow[] {
  const first = escaped(closing.slice(0, 1));
  const notYetClosing = closing.length > 1 ? `|${first}(?!${escaped(closing.slice(1))})` : "";
  const modifiers = textDelimiters.some((row) => row.mode === mode) ? "" : "[a-zA-Z]*";
  return [
    ...(mode === "quoted" ? [keyEnd] : []),
    {
      name: `TextEnd_${mode}`,
      pattern: new RegExp(escaped(closing) + modifiers),
      scope: "string",
      doc: `\`${closing}\``,
      categories: ["TextEnd"],
      pop: true,
    },
    {
      name: `Text_${mode}`,
      pattern: new RegExp(`(?:[^\\\\#${first}]|\\\\[\\s\\S]|#(?!\\{)${notYetClosing})+`),
      scope: "string",
      doc: "text",
      categories: ["Text"],
    },
  ];
}
