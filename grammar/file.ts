/** A text, read: lexed, its lines joined, its blocks balanced, parsed. */
import type { IToken } from "chevrotain";
import { balance } from "./balance.ts";
import { lex } from "./lexer.ts";
import { foldNewlines } from "./newlines.ts";
import type { Problem } from "./problems.ts";
import { parseTokens } from "./recovery.ts";
import type { CstNode } from "./tree.ts";

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
  const found = [...lexed.problems, ...balanced.problems];
  const errors = [...found, ...withoutConsequences(parsed.problems, found, text)];
  return { cst: parsed.cst, tokens: balanced.tokens, comments: lexed.comments, errors };
}

/** What cannot be parsed on a line with a character or bracket too few or too many follows from that. */
function withoutConsequences(later: readonly Problem[], found: readonly Problem[], text: string): readonly Problem[] {
  const lines = new Set(
    found.filter(({ kind }) => !wholeBlock.has(kind)).map(({ place }) => lineAt(text, place.start)),
  );
  return lines.size === 0 ? later : later.filter(({ place }) => !lines.has(lineAt(text, place.start)));
}

const wholeBlock: ReadonlySet<Problem["kind"]> = new Set(["missingEnd", "missingDo", "strayEnd", "tooDeep"]);

function lineAt(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
