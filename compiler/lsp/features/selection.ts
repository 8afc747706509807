/** Growing selections: from the word to the expression, the statement, the block, the step and so on to the file. */
import type { SelectionRange } from "vscode-languageserver/node";
import type { Span } from "../../source/source.ts";
import { rangeOf } from "../places.ts";
import { pathTo } from "../tree.ts";
import type { View } from "../view.ts";

export function selectionRange({ file }: View, offset: number): SelectionRange {
  const spans = [file.span, ...pathTo(file, offset).map(({ span }) => span), wordAt(file.source.text, offset)];
  let selection: SelectionRange = { range: rangeOf(file.source, file.span) };
  let around = file.span;
  for (const span of spans) {
    if (!isSmaller(span, around)) continue;
    selection = { range: rangeOf(file.source, span), parent: selection };
    around = span;
  }
  return selection;
}

function isSmaller(span: Span, around: Span): boolean {
  const isInside = span.start >= around.start && span.end <= around.end;
  return isInside && span.end - span.start < around.end - around.start && span.end > span.start;
}

function wordAt(text: string, offset: number): Span {
  const before = /\w*$/.exec(text.slice(0, offset))?.[0].length ?? 0;
  const after = /^\w*[?!]?/.exec(text.slice(offset))?.[0].length ?? 0;
  return { start: offset - before, end: offset + after };
}
