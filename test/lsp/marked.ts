/** Sources with places in them: `<|>` is the cursor, `<|` and `|>` stand around a range. */
import type { Position, Range } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";

export interface Marked {
  readonly text: string;
  /** The first cursor. */
  readonly cursor: Position;
  readonly cursors: readonly Position[];
  readonly ranges: readonly Range[];
}

/** `|>` closes a range only where one is open, so that pipes can be written. */
export function marked(source: string): Marked {
  let text = "";
  const cursors: number[] = [];
  const ranges: [number, number][] = [];
  let open: number | null = null;
  for (let at = 0; at < source.length; at += 1) {
    if (source.startsWith("<|>", at)) {
      cursors.push(text.length);
      at += 2;
    } else if (source.startsWith("<|", at)) {
      open = text.length;
      at += 1;
    } else if (open !== null && source.startsWith("|>", at)) {
      ranges.push([open, text.length]);
      open = null;
      at += 1;
    } else text += source[at];
  }
  const document = TextDocument.create("", "durable", 0, text);
  const positions = cursors.map((offset) => document.positionAt(offset));
  return {
    text,
    cursor: positions[0] ?? { line: 0, character: 0 },
    cursors: positions,
    ranges: ranges.map(([start, end]) => ({ start: document.positionAt(start), end: document.positionAt(end) })),
  };
}
