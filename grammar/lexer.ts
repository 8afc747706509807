/**
 * Text to tokens. Nothing is thrown: characters that begin no token come back as problems, and a text that is never closed
 * is closed at the end of its line, so that the lines after it are code again. Spaces are gone; comments are set aside;
 * each end of a line is still a token.
 */
import { absent, closerAfter, closes, opens } from "./pairs.ts";
import { type Place, type Problem, placeOf } from "./problems.ts";
import { scan } from "./scanner.ts";
import { spacingProblems } from "./spacing.ts";
import { endOf, isA, lastLineOf, retyped, Token, type TokenType } from "./token.ts";
import { touches } from "./touches.ts";
import { token } from "./vocabulary.ts";
import { reserved } from "./words.ts";

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
  readonly tokens: readonly Token[];
  readonly comments: readonly Token[];
  readonly problems: readonly Problem[];
  /** Lines on which a text was left open, and with it perhaps brackets. */
  readonly brokenLines: ReadonlySet<number>;
}

export function lex(text: string, allowance = mostUnclosed): Lexed {
  const { tokens, comments, unknown } = scan(text);
  const opener = unclosedText(tokens);
  if (opener) return lexAround(text, opener, allowance);
  return {
    tokens: withKeys(withNames(tokens)),
    comments,
    problems: [...characterProblems(unknown, text), ...spacingProblems(tokens, text)],
    brokenLines: new Set(),
  };
}

/** Where a name is due, a word or sign is one: `data.end` reads a field, `Kernel.+(1, 2)` and `Kernel.+ 1, 2` call, `&+/2` captures an operator. */
function withNames(tokens: readonly Token[]): readonly Token[] {
  const named: Token[] = [];
  let before: Token | null = null;
  for (const [index, current] of tokens.entries()) {
    const isDue = before?.tokenType === dot || before?.tokenType === ampersand;
    if (before && isDue) named.push(...namesOf(before, current, tokens[index + 1]));
    else named.push(current);
    before = current;
  }
  return named;
}

function namesOf(before: Token, current: Token, next: Token | undefined): readonly Token[] {
  if (current.tokenType === slashes) return next?.tokenType === integer ? divisionOf(current) : [current];
  return isNamed(before, current, next) ? [retyped(current, identifier)] : [current];
}

function isNamed(before: Token, current: Token, next: Token | undefined): boolean {
  const isRemote = before.tokenType === dot;
  if (isRemote && reservedWords.has(current.tokenType)) return true;
  if (!operators.some((category) => isA(current, category))) return false;
  return next?.image === "/" || (isRemote && touches(before, current));
}

/** `&Kernel.//2`: the name `/`, and the sign before its arity. */
function divisionOf({ startOffset, startLine, startColumn }: Token): readonly Token[] {
  return [
    new Token(identifier, "/", startOffset, startLine, startColumn),
    new Token(slash, "/", startOffset + 1, startLine, startColumn + 1),
  ];
}

/** A text is known to be a key only at its end; the parser is told at its start. */
function withKeys(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ tokenType }) => tokenType === keyTextEnd)) return tokens;
  const marked = [...tokens];
  const open: number[] = [];
  tokens.forEach((current, index) => {
    if (isA(current, textStart)) open.push(index);
    if (!isA(current, textEnd)) return;
    const start = open.pop();
    if (start !== undefined && current.tokenType === keyTextEnd) marked[start] = retyped(tokens[start]!, keyTextStart);
  });
  return marked;
}

function characterProblems(unknown: readonly Place[], text: string): Problem[] {
  return unknown.map((place) => ({ kind: "character", place, text: text.slice(place.start, place.end) }));
}

/** The text that was most likely left open, when one was: the first to run over its line, or the last one. */
function unclosedText(tokens: readonly Token[]): Token | null {
  const open: Token[] = [];
  let suspect: Token | null = null;
  for (const current of tokens) {
    if (isA(current, textStart)) open.push(current);
    else if (isA(current, textEnd)) {
      const opener = open.pop();
      if (opener && !isHeredoc(opener) && opener.startLine !== current.startLine) suspect ??= opener;
    }
  }
  const [outermost] = open;
  if (!outermost) return null;
  return suspect && suspect.startOffset < outermost.startOffset ? suspect : outermost;
}

function isHeredoc(opener: Token): boolean {
  return opener.image.endsWith('"""');
}

/** Closes the text at the end of its line, or a heredoc at the end of the file, and lexes what follows on its own. */
function lexAround(text: string, opener: Token, allowance: number): Lexed {
  const lineEnd = text.indexOf("\n", opener.startOffset);
  const toTheEnd = isHeredoc(opener) || allowance === 0 || lineEnd < 0;
  const cut = toTheEnd ? text.length : lineEnd;
  const { tokens, comments, unknown } = scan(text.slice(0, cut));
  const rest = lex(blanked(text, cut), toTheEnd ? 0 : allowance - 1);
  const closing = closingOf(opener);
  return {
    tokens: [...withNames(closed(tokens)), ...rest.tokens],
    comments: [...comments, ...rest.comments],
    problems: [
      ...characterProblems(unknown, text),
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
function brokenLines(tokens: readonly Token[], opener: Token, toTheEnd: boolean): readonly number[] {
  const line = opener.startLine;
  return toTheEnd ? tokens.map((each) => each.startLine).filter((each) => each <= line) : [line];
}

/** Adds the closing tokens of everything open around and inside the unclosed text. */
function closed(tokens: readonly Token[]): readonly Token[] {
  const open: Token[] = [];
  for (const current of tokens) {
    if (isA(current, textStart) || opens(current)) open.push(current);
    else if (isA(current, textEnd) || closes(current)) open.pop();
  }
  const outermost = open.findIndex((each) => isA(each, textStart));
  const added = open.slice(outermost).reverse();
  const last = tokens.at(-1)!;
  return [...tokens, ...(outermost < 0 ? [] : added.map((each) => closeAfter(each, last)))];
}

function closeAfter(opener: Token, last: Token): Token {
  if (!isA(opener, textStart)) return closerAfter(opener, last);
  return absent(textEnd, endOf(last), lastLineOf(last));
}

/** What should close a text, for messages. */
function closingOf({ image }: Token): string {
  const opening = image.replace(/^(?:~[a-z]|:)/, "");
  return { "(": ")", "[": "]", "{": "}", "<": ">" }[opening] ?? opening;
}
