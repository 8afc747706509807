/** Chevrotain's token types, built from the token table once. */
import { createToken, EOF, type IToken, Lexer, type TokenType } from "chevrotain";
import { interpolationStart, sigilDelimiters, textDelimiters, textTokens } from "./texts.ts";
import { type Category, codeTokens, type TokenRow } from "./tokens.ts";

const categoryNames: readonly Category[] = [
  "Name",
  "Literal",
  "KeyName",
  "TextStart",
  "Text",
  "TextEnd",
  "BinaryOperator",
  "UnaryOperator",
  "Section",
];

const byName = new Map<string, TokenType>();

function abstract(name: string, parents: readonly string[] = []): void {
  byName.set(name, createToken({ name, pattern: Lexer.NA, categories: parents.map(token) }));
}

/** The token type of that name in the table, or of a category. */
export function token(name: string): TokenType {
  const found = byName.get(name);
  if (!found) throw new Error(`internal error: there is no token named ${name}`);
  return found;
}

/** True for patterns that can run over the end of a line, which Chevrotain must know to count lines. */
function spansLines(pattern: RegExp | string): boolean {
  return typeof pattern !== "string" && /\\n|\\s|\[\^(?!\\n)/.test(pattern.source);
}

function build(row: TokenRow): TokenType {
  const type = createToken({
    name: row.name,
    pattern: row.pattern,
    label: row.doc,
    line_breaks: spansLines(row.pattern),
    categories: (row.categories ?? []).map(token),
    ...(row.channel && { group: row.channel === "skip" ? Lexer.SKIPPED : "comments" }),
    ...(row.push && { push_mode: row.push }),
    ...(row.pop && { pop_mode: true }),
    ...(row.word && { longer_alt: token("Identifier") }),
  });
  byName.set(row.name, type);
  return type;
}

for (const category of categoryNames) abstract(category);
/** Tokens that no text produces: the passes after the lexer make them. */
abstract("Separator");
abstract("Broken", ["Literal"]);
/** Begins a text that turns out to be a key. */
abstract("KeyTextStart", ["TextStart"]);

build(codeTokens.find((row) => row.name === "Identifier")!);

const interpolation = build(interpolationStart);

/** The lexer's modes: `code`, and one for each way to write text. */
export const modes: Readonly<Record<string, TokenType[]>> = {
  code: codeTokens.map((row) => (row.name === "Identifier" ? token(row.name) : build(row))),
  ...Object.fromEntries(
    [...textDelimiters, ...sigilDelimiters].map((row) => [row.mode, [...textTokens(row).map(build), interpolation]]),
  ),
};

/** Every token type, for the parser. */
export const vocabulary: readonly TokenType[] = [...byName.values()];

/** What stands after the last token. */
export const endOfText: IToken = {
  tokenType: EOF,
  tokenTypeIdx: EOF.tokenTypeIdx!,
  image: "",
  startOffset: Number.NaN,
};

/** The numbers of the types of token that a name stands for: one, or all of a kind. */
export function idsOf(name: string): readonly number[] {
  const { tokenTypeIdx, categoryMatches = [] } = token(name);
  return [tokenTypeIdx!, ...categoryMatches];
}

/** A token as messages call it. */
export function labelOf(name: string): string {
  return token(name).LABEL ?? name;
}

/** All numbers of types are below this. */
export const typeCount = Math.max(...vocabulary.map(({ tokenTypeIdx }) => tokenTypeIdx!)) + 1;
