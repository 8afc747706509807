/**
 * Positions travel through emission as comments that hold an offset, an at sign before it, in front of the code that came
 * from there. They are taken out before formatting (see source-map.ts). Literals never hold a comment's opening (see
 * literal.ts).
 */
import type { Span } from "../source/source.ts";

export function mark(span: Span): string {
  return span.end === 0 ? "" : `/*@${span.start}*/`;
}

export interface Marked {
  readonly code: string;
  /** Offsets in `code` and the offset in the source that each came from, ascending. */
  readonly marks: readonly { readonly at: number; readonly source: number }[];
}

export function takeMarks(text: string): Marked {
  const marks: { at: number; source: number }[] = [];
  let removed = 0;
  const code = text.replace(/\/\*@(\d+)\*\//g, (comment, source: string, at: number) => {
    marks.push({ at: at - removed, source: Number(source) });
    removed += comment.length;
    return "";
  });
  return { code, marks };
}
