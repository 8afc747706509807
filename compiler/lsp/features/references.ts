/** Every place that means what the name at the cursor means. */
import { type DocumentHighlight, DocumentHighlightKind, type Location } from "vscode-languageserver/node";
import { occurrenceAt, occurrencesOf } from "../names/occurrences.ts";
import { locationOf, rangeOf } from "../places.ts";
import type { View } from "../view.ts";

export function references({ snapshot, file, uriOf }: View, offset: number, withDefinition: boolean): Location[] {
  const occurrence = occurrenceAt(snapshot, file, offset);
  if (!occurrence) return [];
  return occurrencesOf(snapshot, occurrence.symbol)
    .filter(({ role }) => withDefinition || role === "reference")
    .map(({ file: { source }, span }) => locationOf({ source, span }, uriOf));
}

/** Those in the same file, for the editor to mark. */
export function highlights({ snapshot, file }: View, offset: number): DocumentHighlight[] {
  const occurrence = occurrenceAt(snapshot, file, offset);
  if (!occurrence) return [];
  return occurrencesOf(snapshot, occurrence.symbol)
    .filter((each) => each.file === file)
    .map(({ span, role }) => ({
      range: rangeOf(file.source, span),
      kind: role === "definition" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}
