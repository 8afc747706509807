/**
 * Decides which ends of lines separate expressions, as Elixir does: one pass over the tokens, no look at the grammar.
 * Afterwards a `Separator` stands exactly where one expression ends and another may begin, never first or last in a
 * block, never two in a row, but for a semicolon where none can stand, which the parser refuses.
 */
import { createTokenInstance, type IToken, type TokenType, tokenMatcher } from "chevrotain";
import { binaryOperators } from "./operators.ts";
import { closes, isBlock, opens } from "./pairs.ts";
import { touches } from "./touches.ts";
import { token } from "./vocabulary.ts";

const separator = token("Separator");
const newline = token("Newline");
const semicolon = token("Semicolon");
const doToken = token("Do");
const dot = token("Dot");
const parenStart = token("ParenStart");
const interpolationStart = token("InterpolationStart");
const binaryOperator = token("BinaryOperator");
const keyName = token("KeyName");

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
  return open.has(type) || tokenMatcher(previous, binaryOperator) || tokenMatcher(previous, keyName);
}

function continued(next: IToken): boolean {
  return (
    closing.has(next.tokenType) ||
    next.tokenType === dot ||
    (tokenMatcher(next, binaryOperator) && leading.has(next.image.replace(/\s+/, " ")))
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

/** After these, inside a block, nothing needs to stand before a semicolon; before `closing`, nothing after it. */
const beginning = new Set(named("Do", "Fn", "Else", "Rescue", "After", "Catch", "ParenStart", "InterpolationStart"));

/** What may stand right before the parenthesis of a call. */
const callable = named("Name", "Literal", "TextEnd", "ModuleName", "Dot", "ParenEnd", "BracketEnd", "BraceEnd", "End");

function isCall(paren: IToken, before: IToken | undefined): boolean {
  return before !== undefined && touches(before, paren) && callable.some((type) => tokenMatcher(before, type));
}

/** Whether expressions may stand after each other in what is opened: not in a list, a map or the arguments of a call. */
function opensBlock(opener: IToken, before: IToken | undefined): boolean {
  if (opener.tokenType === parenStart) return !isCall(opener, before);
  return isBlock(opener) || opener.tokenType === interpolationStart;
}

/**
 * What becomes of semicolons, if there are any: the first or last of a block may separate nothing and is dropped. Where
 * no expression can end, the parser will not take the separator, and nowhere the semicolons after it.
 */
function semicolonsOf(gap: readonly IToken[], previous: IToken | undefined, next: IToken | null, inBlock: boolean) {
  const [first, ...others] = gap.filter(({ tokenType }) => tokenType === semicolon);
  if (!first) return null;
  const atEdge = !previous || !next || beginning.has(previous.tokenType) || isClosing(next);
  return inBlock && atEdge ? others : [separatorAt(first), ...others];
}

function isClosing({ tokenType }: IToken): boolean {
  return closing.has(tokenType) && tokenType !== doToken;
}

/** Replaces what separates by a `Separator` and drops all other ends of lines. */
export function foldNewlines(tokens: readonly IToken[]): IToken[] {
  const folded: IToken[] = [];
  const blocks: boolean[] = [];
  let gap: IToken[] = [];
  const flush = (next: IToken | null) => {
    const previous = folded.at(-1);
    const semicolons = semicolonsOf(gap, previous, next, blocks.at(-1) ?? true);
    if (semicolons) folded.push(...semicolons);
    else if (gap[0] && previous && next && !continues(previous) && !continued(next)) folded.push(separatorAt(gap[0]));
    gap = [];
  };
  for (const current of tokens) {
    if (isBreak(current)) {
      gap.push(current);
      continue;
    }
    if (gap.length > 0) flush(current);
    if (opens(current)) blocks.push(opensBlock(current, folded.at(-1)));
    else if (closes(current)) blocks.pop();
    folded.push(current);
  }
  flush(null);
  return folded;
}
