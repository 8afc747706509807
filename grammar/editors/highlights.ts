/**
 * What editors colour in code, in the order it is tried: the token table, refined by what a word stands next to. Every rule
 * reads on from where the last one ended and looks ahead only, so that grammars which cannot look back can have it too.
 */

import { escaped } from "../texts.ts";
import { codeTokens, type TokenRow } from "../tokens.ts";
import { contextualWords, controlForms } from "../words.ts";

/** A pattern without flags. With several scopes, one for each group, and the groups make up the whole match. */
export interface Highlight {
  readonly match: string;
  readonly scopes: readonly string[];
}

const name = "[a-z_][a-zA-Z0-9_]*[?!]?";
const wordEnd = "(?![a-zA-Z0-9_?!])";
const atom = ":[a-zA-Z_][a-zA-Z0-9_@]*[?!]?";

/** Words that can be names declare when something is declared after them: `step :a`, but not `step + 1`. */
const declares = "(?=\\(|\\s+(?!(?:in|and|or|when|not)\\b)[:\"'a-zA-Z_~@])";

/** What can be a name is one where it is assigned to, passed on or part of an operation. */
const controls = "(?=\\(|\\s+(?!->)[^\\s=,)\\]}|.+*/<>]|\\s*$)";

const refinements: readonly Highlight[] = [
  { match: `\\b(?:${controlForms.join("|")})${wordEnd}${controls}`, scopes: ["keyword.control"] },
  {
    match: `(step|decision|compensate)([ \\t]+)(${atom})`,
    scopes: ["keyword.declaration", "", "constant.other.symbol entity.name.function.step"],
  },
  {
    match: `(defp?)([ \\t]+)(${name})`,
    scopes: ["keyword.declaration", "", "entity.name.function"],
  },
  { match: `(@)(${name})`, scopes: ["punctuation.definition.constant", "variable.other.constant"] },
  {
    match: `(&)(${name})(?=/[0-9])`,
    scopes: ["keyword.operator", "entity.name.function"],
  },
  {
    match: `(\\.)(${name})(?=\\(|/[0-9])`,
    scopes: ["punctuation.accessor", "entity.name.function"],
  },
  { match: `(\\.)(${name})`, scopes: ["punctuation.accessor", "variable.other.member"] },
];

const call: Highlight = { match: `${name}(?=\\()`, scopes: ["entity.name.function"] };

/** Texts, braces and comments nest or run over lines; each grammar has its own way to say so. */
const withRulesOfTheirOwn: ReadonlySet<string> = new Set([
  "Comment",
  "Charlist",
  "RawSigil",
  "MapStart",
  "BraceStart",
  "BraceEnd",
]);

/** The scope of a token's row. */
export function scopeOf(token: string): string {
  const row = codeTokens.find((each) => each.name === token);
  if (!row) throw new Error(`internal error: there is no token named ${token}`);
  return row.scope;
}

/** The pattern of a row, as text. Editors read one line at a time, without the end that is space to the lexer. */
function patternOf({ pattern }: TokenRow): string {
  return typeof pattern === "string" ? escaped(pattern) : pattern.source.replaceAll("(?=\\s)", "(?=\\s|$)");
}

function highlightOf(row: TokenRow): Highlight {
  const ends = row.word ? wordEnd : "";
  const declaring = row.name in contextualWords ? declares : "";
  return { match: `${row.word ? "\\b" : ""}${patternOf(row)}${ends}${declaring}`, scopes: [row.scope] };
}

/** Ranges begin with a dot as members do, so the operators made of dots come first. */
function isDots(row: TokenRow): boolean {
  return /^\.\.+$/.test(String(row.pattern));
}

const single = codeTokens.filter(
  (row) => row.scope !== "" && !row.categories?.includes("TextStart") && !withRulesOfTheirOwn.has(row.name),
);
const isKey = (row: TokenRow): boolean => row.categories?.includes("KeyName") ?? false;
const rows = single.filter((row) => !isKey(row) && !isDots(row));
const firstName = rows.findIndex((row) => row.name === "Identifier");

/** Keys, which come before texts and words: `"a b": 1`, `do: 1`. */
export const keyHighlights: readonly Highlight[] = single.filter(isKey).map(highlightOf);

/** What comes after keys, texts and braces. */
export const codeHighlights: readonly Highlight[] = [
  ...single.filter(isDots).map(highlightOf),
  ...refinements,
  ...rows.slice(0, firstName).map(highlightOf),
  call,
  ...rows.slice(firstName).map(highlightOf),
];
