import type { Span } from "../../source/source.ts";

/** The one place where two texts differ. */
export interface Edit {
  readonly start: number;
  /** Where it ends in the text before. */
  readonly end: number;
  /** By how much the text has become longer. */
  readonly growth: number;
}

export function editBetween(before: string, now: string): Edit {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === now.charCodeAt(start)) start += 1;
  let same = 0;
  while (same < most - start && before.charCodeAt(before.length - 1 - same) === now.charCodeAt(now.length - 1 - same))
    same += 1;
  return { start, end: before.length - same, growth: now.length - before.length };
}

/** Where a span of the text before stands now; one that the edit is inside of has grown with it. */
export function moved({ start, end }: Span, edit: Edit): Span {
  const place = (offset: number) => (offset >= edit.end ? offset + edit.growth : offset);
  return { start: place(start), end: place(end) };
}
