/** Colours by meaning, on top of those that the editor's grammar gives by form. */
import { type SemanticTokens, SemanticTokensBuilder, type SemanticTokensLegend } from "vscode-languageserver/node";
import type { Pattern, SourceFile } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import type { Local, TypedProgram } from "../../resolve/resolved.ts";
import type { Span } from "../../source/source.ts";
import { occurrencesIn } from "../names/occurrences.ts";
import type { Occurrence } from "../names/symbol.ts";
import { positionAt } from "../places.ts";
import type { View } from "../view.ts";

const types = [
  "namespace",
  "class",
  "type",
  "function",
  "method",
  "event",
  "variable",
  "parameter",
  "property",
] as const;
const modifiers = ["declaration", "readonly", "defaultLibrary", "async"] as const;

type TokenType = (typeof types)[number];
type TokenModifier = (typeof modifiers)[number];

export const legend: SemanticTokensLegend = { tokenTypes: [...types], tokenModifiers: [...modifiers] };

export function semanticTokens({ snapshot, file }: View, within: Span | null = null): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  const params = parametersOf(file, snapshot.program);
  let end = 0;
  for (const occurrence of occurrencesIn(snapshot, file)) {
    const { span } = occurrence;
    const type = typeOf(occurrence, params);
    const isWanted = within === null || (span.start < within.end && within.start < span.end);
    if (type === null || !isWanted || span.start < end) continue;
    const { line, character } = positionAt(file.source, span.start);
    const bits = modifiersOf(occurrence).reduce((sum, each) => sum | (1 << modifiers.indexOf(each)), 0);
    builder.push(line, character, span.end - span.start, types.indexOf(type), bits);
    end = span.end;
  }
  return builder.build();
}

function parametersOf({ modules }: SourceFile, { resolved }: TypedProgram): ReadonlySet<Local> {
  const patterns = modules.flatMap(descendants).flatMap((node): readonly Pattern[] => {
    if (node.kind === "functionClause") return node.params.map(({ pattern }) => pattern);
    return node.kind === "fn" ? node.clauses.flatMap(({ params }) => params) : [];
  });
  const locals = patterns
    .flatMap(descendants)
    .map((node) => (node.kind === "variablePattern" ? resolved.locals.get(node) : undefined));
  return new Set(locals.filter((local) => local !== undefined));
}

function typeOf({ symbol, expr }: Occurrence, params: ReadonlySet<Local>): TokenType | null {
  switch (symbol.kind) {
    case "local":
      return params.has(symbol.local) ? "parameter" : "variable";
    case "module":
    case "builtInModule":
    case "foreignModule":
      return "namespace";
    case "function":
    case "builtIn":
    case "foreign":
      return "function";
    case "step":
      return "method";
    case "compensation":
      return "event";
    case "workflow":
      return "class";
    case "type":
      return "type";
    case "constant":
      return "variable";
    case "field":
      return "property";
    // Written as an atom, it is coloured as one.
    case "dataKey":
      return expr ? "property" : null;
    case "option":
      return null;
  }
}

function modifiersOf({ symbol, role }: Occurrence): TokenModifier[] {
  const found: TokenModifier[] = role === "definition" ? ["declaration"] : [];
  if (symbol.kind === "constant") found.push("readonly");
  if (symbol.kind === "builtIn" || symbol.kind === "builtInModule") found.push("defaultLibrary");
  if (symbol.kind === "foreign" || (symbol.kind === "builtIn" && symbol.function.effect === "suspends"))
    found.push("async");
  return found;
}
