/** Places of the compiler as places of the protocol. Both count UTF-16 units; the protocol's lines also end with a lone `\r`. */
import type { Position, Location as ProtocolLocation, Range } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Location, SourceText, Span } from "../source/source.ts";

const documents = new WeakMap<SourceText, TextDocument>();

function documentOf(source: SourceText): TextDocument {
  const known = documents.get(source) ?? TextDocument.create(source.path, "durable", 0, source.text);
  documents.set(source, known);
  return known;
}

export function offsetAt(source: SourceText, position: Position): number {
  return documentOf(source).offsetAt(position);
}

export function positionAt(source: SourceText, offset: number): Position {
  return documentOf(source).positionAt(offset);
}

export function rangeOf(source: SourceText, { start, end }: Span): Range {
  return { start: positionAt(source, start), end: positionAt(source, end) };
}

/** `uriOf` is the project's: sources know no more than a path within it. */
export function locationOf({ source, span }: Location, uriOf: UriOf): ProtocolLocation {
  return { uri: uriOf(source.path), range: rangeOf(source, span) };
}

export type UriOf = (path: string) => string;
