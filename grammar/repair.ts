/**
 * Balances tokens that are not. Columns tell what the author meant: an `end` stands below the line that begins its block,
 * what a block holds stands further right, and a declaring word at the column of an open block shows that the block is
 * over. Every guess is reported as a problem with the two places that led to it.
 */
import type { IToken } from "chevrotain";
import type { Balanced } from "./balance.ts";
import { absent, closerAfter, closes, isBlock, matches, opens } from "./pairs.ts";
import { type Problem, placeOf } from "./problems.ts";
import { token } from "./vocabulary.ts";
import { contextualWords } from "./words.ts";

/** An open bracket or block. */
interface Frame {
  readonly opener: IToken;
  /** The first token of the statement that opened it, for messages: `step`, `case`. */
  readonly head: IToken;
  /** Where its `end` may stand: below its statement, or below its own line. */
  readonly columns: readonly number[];
  /** The first token of the statement being read inside it. */
  statement: IToken | null;
  /** Whether that statement has a `do` already. */
  done: boolean;
}

interface State {
  readonly kept: IToken[];
  readonly problems: Problem[];
  readonly stack: Frame[];
  readonly brokenLines: ReadonlySet<number>;
  /** Columns of first tokens, by line. */
  readonly indents: ReadonlyMap<number, number>;
  /** Frame-like record of the top of the file. */
  readonly top: Frame;
  /** How many more `end`s there are than blocks to close. */
  excess: number;
}

const declaring: ReadonlySet<string> = new Set(Object.keys(contextualWords));
const takesBlock = new Set([
  ...["defmodule", "workflow", "branch", "parallel", "def", "defp"],
  ...["case", "cond", "if", "unless", "with", "for", "try"],
]);

export function repair(tokens: readonly IToken[], brokenLines: ReadonlySet<number>): Balanced {
  const state = initial(tokens, brokenLines);
  tokens.forEach((current, index) => {
    const next = tokens[index + 1];
    if (current.tokenType === token("Separator")) atSeparator(state, current, next);
    else if (current.tokenType === token("Arrow")) atArrow(state, current);
    else if (opens(current)) open(state, current);
    else if (current.tokenType === token("End")) closeBlock(state, current);
    else if (closes(current)) closeBracket(state, current);
    else if (declaring.has(current.tokenType.name)) atDeclaration(state, current);
    else keep(state, current);
  });
  while (state.stack.length > 0) closeMissing(state, null);
  return { tokens: state.kept, problems: state.problems };
}

function initial(tokens: readonly IToken[], brokenLines: ReadonlySet<number>): State {
  const indents = new Map<number, number>();
  let excess = 0;
  for (const current of tokens) {
    const line = current.startLine ?? 0;
    if (!indents.has(line)) indents.set(line, current.startColumn ?? 0);
    if (opens(current) && isBlock(current)) excess--;
    if (current.tokenType === token("End")) excess++;
  }
  const top: Frame = { opener: tokens[0]!, head: tokens[0]!, columns: [], statement: null, done: false };
  return { kept: [], problems: [], stack: [], brokenLines, indents, top, excess };
}

function frameOf(state: State): Frame {
  return state.stack.at(-1) ?? state.top;
}

function keep(state: State, current: IToken): void {
  frameOf(state).statement ??= current;
  state.kept.push(current);
}

function startsLine(state: State, current: IToken): boolean {
  return state.indents.get(current.startLine ?? 0) === current.startColumn;
}

function open(state: State, opener: IToken): void {
  const outer = frameOf(state);
  keep(state, opener);
  const head = outer.statement ?? opener;
  const columns = [state.indents.get(opener.startLine ?? 0) ?? 0, head.startColumn ?? 0];
  if (opener.tokenType === token("Do")) outer.done = true;
  state.stack.push({ opener, head, columns, statement: null, done: false });
}

function pop(state: State, closer: IToken): void {
  state.kept.push(closer);
  state.stack.pop();
}

/** Closes the innermost frame before `before`, or before the end of the file, and says that its closer is missing. */
function closeMissing(state: State, before: IToken | null): void {
  const frame = state.stack.pop()!;
  const separator = state.kept.at(-1)?.tokenType === token("Separator") ? state.kept.pop() : null;
  state.kept.push(closerAfter(frame.opener, state.kept.at(-1)!));
  if (separator) state.kept.push(separator);
  if (state.brokenLines.has(frame.opener.startLine ?? 0)) return;
  const place = isBlock(frame.opener) ? placeOf(frame.head) : placeOf(frame.opener);
  const last = state.kept.at(-1)!;
  const missed = before ? placeOf(before) : { start: last.startOffset, end: last.startOffset };
  state.problems.push(
    isBlock(frame.opener)
      ? { kind: "missingEnd", place, opener: wordOf(frame), before: missed }
      : { kind: "unclosedBracket", place, opening: frame.opener.image, before: missed },
  );
  if (isBlock(frame.opener)) state.excess++;
}

/** `step`, `case`, or `fn` where the statement begins with something else. */
function wordOf({ head, opener }: Frame): string {
  return /^[a-z_]+$/.test(head.image) && opener.tokenType === token("Do")
    ? head.image
    : (declaredBy(head) ?? opener.image);
}

function declaredBy(head: IToken): string | null {
  return declaring.has(head.tokenType.name) ? head.image : null;
}

/** A declaring word at or left of an open block's column shows that the block is over. */
function atDeclaration(state: State, current: IToken): void {
  if (startsLine(state, current) && state.excess < 0) {
    while (isOver(state.stack.at(-1), current)) closeMissing(state, current);
  }
  keep(state, current);
}

function isOver(frame: Frame | undefined, current: IToken): boolean {
  return frame !== undefined && (current.startColumn ?? 0) <= Math.min(...frame.columns);
}

/** The end of a statement: a bracket left open shows by the next line's column, a missing `do` by what is indented. */
function atSeparator(state: State, separator: IToken, next: IToken | undefined): void {
  while (next && isOpenBracket(state.stack.at(-1), next)) closeMissing(state, next);
  const frame = frameOf(state);
  if (next && lacksDo(state, frame, next)) insertDo(state, frame);
  else {
    frame.statement = null;
    frame.done = false;
    state.kept.push(separator);
  }
}

/** No arrow stands in a list, tuple or map; after it a new statement begins. */
function atArrow(state: State, arrow: IToken): void {
  while (holdsNoArrow(state.stack.at(-1))) closeMissing(state, arrow);
  keep(state, arrow);
  frameOf(state).statement = null;
}

function holdsNoArrow(frame: Frame | undefined): boolean {
  return frame !== undefined && !isBlock(frame.opener) && frame.opener.tokenType !== token("ParenStart");
}

function isOpenBracket(frame: Frame | undefined, next: IToken): boolean {
  return frame !== undefined && !isBlock(frame.opener) && isOver(frame, next);
}

function lacksDo(state: State, { statement, done }: Frame, next: IToken): boolean {
  return (
    state.excess > 0 &&
    !done &&
    statement !== null &&
    takesBlock.has(statement.image) &&
    (next.startColumn ?? 0) > (statement.startColumn ?? 0)
  );
}

function insertDo(state: State, frame: Frame): void {
  const last = state.kept.at(-1)!;
  const offset = last.startOffset + last.image.length;
  const word = frame.statement!.image;
  state.problems.push({ kind: "missingDo", place: placeOf(last), word });
  state.excess--;
  open(state, absent(token("Do"), offset, last.endLine ?? 1));
}

function closeBracket(state: State, closer: IToken): void {
  const depth = state.stack.findLastIndex(({ opener }) => matches(opener, closer));
  if (depth < 0 || !reaches(state, depth, closer)) closeWrongly(state, closer);
  else {
    while (state.stack.length > depth + 1) closeMissing(state, closer);
    pop(state, closer);
  }
}

/** A bracket that closes nothing, or the wrong one of its own line. */
function closeWrongly(state: State, closer: IToken): void {
  const opener = state.stack.at(-1)?.opener;
  const place = placeOf(closer);
  if (opener && !isBlock(opener) && opener.startLine === closer.startLine) {
    state.problems.push({
      kind: "wrongBracket",
      place,
      opening: opener.image,
      closing: closer.image,
      opener: placeOf(opener),
    });
    pop(state, closerAfter(opener, closer));
  } else state.problems.push({ kind: "strayBracket", place, closing: closer.image });
}

/** A bracket closes over a block only where the block could not go on: on its own line, or at the bracket's column. */
function reaches(state: State, depth: number, closer: IToken): boolean {
  const [bracket, ...inside] = state.stack.slice(depth);
  const block = inside.find(({ opener }) => isBlock(opener));
  if (!block) return true;
  const sameLine = block.opener.startLine === closer.startLine;
  return sameLine || (startsLine(state, closer) && bracket!.columns.includes(closer.startColumn ?? 0));
}

function closeBlock(state: State, end: IToken): void {
  while (state.stack.length > 0 && !isBlock(state.stack.at(-1)!.opener)) closeMissing(state, end);
  const target = targetOf(state, end);
  if (target === null) {
    state.problems.push({ kind: "strayEnd", place: placeOf(end) });
    state.excess--;
    return;
  }
  while (state.stack.length > target + 1) closeMissing(state, end);
  pop(state, end);
}

/** The index of the block that an `end` closes, or null when it closes none. */
function targetOf(state: State, end: IToken): number | null {
  const innermost = state.stack.length - 1;
  const top = state.stack[innermost];
  if (!top) return null;
  const column = end.startColumn ?? 0;
  if (!startsLine(state, end) || top.columns.includes(column)) return innermost;
  const below = state.stack.findLastIndex(({ opener, columns }) => isBlock(opener) && columns.includes(column));
  if (below >= 0 && state.excess < 0) return below;
  const tooFarRight = column > Math.max(...top.columns);
  return tooFarRight && state.excess > 0 ? null : innermost;
}
