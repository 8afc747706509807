/**
 * Decides which ends of lines separate expressions, as Elixir does: one pass over the tokens, no look at the grammar.
 * Afterwards a `Separator` stands exactly where one expression ends and another may begin, never first or last in a
 * block, never two in a row, but for a semicolon where none can stand, which the parser refuses.
 */
import { binaryOperators } from "./operators.ts";
import { closes, isBlock, opens } from "./pairs.ts";
import { isA, retyped, type Token, type TokenType } from "./token.ts";
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

function continues(previous: Token): boolean {
  const type = previous.tokenType;
  return open.has(type) || isA(previous, binaryOperator) || isA(previous, keyName);
}

function continued(next: Token): boolean {
  return (
    closing.has(next.tokenType) ||
    next.tokenType === dot ||
    (isA(next, binaryOperator) && leading.has(next.image.replace(/\s+/, " ")))
  );
}

function isBreak(candidate: Token): boolean {
  return candidate.tokenType === newline || candidate.tokenType === semicolon;
}

/** After these, inside a block, nothing needs to stand before a semicolon; before `closing`, nothing after it. */
const beginning = new Set(named("Do", "Fn", "Else", "Rescue", "After", "Catch", "ParenStart", "InterpolationStart"));

/** What may stand right before the parenthesis of a call. */
const callable = named("Name", "Literal", "TextEnd", "ModuleName", "Dot", "ParenEnd", "BracketEnd", "BraceEnd", "End");

function isCall(paren: Token, before: Token | undefined): boolean {
  return before !== undefined && touches(before, paren) && callable.some((type) => isA(before, type));
}

/** Whether expressions may stand after each other in what is opened: not in a list, a map or the arguments of a call. */
function opensBlock(opener: Token, before: Token | undefined): boolean {
  if (opener.tokenType === parenStart) return !isCall(opener, before);
  return isBlock(opener) || opener.tokenType === interpolationStart;
}

/**
 * What becomes of semicolons, if there are any: the first or last of a block may separate nothing and is dropped. Where
 * no expression can end, the parser will not take the separator, and nowhere the semicolons after it.
 */
function semicolonsOf(gap: readonly Token[], previous: Token | undefined, next: Token | null, inBlock: boolean) {
  const [first, ...others] = gap.filter(({ tokenType }) => tokenType === semicolon);
  if (!first) return null;
  const atEdge = !previous || !next || beginning.has(previous.tokenType) || isClosing(next);
  return inBlock && atEdge ? others : [retyped(first, separator), ...others];
}

function isClosing({ tokenType }: Token): boolean {
  return closing.has(tokenType) && tokenType !== doToken;
}

/** Replaces what separates by a `Separator` and drops all other ends of lines. */
export function foldNewlines(tokens: readonly Token[]): Token[] {
  const folded: Token[] = [];
  const blocks: boolean[] = [];
  let gap: Token[] = [];
  const flush = (next: Token | null) => {
    const previous = folded.at(-1);
    const semicolons = semicolonsOf(gap, previous, next, blocks.at(-1) ?? true);
    if (semicolons) folded.push(...semicolons);
    else if (gap[0] && previous && next && !continues(previous) && !continued(next))
      folded.push(retyped(gap[0], separator));
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
