/** The types of tokens and the lexer's modes, built from the token table once. */
import { interpolationStart, sigilDelimiters, textDelimiters, textTokens } from "./texts.ts";
import { Token, TokenType } from "./token.ts";
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

function define(name: string, doc: string | null, kinds: readonly string[]): void {
  byName.set(name, new TokenType(byName.size, name, doc, kinds.map(token)));
}

/** The token type of that name in the table, or of a category. */
export function token(name: string): TokenType {
  const found = byName.get(name);
  if (!found) throw new Error(`internal error: there is no token named ${name}`);
  return found;
}

/** The lexer's modes: `code`, and one for each way to write text. */
export const modes: Readonly<Record<string, readonly TokenRow[]>> = {
  code: codeTokens,
  ...Object.fromEntries(
    [...textDelimiters, ...sigilDelimiters].map((row) => [row.mode, [...textTokens(row), interpolationStart]]),
  ),
};

for (const category of categoryNames) define(category, null, []);
/** Tokens that no text produces: the passes after the lexer make them. */
define("Separator", null, []);
define("Broken", null, ["Literal"]);
/** Begins a text that turns out to be a key. */
define("KeyTextStart", null, ["TextStart"]);
define("End of text", null, []);
for (const rows of Object.values(modes)) {
  for (const { name, doc, categories = [] } of rows) if (!byName.has(name)) define(name, doc, categories);
}

/** What stands after the last token. */
export const endOfText = new Token(token("End of text"), "", Number.NaN, Number.NaN, Number.NaN);

/** All ids of types are below this. */
export const typeCount = byName.size;

/** The ids of the types that a name stands for: one, or all of a kind. */
export function idsOf(name: string): readonly number[] {
  const type = token(name);
  return [...byName.values()].filter((other) => other === type || other.kinds.includes(type)).map(({ id }) => id);
}

/** A token as messages call it. */
export function labelOf(name: string): string {
  return token(name).doc ?? name;
}
