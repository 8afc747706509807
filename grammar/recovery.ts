/**
 * Parsing what is broken. The parser stops at the first mistake; the innermost statement, argument list or clause head
 * around it is then replaced by one `Broken` token and the text parsed again. So a mistake costs what surrounds it
 * closely and no more, whatever the grammar's rule there. A recovery that looks for a token that may follow knows neither
 * brackets nor columns: with it, one bad line ends steps that are whole.
 */
import type { IToken } from "chevrotain";
import { closes, opens } from "./pairs.ts";
import { parse } from "./parser/modules.ts";
import { Mistake } from "./parser/reading.ts";
import { brokenToken, type Problem, placeOf } from "./problems.ts";
import type { CstNode } from "./tree.ts";
import { endOfText, token } from "./vocabulary.ts";

/** Each mistake is one more run over the tokens, or two, so there is an end to it. */
const mostRuns = 50;

export interface Parsed {
  /** Null when the text has more mistakes than are worth listing. */
  readonly cst: CstNode | null;
  readonly problems: readonly Problem[];
}

/** Parses tokens whose brackets and blocks are balanced. */
export function parseTokens(tokens: readonly IToken[], text: string): Parsed {
  const problems: Problem[] = [];
  let current = tokens;
  for (let run = 0; run < mostRuns; run++) {
    const read = attempt(current);
    if (!(read instanceof Mistake)) return { cst: read, problems };
    const problem = problemOf(read, text);
    if (problems.at(-1)?.place.start !== problem.place.start) problems.push(problem);
    const index = read.token === endOfText ? current.length : current.indexOf(read.token);
    const range = rangeAround(current, index);
    if (!range) break;
    current = [
      ...current.slice(0, range.from),
      brokenToken(current.slice(range.from, range.to), text),
      ...current.slice(range.to),
    ];
  }
  return { cst: null, problems };
}

function attempt(tokens: readonly IToken[]): CstNode | Mistake {
  try {
    return parse(tokens);
  } catch (thrown) {
    if (thrown instanceof Mistake) return thrown;
    throw thrown;
  }
}

function problemOf({ token: seen, expected, rules }: Mistake, text: string): Problem {
  const place = seen === endOfText ? { start: text.length, end: text.length } : placeOf(seen);
  return { kind: "unexpected", place, seen: describe(seen), expected, rules };
}

function describe(seen: IToken): string {
  if (seen === endOfText) return "the end of the file";
  if (seen.tokenType.name === "Separator") return seen.image === ";" ? "`;`" : "the end of the line";
  return seen.image.length > 40 ? (seen.tokenType.LABEL ?? "this") : `\`${seen.image}\``;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const equals = token("Equals");
const boundary = new Set(["Separator", "Arrow", "Else", "Rescue", "After", "Catch"].map(token));

/** The innermost run of tokens around `index` that stands for something whole and is not already `Broken`. */
function rangeAround(tokens: readonly IToken[], index: number): Range | null {
  for (const from of startsAround(tokens, index).reverse()) {
    const to = endOf(tokens, from);
    const alone = to === from + 1 && tokens[from]?.tokenType === token("Broken");
    if (to > from && !alone) return { from, to };
  }
  return index < tokens.length && tokens[index]?.tokenType !== token("Broken") ? { from: index, to: index + 1 } : null;
}

/** Where what holds `index` begins, outermost first: statements and, within one, the values of its matches. */
function startsAround(tokens: readonly IToken[], index: number): number[] {
  const frames: number[][] = [[0]];
  for (let at = 0; at < index; at++) {
    const current = tokens[at]!;
    if (opens(current)) frames.push([at + 1]);
    else if (closes(current) && frames.length > 1) frames.pop();
    else if (boundary.has(current.tokenType)) frames[frames.length - 1] = [at + 1];
    else if (current.tokenType === equals) frames.at(-1)?.push(at + 1);
  }
  return frames.flat();
}

function endOf(tokens: readonly IToken[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const current = tokens[at]!;
    if (opens(current)) depth++;
    else if (depth === 0 && (closes(current) || boundary.has(current.tokenType))) return at;
    else if (closes(current)) depth--;
  }
  return tokens.length;
}
