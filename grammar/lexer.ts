/**
 * Text to tokens. Nothing is thrown: characters that begin no token come back as problems, and the tokens around them are
 * kept. Spaces are gone; comments are set aside; each end of a line is still a token.
 */
import { type ILexingError, type IToken, Lexer } from "chevrotain";
import type { Problem } from "./problems.ts";
import { modes } from "./vocabulary.ts";

const lexer = new Lexer(
  { modes: { ...modes }, defaultMode: "code" },
  { ensureOptimizations: false, positionTracking: "full", skipValidations: true },
);

export interface Lexed {
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  readonly problems: readonly Problem[];
}

export function lex(text: string): Lexed {
  const { tokens, groups, errors } = lexer.tokenize(text);
  return { tokens, comments: groups.comments ?? [], problems: errors.map((error) => characterProblem(error, text)) };
}

function characterProblem({ offset, length }: ILexingError, text: string): Problem {
  const place = { start: offset, end: offset + length };
  return { kind: "character", place, text: text.slice(place.start, place.end) };
}
