/**
 * Lists of anything, with the comments between. Empty lines are the author's choice, one at a time; what takes several
 * lines gets empty lines around it where that is asked for.
 */
import type { Comment } from "../comments.ts";
import type { Place } from "../forms.ts";
import { blank, type Doc, empty, group, isEmpty, joined, line, sequence, softBreak, text } from "../layout/doc.ts";
import type { Writer } from "./writer.ts";

/** Something written, and what comes between it and the next. */
export interface Entry {
  readonly doc: Doc;
  /** True where it gets an empty line around it when it takes several lines. */
  readonly roomy: boolean;
  /** How many lines the author ended after it. */
  readonly newlines: number;
}

export interface Written {
  readonly docs: readonly Doc[];
  readonly commented: boolean;
}

/** Lines between which comments are looked for, and not on them. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type Extent = Pick<Place, "first" | "last">;

/** `written` are entries already there, before which no comment can stand. */
export function withComments<Item extends Extent>(
  { comments }: Writer,
  items: readonly Item[],
  { from, to }: Range,
  write: (item: Item, isLast: boolean) => Entry,
  written: readonly Entry[] = [],
): Written {
  const entries = [...written];
  let commented = false;
  const put = (comment: Comment, newlines: number) => {
    entries.push({ doc: commentDoc(comment), roomy: false, newlines });
    commented = true;
  };
  const putBefore = (line: number) => {
    for (const comment of comments.takeBetween(from, line)) {
      const last = entries.at(-1);
      if (last) entries[entries.length - 1] = { ...last, newlines: Math.max(last.newlines, comment.before) };
      put(comment, comment.after);
    }
  };
  comments.after(from, () => {
    items.forEach((item, index) => {
      putBefore(item.first);
      const entry = write(item, index === items.length - 1);
      for (const comment of comments.takeWithin(item.first, item.last)) put(comment, 1);
      entries.push(entry);
    });
    putBefore(to);
  });
  return { docs: spaced(entries), commented };
}

function commentDoc({ texts }: Comment): Doc {
  return joined(
    texts.map((each) => text(each)),
    line,
  );
}

/** To be joined by ends of lines: an empty line between two is part of both, so that it is there once. */
function spaced(entries: readonly Entry[]): readonly Doc[] {
  let before: Doc = empty;
  return entries.map(({ doc, roomy, newlines }, index) => {
    const after = newlines > 1 ? line : roomy ? softBreak : empty;
    const isLast = index === entries.length - 1;
    const room = isLast || isEmpty(after) ? empty : sequence(blank, after);
    const spaced = group(sequence(before, doc, room));
    before = after;
    return spaced;
  });
}
