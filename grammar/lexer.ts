/**
 * Text to tokens. Nothing is thrown: characters that begin no token come back as problems, and a text that is never closed
 * is closed at the end of its line, so that the lines after it are code again. Spaces are gone; comments are set aside;
 * each end of a line is still a token.
 */
import { createTokenInstance, type ILexingError, type IToken, Lexer, type TokenType, tokenMatcher } from "chevrotain";
import { absent, closerAfter, closes, opens } from "./pairs.ts";
import { type Problem, placeOf } from "./problems.ts";
import { spacingProblems } from "./spacing.ts";
import { touches } from "./touches.ts";
import { modes, token } from "./vocabulary.ts";
import { reserved } from "./words.ts";

const lexer = new Lexer(
  { modes: { ...modes }, defaultMode: "code" },
  { ensureOptimizations: false, positionTracking: "full", skipValidations: true },
);

const textStart = token("TextStart");
const textEnd = token("TextEnd");
const dot = token("Dot");
const ampersand = token("&");
const identifier = token("Identifier");
const integer = token("Integer");
const slash = token("/");
const slashes = token("//");
const keyTextStart = token("KeyTextStart");
const keyTextEnd = token("KeyTextEnd");
const reservedWords: ReadonlySet<TokenType> = new Set(reserved.map(token));
const operators = ["BinaryOperator", "UnaryOperator"].map(token);

/** Each unclosed text is lexed once more; a file with more of them has one problem, not many. */
const mostUnclosed = 10;

export interface Lexed {
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  readonly problems: readonly Problem[];
  /** Lines on which a text was left open, and with it perhaps brackets. */
  readonly brokenLines: ReadonlySet<number>;
}

export function lex(text: string, allowance = mostUnclosed): Lexed {
  const { tokens, groups, errors } = lexer.tokenize(text);
  const comments = groups.comments ?? [];
  const opener = unclosedText(tokens);
  if (opener) return lexAround(text, opener, allowance);
  return {
    tokens: withKeys(withNames(tokens)),
    comments,
    problems: [...characterProblems(errors, text), ...spacingProblems(tokens, text)],
    brokenLines: new Set(),
  };
}

/** Where a name is due, a word or sign is one: `data.end` reads a field, `Kernel.+(1, 2)` and `Kernel.+ 1, 2` call, `&+/2` captures an operator. */
function withNames(tokens: readonly IToken[]): readonly IToken[] {
  const named: IToken[] = [];
  let before: IToken | null = null;
  for (let index = 0; index < tokens.length; index++) {
    const current = tokens[index]!;
    const isDue = before?.tokenType === dot || before?.tokenType === ampersand;
    if (before && isDue) named.push(...namesOf(before, current, tokens[index + 1]));
    else named.push(current);
    before = current;
  }
  return named;
}

function namesOf(before: IToken, current: IToken, next: IToken | undefined): readonly IToken[] {
  if (current.tokenType === slashes) return next?.tokenType === integer ? divisionOf(current) : [current];
  return isNamed(before, current, next) ? [retyped(current, identifier)] : [current];
}

function isNamed(before: IToken, current: IToken, next: IToken | undefined): boolean {
  const isRemote = before.tokenType === dot;
  if (isRemote && reservedWords.has(current.tokenType)) return true;
  if (!operators.some((category) => tokenMatcher(current, category))) return false;
  return next?.image === "/" || (isRemote && touches(before, current));
}

/** `&Kernel.//2`: the name `/`, and the sign before its arity. */
function divisionOf(slashes: IToken): readonly IToken[] {
  const half = { ...slashes, image: "/" };
  const offset = { startOffset: slashes.startOffset + 1, startColumn: (slashes.startColumn ?? 1) + 1 };
  return [retyped(half, identifier), retyped({ ...half, ...offset }, slash)];
}

/** A text is known to be a key only at its end; the parser is told at its start. */
function withKeys(tokens: readonly IToken[]): readonly IToken[] {
  if (!tokens.some(({ tokenType }) => tokenType === keyTextEnd)) return tokens;
  const marked = [...tokens];
  const open: number[] = [];
  tokens.forEach((current, index) => {
    if (tokenMatcher(current, textStart)) open.push(index);
    if (!tokenMatcher(current, textEnd)) return;
    const start = open.pop();
    if (start !== undefined && current.tokenType === keyTextEnd) marked[start] = retyped(tokens[start]!, keyTextStart);
  });
  return marked;
}

function retyped({ image, startOffset, startLine, startColumn }: IToken, type: TokenType): IToken {
  const [end, line, column] = [startOffset + image.length - 1, startLine ?? 1, startColumn ?? 1];
  return createTokenInstance(type, image, startOffset, end, line, line, column, column + image.length - 1);
}

/** Chevrotain also complains about a `}` that leaves no mode; as a bracket it is reported elsewhere. */
function characterProblems(errors: readonly ILexingError[], text: string): Problem[] {
  return errors
    .map(({ offset, length }) => ({ place: { start: offset, end: offset + length }, offset, length }))
    .map(({ place }): Problem => ({ kind: "character", place, text: text.slice(place.start, place.end) }))
    .filter((problem) => problem.kind === "character" && problem.text !== "}");
}

/** The text that was most likely left open, when one was: the first to run over its line, or the last one. */
function unclosedText(tokens: readonly IToken[]): IToken | null {
  const open: IToken[] = [];
  let suspect: IToken | null = null;
  for (const current of tokens) {
    if (tokenMatcher(current, textStart)) open.push(current);
    else if (tokenMatcher(current, textEnd)) {
      const opener = open.pop();
      if (opener && !isHeredoc(opener) && opener.startLine !== current.startLine) suspect ??= opener;
    }
  }
  const [outermost] = open;
  if (!outermost) return null;
  return suspect && suspect.startOffset < outermost.startOffset ? suspect : outermost;
}

function isHeredoc(opener: IToken): boolean {
  return opener.image.endsWith('"""');
}

/** Closes the text at the end of its line, or a heredoc at the end of the file, and lexes what follows on its own. */
function lexAround(text: string, opener: IToken, allowance: number): Lexed {
  const lineEnd = text.indexOf("\n", opener.startOffset);
  const toTheEnd = isHeredoc(opener) || allowance === 0 || lineEnd < 0;
  const cut = toTheEnd ? text.length : lineEnd;
  const { tokens, groups, errors } = lexer.tokenize(text.slice(0, cut));
  const rest = lex(blanked(text, cut), toTheEnd ? 0 : allowance - 1);
  const closing = closingOf(opener);
  return {
    tokens: [...withNames(closed(tokens)), ...rest.tokens],
    comments: [...(groups.comments ?? []), ...rest.comments],
    problems: [
      ...characterProblems(errors, text),
      { kind: "unclosedText", place: placeOf(opener), closing },
      ...rest.problems,
    ],
    brokenLines: new Set([...brokenLines(tokens, opener, toTheEnd), ...rest.brokenLines]),
  };
}

/** The text from `cut` on, at the offsets, lines and columns it has. */
function blanked(text: string, cut: number): string {
  return text.slice(0, cut).replace(/[^\n]/g, " ") + text.slice(cut);
}

/** A text that swallowed the rest of the file also swallowed what would have closed the blocks around it. */
function brokenLines(tokens: readonly IToken[], opener: IToken, toTheEnd: boolean): readonly number[] {
  const line = opener.startLine ?? 1;
  return toTheEnd ? tokens.map((each) => each.startLine ?? 1).filter((each) => each <= line) : [line];
}

/** Adds the closing tokens of everything open around and inside the unclosed text. */
function closed(tokens: readonly IToken[]): readonly IToken[] {
  const open: IToken[] = [];
  for (const current of tokens) {
    if (tokenMatcher(current, textStart) || opens(current)) open.push(current);
    else if (tokenMatcher(current, textEnd) || closes(current)) open.pop();
  }
  const outermost = open.findIndex((each) => tokenMatcher(each, textStart));
  const added = open.slice(outermost).reverse();
  const last = tokens.at(-1)!;
  return [...tokens, ...(outermost < 0 ? [] : added.map((each) => closeAfter(each, last)))];
}

function closeAfter(opener: IToken, last: IToken): IToken {
  if (!tokenMatcher(opener, textStart)) return closerAfter(opener, last);
  return absent(textEnd, last.startOffset + last.image.length, last.endLine ?? 1);
}

/** What should close a text, for messages. */
function closingOf({ image }: IToken): string {
  const opening = image.replace(/^(?:~[a-z]|:)/, "");
  return { "(": ")", "[": "]", "{": "}", "<": ">" }[opening] ?? opening;
}
