/** The outline of a file, and the names of all files to jump to. */
import { type DocumentSymbol, SymbolKind, type WorkspaceSymbol } from "vscode-languageserver/node";
import type { Module, ModuleItem, Name, SourceFile, WorkflowItem } from "../../ast/nodes.ts";
import type { Snapshot } from "../../session.ts";
import type { SourceText, Span } from "../../source/source.ts";
import { nameSpan } from "../names/name-span.ts";
import { locationOf, rangeOf, type UriOf } from "../places.ts";
import type { View } from "../view.ts";

interface Entry {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly detail: string;
  readonly span: Span;
  /** Of the name, within `span`. */
  readonly selection: Span;
  readonly children: readonly Entry[];
}

export function documentSymbols({ file }: View): DocumentSymbol[] {
  return file.modules.map(moduleEntry).map((entry) => toProtocol(entry, file.source));
}

function toProtocol({ name, kind, detail, span, selection, children }: Entry, source: SourceText): DocumentSymbol {
  return {
    name: name === "" ? "(no name)" : name,
    kind,
    detail,
    range: rangeOf(source, span),
    selectionRange: rangeOf(source, nameSpan(source, selection)),
    children: children.map((child) => toProtocol(child, source)),
  };
}

function moduleEntry({ name, span, items, implicit }: Module): Entry {
  const children = clausesOnce(items).flatMap(itemEntry);
  return {
    name: name.text,
    kind: SymbolKind.Module,
    detail: implicit ? "named after the file" : "",
    span,
    selection: name.span,
    children,
  };
}

/** A function's clauses are one entry, from the first to the last. */
function clausesOnce(items: readonly ModuleItem[]): ModuleItem[] {
  const seen = new Map<string, number>();
  const kept: ModuleItem[] = [];
  for (const item of items) {
    if (item.kind !== "functionClause") {
      kept.push(item);
      continue;
    }
    const key = `${item.name.text}/${item.params.length}`;
    const index = seen.get(key);
    if (index === undefined) seen.set(key, kept.push(item) - 1);
    else
      kept[index] = { ...(kept[index] as typeof item), span: { start: kept[index]!.span.start, end: item.span.end } };
  }
  return kept;
}

function itemEntry(item: ModuleItem): Entry[] {
  switch (item.kind) {
    case "workflow":
      return [named(item.name, SymbolKind.Class, "workflow", item.span, item.items.flatMap(partEntry))];
    case "functionClause": {
      const name = { ...item.name, text: `${item.name.text}/${item.params.length}` };
      return [named(name, SymbolKind.Function, item.visibility === "private" ? "private" : "", item.span)];
    }
    case "constant":
      return [named({ ...item.name, text: `@${item.name.text}` }, SymbolKind.Constant, "", item.span)];
    case "typeDefinition":
      return [named(item.name, SymbolKind.Interface, "type", item.span)];
    default:
      return [];
  }
}

function partEntry(item: WorkflowItem): Entry[] {
  switch (item.kind) {
    case "step":
      return [named(item.name, SymbolKind.Method, item.variant, item.span)];
    case "compensate":
      return [named(item.name, SymbolKind.Event, "compensate", item.span)];
    case "branch":
      return [
        block(
          "branch",
          item.keyword,
          item.span,
          item.clauses.flatMap((clause) => clause.items.flatMap(partEntry)),
        ),
      ];
    case "parallel":
      return [block("parallel", item.keyword, item.span, item.items.flatMap(partEntry))];
  }
}

function named(
  { text, span: selection }: Name,
  kind: SymbolKind,
  detail: string,
  span: Span,
  children: readonly Entry[] = [],
): Entry {
  return { name: text, kind, detail, span, selection, children };
}

function block(name: string, selection: Span, span: Span, children: readonly Entry[]): Entry {
  return { name, kind: SymbolKind.Operator, detail: "", span, selection, children };
}

/** Everything with a name whose letters hold the query's, in order; an editor sorts it. */
export function workspaceSymbols(query: string, snapshot: Snapshot, uriOf: UriOf): WorkspaceSymbol[] {
  return [...snapshot.files.values()].flatMap((file) =>
    file.modules
      .flatMap((module) => flat(moduleEntry(module), null))
      .filter(({ entry }) => holds(entry.name, query) && entry.kind !== SymbolKind.Operator)
      .map(({ entry, container }) => workspaceSymbol(entry, container, file, uriOf)),
  );
}

interface Contained {
  readonly entry: Entry;
  readonly container: string | null;
}

function flat(entry: Entry, container: string | null): Contained[] {
  const inside = entry.kind === SymbolKind.Operator ? container : entry.name;
  return [{ entry, container }, ...entry.children.flatMap((child) => flat(child, inside))];
}

function workspaceSymbol(
  { name, kind, selection }: Entry,
  containerName: string | null,
  { source }: SourceFile,
  uriOf: UriOf,
): WorkspaceSymbol {
  const location = locationOf({ source, span: nameSpan(source, selection) }, uriOf);
  return { name, kind, location, ...(containerName !== null && { containerName }) };
}

function holds(name: string, query: string): boolean {
  const letters = [...name.toLowerCase()];
  return [...query.toLowerCase()].every((letter) => {
    const at = letters.indexOf(letter);
    letters.splice(0, at + 1);
    return at >= 0;
  });
}
