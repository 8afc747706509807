/**
 * Decides which ends of lines separate expressions, as Elixir does: one pass over the tokens, no look at the grammar.
 * Afterwards a `Separator` stands exactly where one expression ends and another may begin, never first or last in a
 * block, never two in a row.
 */
import { createTokenInstance, type IToken, type TokenType, tokenMatcher } from "chevrotain";
import { binaryOperators } from "./operators.ts";
import { token } from "./vocabulary.ts";

const separator = token("Separator");
const newline = token("Newline");
const semicolon = token("Semicolon");

const named = (...names: string[]): readonly TokenType[] => names.map(token);

/** After these a line cannot be over. */
const open = new Set([
  ...named("MapStart", "BraceStart", "ParenStart", "BracketStart", "BinaryStart", "InterpolationStart"),
  ...named("Do", "Fn", "Else", "Rescue", "After", "Catch"),
  ...named("Arrow", "FatArrow", "Comma", "Dot", "Not", "KeyTextEnd", "!", "^", "&", "At", "Percent"),
]);

/** Before these a line is not over. */
const closing = new Set([
  ...named("BraceEnd", "ParenEnd", "BracketEnd", "BinaryEnd", "Do", "End"),
  ...named("Else", "Rescue", "After", "Catch"),
]);

const leading = new Set(binaryOperators.filter((row) => row.leads).map((row) => row.symbol));

function continues(previous: IToken): boolean {
  const type = previous.tokenType;
  return open.has(type) || tokenMatcher(previous, token("BinaryOperator")) || tokenMatcher(previous, token("KeyName"));
}

function continued(next: IToken): boolean {
  return (
    closing.has(next.tokenType) ||
    next.tokenType.name === "Dot" ||
    (tokenMatcher(next, token("BinaryOperator")) && leading.has(next.image.replace(/\s+/, " ")))
  );
}

function isBreak(candidate: IToken): boolean {
  return candidate.tokenType === newline || candidate.tokenType === semicolon;
}

function separatorAt(place: IToken): IToken {
  return createTokenInstance(
    separator,
    place.image,
    place.startOffset,
    place.endOffset ?? place.startOffset,
    place.startLine ?? 1,
    place.endLine ?? 1,
    place.startColumn ?? 1,
    place.endColumn ?? 1,
  );
}

/** Replaces the ends of lines that separate by one `Separator` each and drops the others. */
export function foldNewlines(tokens: readonly IToken[]): IToken[] {
  const folded: IToken[] = [];
  let pending: IToken | null = null;
  for (const current of tokens) {
    if (isBreak(current)) {
      pending ??= current;
      continue;
    }
    const previous = folded.at(-1);
    if (pending && previous && !continues(previous) && !continued(current)) folded.push(separatorAt(pending));
    pending = null;
    folded.push(current);
  }
  return folded;
}
