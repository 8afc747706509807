/** Renames what the cursor is on everywhere it is meant, and says what that does to executions under way. */
import { ErrorCodes, type Range, ResponseError, type TextEdit, type WorkspaceEdit } from "vscode-languageserver/node";
import { occurrenceAt, occurrencesOf, type PlacedOccurrence } from "../names/occurrences.ts";
import type { NameSymbol, Occurrence } from "../names/symbol.ts";
import { rangeOf } from "../places.ts";
import type { View } from "../view.ts";
import { consequences } from "./rename/consequences.ts";
import { renamedAt } from "./rename/modules.ts";
import { nameOf, whyFixed, whyUnfit } from "./rename/names.ts";

export interface Renaming {
  readonly range: Range;
  readonly placeholder: string;
}

export function prepareRename(view: View, offset: number): Renaming {
  const { symbol, span } = renameable(view, offset);
  return { range: rangeOf(view.file.source, span), placeholder: nameOf(symbol) };
}

export interface Renamed {
  readonly changes: NonNullable<WorkspaceEdit["changes"]>;
  /** What the author should know before it is done. */
  readonly warning: string | null;
}

export function rename(view: View, offset: number, name: string): Renamed {
  const { symbol } = renameable(view, offset);
  if (name === nameOf(symbol)) return { changes: {}, warning: null };
  const why = whyUnfit(symbol, name, view);
  if (why !== null) throw refusal(why);
  const changes: { [uri: string]: TextEdit[] } = {};
  for (const place of occurrencesOf(view.snapshot, symbol)) {
    const newText = textAt(place, symbol, name);
    if (newText === undefined) continue;
    const uri = view.uriOf(place.file.source.path);
    changes[uri] = [...(changes[uri] ?? []), { range: rangeOf(place.file.source, place.span), newText }];
  }
  return { changes, warning: consequences(symbol, view.snapshot) };
}

function textAt(place: PlacedOccurrence, symbol: NameSymbol, name: string): string | undefined {
  if (symbol.kind !== "module") return name;
  const text = renamedAt(place, symbol.module, name);
  if (text !== null) return text;
  throw refusal(
    `\`${symbol.module.name}\` is written without its first part in ${place.file.source.path}, so the new name has to begin like the old one.`,
  );
}

function renameable({ snapshot, file }: View, offset: number): Occurrence {
  const occurrence = occurrenceAt(snapshot, file, offset);
  if (!occurrence) throw refusal("There is no name here that could be renamed.");
  const { symbol } = occurrence;
  const why = whyFixed(symbol) ?? whyAlias(occurrence, file.source.text) ?? whyOuter(symbol);
  if (why !== null) throw refusal(why);
  return occurrence;
}

/** On an alias it would not be clear which of the two names is meant. */
function whyAlias({ symbol, span }: Occurrence, text: string): string | null {
  if (symbol.kind !== "module") return null;
  const written = text.slice(span.start, span.end);
  const { name } = symbol.module;
  if (name === written || name.endsWith(`.${written}`)) return null;
  return `\`${written}\` is an alias of \`${name}\`. Rename the module where its own name stands.`;
}

function whyOuter(symbol: NameSymbol): string | null {
  if (symbol.kind !== "module") return null;
  const { name, file } = symbol.module;
  const inner = file.modules.find(
    (module) => module.name.text.startsWith(`${name}.`) && isWithin(module.span, symbol.module.ast.span),
  );
  return inner
    ? `\`${name}\` holds \`${inner.name.text}\`, which would get another name too. Move that out first.`
    : null;
}

function isWithin(inner: Occurrence["span"], outer: Occurrence["span"]): boolean {
  return inner.start > outer.start && inner.end <= outer.end;
}

/** The editor shows the message to the author. */
function refusal(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidRequest, message);
}
