/** A text, read: lexed, its lines joined, its blocks balanced, parsed. */
import type { CstNode, IToken } from "chevrotain";
import { balance } from "./balance.ts";
import { lex } from "./lexer.ts";
import { foldNewlines } from "./newlines.ts";
import type { Problem } from "./problems.ts";
import { parseTokens } from "./recovery.ts";

export interface ParsedFile {
  /** Null when the text is too broken to have a shape. */
  readonly cst: CstNode | null;
  /** As the parser saw them: ends of lines that mean nothing are gone. */
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  readonly errors: readonly Problem[];
}

/** Never throws; what is wrong is in `errors`, and what could not be read is a `Broken` token in the tree. */
export function parseFile(text: string): ParsedFile {
  const lexed = lex(text);
  const balanced = balance(foldNewlines(lexed.tokens), lexed.brokenLines, text);
  const parsed = parseTokens(balanced.tokens, text);
  const errors = [...lexed.problems, ...balanced.problems, ...parsed.problems];
  return { cst: parsed.cst, tokens: balanced.tokens, comments: lexed.comments, errors };
}
