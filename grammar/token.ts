/** Tokens and their types. */

export class TokenType {
  constructor(
    /** From 0, without gaps, for tables by type. */
    readonly id: number,
    readonly name: string,
    /** What it is, as a noun phrase that messages can use; kinds and tokens that no text produces have none. */
    readonly doc: string | null,
    /** What it may stand for besides itself. */
    readonly kinds: readonly TokenType[],
  ) {}
}

/** A piece of the text; lines and columns are from 1. */
export class Token {
  constructor(
    readonly tokenType: TokenType,
    readonly image: string,
    readonly startOffset: number,
    readonly startLine: number,
    readonly startColumn: number,
  ) {}
}

/** Whether a token is of a type, or of a kind. */
export function isA({ tokenType }: Token, type: TokenType): boolean {
  return tokenType === type || tokenType.kinds.includes(type);
}

export function endOf({ startOffset, image }: Token): number {
  return startOffset + image.length;
}

/** The line of its last character. */
export function lastLineOf({ startLine, image }: Token): number {
  return startLine + image.slice(0, -1).split("\n").length - 1;
}

/** The same piece of text as something else. */
export function retyped({ image, startOffset, startLine, startColumn }: Token, type: TokenType): Token {
  return new Token(type, image, startOffset, startLine, startColumn);
}
