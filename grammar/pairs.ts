/** What opens and what closes: brackets, blocks and interpolations, as one table for every pass that nests. */
import { createTokenInstance, type IToken, type TokenType } from "chevrotain";
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

export function opens({ tokenType }: IToken): boolean {
  return closers.has(tokenType);
}

export function closes({ tokenType }: IToken): boolean {
  return closing.has(tokenType);
}

/** True for what `end` closes. */
export function isBlock(opener: IToken): boolean {
  return closers.get(opener.tokenType) === end;
}

export function matches(opener: IToken, closer: IToken): boolean {
  return closers.get(opener.tokenType) === closer.tokenType;
}

/** A token that stands for what is missing: it has a place and no text. */
export function absent(type: TokenType, offset: number, line: number): IToken {
  return createTokenInstance(type, "", offset, offset - 1, line, line, 0, 0);
}

/** The missing closing token of `opener`, placed right after `previous`. */
export function closerAfter(opener: IToken, previous: IToken): IToken {
  const offset = previous.startOffset + previous.image.length;
  return absent(closers.get(opener.tokenType)!, offset, previous.endLine ?? 1);
}
