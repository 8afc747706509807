/** Whether a document fits on what is left of a line, decided as `mix format` decides it. */
import type { Doc, Indent } from "./doc.ts";

/**
 * How breaks are read: `flat` as what stands there on one line, `broken` as ends of lines. While it is tried whether
 * something fits there are two more: `whole`, flat without leave to break inside, and `inside`, where the first break
 * settles that it fits.
 */
export type Mode = "flat" | "broken" | "whole" | "inside";

export interface Entry {
  /** How long the line may get. */
  readonly width: number;
  readonly indent: number;
  readonly mode: Mode;
  readonly doc: Doc;
}

/** Where a group ends: whether a break had been seen before it, for its own breaks do not help what follows. */
interface GroupEnd {
  readonly width: number;
  readonly breaksBefore: boolean;
}

/** What has been put on the line. */
interface Line {
  column: number;
  /** True when a break is on it that could make it shorter. */
  breaks: boolean;
}

/** Whether what is in a group fits, by itself: what follows the group is not looked at. */
export function groupFits(width: number, column: number, indent: number, body: Doc): boolean {
  if (width === Number.POSITIVE_INFINITY) return true;
  if (body.broken) return false;
  if (body.width !== null) return column + body.reach <= width;
  return fits(width, column, false, [{ width, indent, mode: "flat", doc: body }]);
}

export function indented(indent: number, column: number, by: Indent): number {
  if (by === "cursor") return column;
  return by === "margin" ? 0 : indent + by;
}

/** `rest` is what follows, the next last. Too long is only what has a break that could make it shorter. */
export function fits(limit: number, column: number, breaks: boolean, rest: readonly Entry[]): boolean {
  const line: Line = { column, breaks };
  const stack: (Entry | GroupEnd)[] = [];
  let below = rest.length;
  for (let next = stack.pop() ?? rest[--below]; next; next = stack.pop() ?? rest[--below]) {
    if (isTooLong(line, next.width)) return false;
    if ("breaksBefore" in next) line.breaks = next.breaksBefore;
    else {
      const verdict = put(line, next, stack);
      if (verdict !== null) return verdict;
    }
  }
  return !isTooLong(line, limit);
}

function isTooLong({ column, breaks }: Line, width: number): boolean {
  return breaks && column > width;
}

/** Puts a document on the line, or what is in it on the stack; gives the verdict where that settles it. */
function put(line: Line, entry: Entry, stack: (Entry | GroupEnd)[]): boolean | null {
  const { width, indent, mode, doc } = entry;
  if (isFlat(mode) && doc.width !== null) return putWhole(line, width, doc, doc.width);
  switch (doc.kind) {
    case "text":
      line.column += doc.width ?? 0;
      return null;
    case "break":
      if (!isFlat(mode)) return true;
      line.column += doc.flat.length;
      line.breaks = true;
      return null;
    case "line":
      if (!isFlat(mode)) return true;
      line.column = indent;
      line.breaks = false;
      return null;
    case "blank":
      line.column = indent;
      return null;
    case "broken":
      if (mode !== "inside") return false;
      break;
    case "group":
      stack.push({ width, breaksBefore: line.breaks });
  }
  stack.push(...partsOf(entry, line.column));
  return null;
}

/** A document whose length is known. */
function putWhole(line: Line, limit: number, { reach, breaks }: Doc, width: number): false | null {
  if (line.column + (line.breaks ? width : reach) > limit) return false;
  line.column += width;
  line.breaks ||= breaks;
  return null;
}

/** What is in a document, the next last. */
function partsOf(entry: Entry, column: number): readonly Entry[] {
  const { indent, mode, doc } = entry;
  switch (doc.kind) {
    case "sequence":
      return doc.parts.map((part) => ({ ...entry, doc: part })).reverse();
    case "group":
      return [{ ...entry, mode: mode === "broken" ? "flat" : mode, doc: doc.body }];
    case "nest":
      return [{ ...entry, indent: doc.ifBroken ? indent : indented(indent, column, doc.by), doc: doc.body }];
    case "broken":
      return [{ ...entry, doc: doc.body }];
    case "inside":
      return [{ ...entry, mode: mode === "whole" ? "whole" : "inside", doc: doc.body }];
    case "whole":
      return [{ ...entry, mode: "whole", doc: doc.body }];
    case "unlimited":
      return [{ ...entry, width: Number.POSITIVE_INFINITY, mode: "flat", doc: doc.body }];
    default:
      return [];
  }
}

function isFlat(mode: Mode): boolean {
  return mode === "flat" || mode === "whole";
}
