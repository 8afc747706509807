/**
 * Comments, each until it has been written. They belong to lines, not to forms: whoever writes a list of anything takes
 * those that stand between its lines, so what nobody has a place for is left to the list around.
 */
import type { IToken } from "@durablec/grammar";
import { endOf, lineOf, newlinesAfter, newlinesBefore } from "./read/lines.ts";

export interface Comment {
  readonly line: number;
  /** Several where they stand on lines in a row. */
  readonly texts: readonly string[];
  /** How many lines end before it and after it. */
  readonly before: number;
  readonly after: number;
}

export interface Comments {
  /** Takes those on lines between these two, and not on them. */
  readonly takeBetween: (line: number, next: number) => readonly Comment[];
  /** Takes those from the first to the last of these lines. */
  readonly takeWithin: (first: number, last: number) => readonly Comment[];
  readonly anyBetween: (line: number, next: number) => boolean;
  /** While this is done, those up to the line are out of reach: they stand before what is being written. */
  readonly after: <Result>(line: number, write: () => Result) => Result;
}

export function commentsOf(source: string, tokens: readonly IToken[]): Comments {
  const rest = gathered(source, tokens);
  let floor = 0;

  /** The first within reach that is not before the line. */
  function indexOf(wanted: number): number {
    const line = Math.max(wanted, floor + 1);
    let [low, high] = [0, rest.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rest[middle]!.line < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function takeWithin(first: number, last: number): readonly Comment[] {
    const from = indexOf(first);
    const to = indexOf(last + 1);
    return to > from ? rest.splice(from, to - from) : [];
  }

  return {
    takeBetween: (line, next) => takeWithin(line + 1, next - 1),
    takeWithin,
    anyBetween: (line, next) => indexOf(line + 1) < indexOf(next),
    after(line, write) {
      const outer = floor;
      floor = Math.max(floor, line);
      const result = write();
      floor = outer;
      return result;
    },
  };
}

/** A comment after code stands alone; those on lines of their own go with the ones right below. */
function gathered(source: string, tokens: readonly IToken[]): Comment[] {
  const found: { line: number; texts: string[]; before: number; after: number; last: number }[] = [];
  for (const token of tokens) {
    const line = lineOf(token);
    const newlines = newlinesBefore(source, token.startOffset);
    const after = newlinesAfter(source, endOf(token));
    const above = found.at(-1);
    if (above && newlines > 0 && above.last === line - 1 && above.before > 0 && !above.texts.includes("")) {
      above.texts.push(spaced(token.image));
      above.last = line;
      above.after = after;
    } else found.push({ line, texts: [spaced(token.image)], before: newlines, after, last: line });
  }
  return found.map((comment) => ({ ...comment, before: comment.before === 0 ? 2 : comment.before }));
}

/** With a space after its signs, and none at its end. */
function spaced(image: string): string {
  return image.trimEnd().replace(/^#+(?=[^\s#!])/, "$& ");
}
