/** Where what a name stands for is defined: in the project, in the signature files, or in the app's TypeScript. */
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Location as ProtocolLocation } from "vscode-languageserver/node";
import type { Name } from "../ast/nodes.ts";
import { readPrelude } from "../project/prelude.ts";
import type { ForeignExport, ForeignModule, ResolvedModule } from "../resolve/resolved.ts";
import type { SourceText, Span } from "../source/source.ts";
import { nameSpan } from "./names/name-span.ts";
import { occurrencesOf } from "./names/occurrences.ts";
import type { NameSymbol } from "./names/symbol.ts";
import { locationOf } from "./places.ts";
import type { View } from "./view.ts";

export function definitionsOf(symbol: NameSymbol, view: View): ProtocolLocation[] {
  const inModule = (name: Name, { file: { source } }: ResolvedModule) => [inSource(source, name.span, view)];
  switch (symbol.kind) {
    case "local":
      return [inSource(symbol.source, symbol.local.span, view)];
    case "step":
      return inModule(symbol.step.name, symbol.workflow.module);
    case "compensation":
      return inModule(symbol.compensation.name, symbol.workflow.module);
    case "workflow":
      return inModule(symbol.workflow.ast.name, symbol.workflow.module);
    case "module":
      return inModule(symbol.module.ast.name, symbol.module);
    case "function":
      return symbol.function.clauses.flatMap(({ name }) => inModule(name, symbol.function.module));
    case "constant":
      return inModule(symbol.constant.name, symbol.module);
    case "type":
      return inModule(symbol.type.name, symbol.module);
    case "builtIn":
      return inSignatures(symbol.function.module, symbol.function.name);
    case "builtInModule":
      return inSignatures(symbol.name, null);
    case "foreign":
      return [inScript(symbol.export, view)];
    case "foreignModule":
      return scriptOf(symbol.module, view);
    case "dataKey":
      return occurrencesOf(view.snapshot, symbol)
        .filter(({ role }) => role === "definition")
        .map(({ file: { source }, span }) => locationOf({ source, span }, view.uriOf));
    case "option":
    case "field":
      return [];
  }
}

function inSource(source: SourceText, span: Span, { uriOf }: View): ProtocolLocation {
  return locationOf({ source, span: nameSpan(source, span) }, uriOf);
}

const signatures = fileURLToPath(new URL("../prelude/", import.meta.url));

/** The first signature of a built-in function, or its module. */
function inSignatures(module: string, name: string | null): ProtocolLocation[] {
  const uriOf = (path: string) => pathToFileURL(resolve(signatures, path)).href;
  for (const source of readPrelude()) {
    const head = new RegExp(`^defmodule (:?${escaped(module)}) do$`, "m").exec(source.text);
    if (!head) continue;
    const start = head.index + "defmodule ".length;
    if (name === null) return [locationOf({ source, span: { start, end: start + head[1]!.length } }, uriOf)];
    const spec = new RegExp(`@spec (${escaped(name)})(?![\\w?!])`).exec(source.text.slice(head.index));
    const at = head.index + (spec?.index ?? 0) + "@spec ".length;
    return spec ? [locationOf({ source, span: { start: at, end: at + name.length } }, uriOf)] : [];
  }
  return [];
}

function escaped(text: string): string {
  return text.replace(/[.?]/g, "\\$&");
}

/** The line is known; the name is looked for in it. */
function inScript({ path, line, name }: ForeignExport, { root }: View): ProtocolLocation {
  const file = resolve(root, path);
  const text = existsSync(file) ? (readFileSync(file, "utf8").split(/\r?\n/)[line - 1] ?? "") : "";
  const word = name.slice(name.lastIndexOf(".") + 1);
  const character = Math.max(0, text.search(new RegExp(`\\b${word}\\b`)));
  const end = text.startsWith(word, character) ? character + word.length : character;
  const range = { start: { line: line - 1, character }, end: { line: line - 1, character: end } };
  return { uri: pathToFileURL(file).href, range };
}

/** The file, or for a package the file of its first export. */
function scriptOf({ specifier, exports }: ForeignModule, { root }: View): ProtocolLocation[] {
  const [first] = exports.values();
  const file = isAbsolute(specifier) ? specifier : first && resolve(root, first.path);
  if (file === undefined) return [];
  const start = { line: 0, character: 0 };
  return [{ uri: pathToFileURL(file).href, range: { start, end: start } }];
}
