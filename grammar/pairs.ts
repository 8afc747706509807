/** What opens and what closes: brackets, blocks and interpolations, as one table for every pass that nests. */
import { endOf, lastLineOf, Token, type TokenType } from "./token.ts";
import { token } from "./vocabulary.ts";

const table: readonly (readonly [opening: string, closing: string])[] = [
  ["ParenStart", "ParenEnd"],
  ["BracketStart", "BracketEnd"],
  ["BraceStart", "BraceEnd"],
  ["MapStart", "BraceEnd"],
  ["BinaryStart", "BinaryEnd"],
  ["InterpolationStart", "BraceEnd"],
  ["Do", "End"],
  ["Fn", "End"],
];

const closers: ReadonlyMap<TokenType, TokenType> = new Map(table.map(([from, to]) => [token(from), token(to)]));
const closing: ReadonlySet<TokenType> = new Set(closers.values());
const end = token("End");

export function opens({ tokenType }: Token): boolean {
  return closers.has(tokenType);
}

export function closes({ tokenType }: Token): boolean {
  return closing.has(tokenType);
}

/** True for what `end` closes. */
export function isBlock(opener: Token): boolean {
  return closers.get(opener.tokenType) === end;
}

export function matches(opener: Token, closer: Token): boolean {
  return closers.get(opener.tokenType) === closer.tokenType;
}

/** A token that stands for what is missing: it has a place and no text. */
export function absent(type: TokenType, offset: number, line: number): Token {
  return new Token(type, "", offset, line, 0);
}

/** The missing closing token of `opener`, placed right after `previous`. */
export function closerAfter(opener: Token, previous: Token): Token {
  return absent(closers.get(opener.tokenType)!, endOf(previous), lastLineOf(previous));
}
