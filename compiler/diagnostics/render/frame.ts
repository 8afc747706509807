/**
 * A code frame: the lines of one source that a diagnostic points at, each mark underlined below its line. Knows nothing
 * of colours beyond the painter it is given, and nothing of what a diagnostic says.
 */
import stringWidth from "fast-string-width";
import { lineCount, lineText, positionAt } from "../../source/position.ts";
import type { SourceText, Span } from "../../source/source.ts";

export interface Mark {
  readonly span: Span;
  /** The primary mark is what the diagnostic is about; related ones explain it. */
  readonly kind: "primary" | "related";
  readonly label: string;
}

export interface FramePainter {
  readonly gutter: (text: string) => string;
  readonly context: (text: string) => string;
  readonly mark: (kind: Mark["kind"], text: string) => string;
}

/** The part of a line that a mark covers; a mark over several lines has one for each line it shows. */
interface Underline {
  readonly line: number;
  /** From 1; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly mark: Mark;
  /** Where a mark spans lines, its label stands below the last. */
  readonly labelled: boolean;
}

const CONTEXT_LINES = 1;
const LONGEST_MARK = 6;
const WIDEST_LINE = 160;

/** Rows of the frame, each with its gutter; `numberWidth` makes the frames of one diagnostic line up. */
export function frameRows(
  source: SourceText,
  marks: readonly Mark[],
  numberWidth: number,
  paint: FramePainter,
): string[] {
  const underlines = marks.flatMap((mark) => underlinesOf(source, mark));
  const rows: string[] = [];
  let before: number | null = null;
  for (const line of shownLines(source, underlines)) {
    if (before !== null && line > before + 1) rows.push(paint.gutter(`${" ".repeat(numberWidth + 1)} ⋮`));
    rows.push(...lineRows(source, line, underlines, numberWidth, paint));
    before = line;
  }
  return rows;
}

/** How wide the line numbers of a frame over these marks are. */
export function numberWidthOf(source: SourceText, marks: readonly Mark[]): number {
  const last = Math.max(...marks.map(({ span }) => positionAt(source, span.end).line)) + CONTEXT_LINES;
  return String(Math.min(last, lineCount(source))).length;
}

function underlinesOf(source: SourceText, mark: Mark): Underline[] {
  const start = positionAt(source, mark.span.start);
  const end = positionAt(source, Math.max(mark.span.end, mark.span.start));
  const last = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  const lines = markedLines(start.line, last).filter(
    (line) => line === start.line || lineText(source, line).trim() !== "",
  );
  return lines.map((line) => {
    const text = lineText(source, line);
    const from = line === start.line ? start.column : indentOf(text) + 1;
    const to = line === end.line ? end.column : text.trimEnd().length + 1;
    return { line, start: from, end: Math.max(to, from + 1), mark, labelled: line === lines.at(-1) };
  });
}

/** All lines of a short mark; the first and the last of a long one. */
function markedLines(first: number, last: number): number[] {
  if (last - first >= LONGEST_MARK) return [first, last];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The marked lines with a little around them; a gap of one line is not worth hiding. */
function shownLines(source: SourceText, underlines: readonly Underline[]): number[] {
  const shown = new Set<number>();
  for (const { line } of underlines) {
    for (let near = line - CONTEXT_LINES; near <= line + CONTEXT_LINES; near++) {
      const marked = near === line;
      if (near >= 1 && near <= lineCount(source) && (marked || lineText(source, near).trim() !== "")) shown.add(near);
    }
  }
  for (const line of [...shown]) if (shown.has(line + 2)) shown.add(line + 1);
  return [...shown].sort((a, b) => a - b);
}

function lineRows(
  source: SourceText,
  line: number,
  underlines: readonly Underline[],
  numberWidth: number,
  paint: FramePainter,
): string[] {
  const own = underlines.filter((underline) => underline.line === line);
  const crop = cropOf(lineText(source, line), own);
  const text = own.length > 0 ? crop.text : paint.context(crop.text);
  const number = paint.gutter(`${String(line).padStart(numberWidth + 1)} │`);
  const margin = paint.gutter(`${" ".repeat(numberWidth + 1)} │`);
  return [
    `${number} ${text}`.trimEnd(),
    ...own.map((underline) => `${margin} ${underlineRow(underline, crop, paint)}`.trimEnd()),
  ];
}

function underlineRow({ start, end, mark, labelled }: Underline, crop: Crop, paint: FramePainter): string {
  const before = stringWidth(crop.text.slice(0, start - 1 + crop.shift));
  const covered = stringWidth(crop.text.slice(start - 1 + crop.shift, end - 1 + crop.shift));
  const stroke = (mark.kind === "primary" ? "^" : "-").repeat(Math.max(1, covered));
  const label = labelled && mark.label !== "" ? ` ${mark.label}` : "";
  return " ".repeat(before) + paint.mark(mark.kind, stroke + label);
}

/** A line made fit to show: tabs widened, and a very long line cut to the neighbourhood of what is marked. */
interface Crop {
  readonly text: string;
  /** Add to an index into the line to get the index into `text`. */
  readonly shift: number;
}

function cropOf(line: string, underlines: readonly Underline[]): Crop {
  const text = line.replaceAll("\t", " ");
  if (text.length <= WIDEST_LINE) return { text, shift: 0 };
  const first = underlines.length === 0 ? 0 : Math.min(...underlines.map(({ start }) => start - 1));
  const removed = Math.max(0, Math.min(first - WIDEST_LINE / 4, text.length - WIDEST_LINE));
  const head = removed > 0 ? "…" : "";
  const tail = removed + WIDEST_LINE < text.length ? "…" : "";
  return { text: head + text.slice(removed, removed + WIDEST_LINE) + tail, shift: head.length - removed };
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
