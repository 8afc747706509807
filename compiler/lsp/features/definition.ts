/** Where the name at the cursor is defined. */
import type { Location } from "vscode-languageserver/node";
import { definitionsOf } from "../definitions.ts";
import { occurrenceAt } from "../names/occurrences.ts";
import type { View } from "../view.ts";

export function definition(view: View, offset: number): Location[] {
  const occurrence = occurrenceAt(view.snapshot, view.file, offset);
  return occurrence ? definitionsOf(occurrence.symbol, view) : [];
}
