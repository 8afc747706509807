/** What the author did with lines: the one thing that the tree does not hold. */
import type { IToken } from "@durablec/grammar";
import type { Place } from "../forms.ts";

export function endOf({ startOffset, image }: IToken): number {
  return startOffset + image.length;
}

export function lineOf({ startLine }: IToken): number {
  return startLine ?? 1;
}

export function placeOf(token: IToken): Place {
  const line = lineOf(token);
  return { line, first: line, last: line };
}

/** The place of a form that is counted at `line` and holds these. */
export function around(line: number, ...parts: readonly (Pick<Place, "first" | "last"> | null)[]): Place {
  let [first, last] = [line, line];
  for (const part of parts) {
    if (!part) continue;
    first = Math.min(first, part.first);
    last = Math.max(last, part.last);
  }
  return { line, first, last };
}

/** True when nothing but a comment follows on the line. */
export function endsLine(text: string, offset: number): boolean {
  const ending = /[ \t\r\f]*(?:#|\n)/y;
  ending.lastIndex = offset;
  return ending.test(text);
}

/** True when nothing comes before it on its line. */
export function beginsLine(text: string, { startOffset }: IToken): boolean {
  let at = startOffset - 1;
  while (at >= 0 && /[ \t\r\f]/.test(text.charAt(at))) at--;
  return at < 0 || text.charAt(at) === "\n";
}

/** How many lines end between here and what comes next, be it a comment, but for one on the same line. */
export function newlinesAfter(text: string, offset: number): number {
  const gap = /[ \t\r\f;]*(?:#[^\n]*)?[\s;]*/y;
  gap.lastIndex = offset;
  return gap.exec(text)?.[0].replaceAll(/#[^\n]*|[^\n]/g, "").length ?? 0;
}

/** How many lines end between the code or comment before and this place; one at the top of the file. */
export function newlinesBefore(text: string, offset: number): number {
  let [at, newlines] = [offset - 1, 0];
  while (at >= 0 && /[\s;]/.test(text.charAt(at))) if (text.charAt(at--) === "\n") newlines++;
  return at < 0 ? Math.max(1, newlines) : newlines;
}
