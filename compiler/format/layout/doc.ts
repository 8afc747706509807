/**
 * Documents: text that has not yet been told where its lines end. A group is written on one line when it fits and broken
 * at its breaks when not. Each document knows, when it is built, how long it is on one line, so that deciding a group
 * takes no second look at what is in it.
 */

export type Doc = Text | Sequence | Break | Line | Group | Nest | Broken | Inside | Whole | Unlimited | Blank;

/** What a document comes to on one line, worked out once. */
export interface Measure {
  /** Its length on one line; null when that depends on how a part of it is broken. */
  readonly width: number | null;
  /** How far the part reaches that comes after a break of its own: only a break can make it shorter. */
  readonly reach: number;
  /** True when one of its own breaks, not those of a group in it, comes before what follows. */
  readonly breaks: boolean;
  /** True when it can never be on one line, whatever the width. */
  readonly broken: boolean;
  /** As `broken`, where no part may break on its own either. */
  readonly forced: boolean;
}

interface Text extends Measure {
  readonly kind: "text";
  readonly text: string;
}

interface Sequence extends Measure {
  readonly kind: "sequence";
  readonly parts: readonly Doc[];
}

interface Break extends Measure {
  readonly kind: "break";
  /** What stands there when the line goes on. */
  readonly flat: string;
  /** Breaks only where what follows up to the next break does not fit. */
  readonly flexible: boolean;
}

interface Line extends Measure {
  readonly kind: "line";
}

export interface Group extends Measure {
  readonly kind: "group";
  readonly body: Doc;
  /** Broken whenever the group around it is. */
  readonly inherits: boolean;
}

/** Columns to indent by; `cursor` is the column where it begins, `margin` the left margin. */
export type Indent = number | "cursor" | "margin";

interface Nest extends Measure {
  readonly kind: "nest";
  readonly body: Doc;
  readonly by: Indent;
  /** Only where the group around it is broken. */
  readonly ifBroken: boolean;
}

interface Broken extends Measure {
  readonly kind: "broken";
  readonly body: Doc;
}

interface Inside extends Measure {
  readonly kind: "inside";
  readonly body: Doc;
}

interface Whole extends Measure {
  readonly kind: "whole";
  readonly body: Doc;
}

interface Unlimited extends Measure {
  readonly kind: "unlimited";
  readonly body: Doc;
}

interface Blank extends Measure {
  readonly kind: "blank";
}

const unreached = Number.NEGATIVE_INFINITY;
const nothing: Measure = { width: 0, reach: unreached, breaks: false, broken: false, forced: false };
const unknown: Measure = { ...nothing, width: null };

export function text(text: string): Doc {
  return { ...nothing, kind: "text", text, width: widthOf(text) };
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** In graphemes, as Elixir counts. */
function widthOf(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : [...segmenter.segment(text)].length;
}

/** A space, or the end of the line where its group is broken. */
export const space: Doc = breakOf(" ", false);

/** Nothing, or the end of the line where its group is broken. */
export const softBreak: Doc = breakOf("", false);

/** A space, or the end of the line where what follows does not fit on it. */
export const flexSpace: Doc = breakOf(" ", true);

function breakOf(flat: string, flexible: boolean): Doc {
  return { ...nothing, kind: "break", flat, flexible, width: flat.length, reach: flat.length, breaks: true };
}

/** The end of the line, always. It does not break the groups around it; see `broken`. */
export const line: Doc = { ...unknown, kind: "line" };

/** However many lines end from here to the next text, they leave one empty line at most. */
export const blank: Doc = { ...unknown, kind: "blank" };

export const empty: Doc = sequence();

export function isEmpty(doc: Doc): boolean {
  return doc.kind === "sequence" && doc.parts.length === 0;
}

export function sequence(...given: readonly (Doc | string)[]): Doc {
  const parts = given.map((part) => (typeof part === "string" ? text(part) : part));
  let width: number | null = 0;
  let reach = unreached;
  let breaks = false;
  let [broken, mayBreak, forced] = [false, false, false];
  for (const part of parts) {
    if (width !== null && part.width !== null) {
      reach = Math.max(reach, width + (breaks ? part.width : part.reach));
      width += part.width;
    } else width = null;
    breaks ||= part.breaks;
    broken ||= part.broken && !mayBreak;
    mayBreak ||= mayBreakInside(part);
    forced ||= part.forced;
  }
  return { kind: "sequence", parts, width, reach, breaks, broken, forced };
}

/** True for what may hold an `inside`. */
function mayBreakInside({ kind, width }: Doc): boolean {
  return width === null && kind !== "line" && kind !== "blank";
}

/** Documents with `separator` between them. */
export function joined(docs: readonly Doc[], separator: Doc): Doc {
  const [only, another] = docs;
  if (only && !another) return only;
  return sequence(...docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc])));
}

export function group(body: Doc, inherits = false): Doc {
  const { width, reach, broken, forced } = body;
  return { kind: "group", body, inherits, width, reach, breaks: false, broken, forced };
}

/** What is in the group itself, for who puts a group of its own around it. */
export function ungrouped(doc: Doc): Doc {
  return doc.kind === "group" ? doc.body : doc;
}

export function nest(body: Doc, by: Indent, ifBroken = false): Doc {
  const { width, reach, breaks, broken, forced } = body;
  return { kind: "nest", body, by, ifBroken, width, reach, breaks, broken, forced };
}

/** Breaks the groups around it. */
export function broken(body: Doc): Doc {
  return { ...unknown, kind: "broken", body, broken: true, forced: true };
}

/** The groups around it count as fitting when they fit up to its first break: the last argument may take lines of its own. */
export function mayBreak(body: Doc): Doc {
  return { ...unknown, kind: "inside", body, forced: body.forced };
}

/** Takes that leave away from what is in it, for the groups around it. */
export function mustFit(body: Doc): Doc {
  const { width, reach, breaks, forced } = body;
  return { kind: "whole", body, width, reach, breaks, broken: forced, forced };
}

/** On one line, however long it gets. */
export function unlimited(body: Doc): Doc {
  const { width, breaks, broken, forced } = body;
  return { kind: "unlimited", body, width, reach: unreached, breaks, broken, forced };
}

/** Between brackets: broken, each bracket is on a line of its own. */
export function surrounded(opening: string, body: Doc, closing: string): Doc {
  if (isEmpty(body)) return text(opening + closing);
  return group(sequence(nest(sequence(opening, softBreak, body), 2, true), softBreak, closing));
}

export function inParentheses(body: Doc): Doc {
  return sequence("(", nest(body, "cursor"), ")");
}

/** With a comma at its end; a group takes it in, so that it counts for whether the group fits. */
export function withComma(doc: Doc): Doc {
  if (doc.kind === "group") return group(sequence(doc.body, ","), doc.inherits);
  if (doc.kind !== "sequence" || doc.parts.length === 0) return sequence(doc, ",");
  return sequence(...doc.parts.slice(0, -1), withComma(doc.parts.at(-1)!));
}

/** The first character, or nothing. */
export function firstCharacter(doc: Doc): string {
  switch (doc.kind) {
    case "text":
      return doc.text.charAt(0);
    case "break":
      return doc.flat;
    case "sequence":
      return doc.parts.map(firstCharacter).find((character) => character !== "") ?? "";
    case "line":
    case "blank":
      return "";
    default:
      return firstCharacter(doc.body);
  }
}
