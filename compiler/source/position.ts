/** Where an offset is for a reader: lines and columns from 1, columns in UTF-16 units as editors and SARIF count them. */
import type { SourceText } from "./source.ts";

export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStartsOf = new WeakMap<SourceText, readonly number[]>();

/** Offsets past the end are taken as the end. */
export function positionAt(source: SourceText, offset: number): Position {
  const starts = lineStarts(source);
  const clamped = Math.min(offset, source.text.length);
  const index = lastAtOrBefore(starts, clamped);
  return { line: index + 1, column: clamped - starts[index]! + 1 };
}

/** The text of a line without its line break; empty outside the file. */
export function lineText(source: SourceText, line: number): string {
  const starts = lineStarts(source);
  const start = starts[line - 1];
  if (start === undefined) return "";
  return source.text.slice(start, starts[line] ?? source.text.length).replace(/\r?\n$/, "");
}

export function lineCount(source: SourceText): number {
  return lineStarts(source).length;
}

function lineStarts(source: SourceText): readonly number[] {
  const known = lineStartsOf.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (let at = source.text.indexOf("\n"); at !== -1; at = source.text.indexOf("\n", at + 1)) starts.push(at + 1);
  lineStartsOf.set(source, starts);
  return starts;
}

/** Index of the last start that is not after the offset; the first start is 0, so there always is one. */
function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
