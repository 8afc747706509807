/**
 * Source maps. Formatting moves code but does not change it: apart from white space, and from characters that the
 * formatter adds or takes away, both texts are the same sequence of characters. Walking the two side by side gives every
 * mark its new place.
 */

import { basename, dirname, relative } from "node:path";
import { addMapping, GenMapping, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import { positionAt } from "../source/position.ts";
import type { SourceText } from "../source/source.ts";
import type { Marked } from "./mark.ts";

/** Version 3, as JSON text. */
export function createSourceMap(marked: Marked, formatted: string, source: SourceText, path: string): string {
  const map = new GenMapping({ file: basename(path) });
  const name = relative(dirname(path), source.path).replaceAll("\\", "/");
  const generated: SourceText = { path, text: formatted };
  setSourceContent(map, name, source.text);
  for (const { at, source: offset } of realign(marked, formatted)) {
    const { line, column } = positionAt(source, offset);
    const place = positionAt(generated, at);
    addMapping(map, {
      source: name,
      original: { line, column: column - 1 },
      generated: { line: place.line, column: place.column - 1 },
    });
  }
  return `${JSON.stringify(toEncodedMap(map))}\n`;
}

// What the formatter adds, drops or swaps: layout, optional punctuation, the kind of quotes and their escapes.
const unsteady = /[\s(),;"'\\]/;

function realign({ code, marks }: Marked, formatted: string): { at: number; source: number }[] {
  const moved: { at: number; source: number }[] = [];
  let from = 0;
  let to = 0;
  for (const { at, source } of marks) {
    from = nextSteady(code, from);
    to = nextSteady(formatted, to);
    while (from < at) {
      from = nextSteady(code, from + 1);
      to = nextSteady(formatted, to + 1);
    }
    moved.push({ at: to, source });
  }
  return moved;
}

function nextSteady(text: string, start: number): number {
  let at = start;
  while (at < text.length && unsteady.test(text[at]!)) at++;
  return at;
}
