/** Functions that can be called: of a module, or without naming one. */
import { CompletionItemKind } from "vscode-languageserver/node";
import { type Environment, meaningOf, moduleNames } from "../../../resolve/environment.ts";
import type { FunctionDefinition, ResolvedModule } from "../../../resolve/resolved.ts";
import { alwaysUsed, usable } from "../../../resolve/words.ts";
import { foreignLine, functionLine } from "../../describe/signatures.ts";
import type { View } from "../../view.ts";
import { callSnippet, type Proposal } from "./item.ts";

/** What can follow `Enum.`: functions, and modules whose names go on. */
export function membersOf(qualifier: string, environment: Environment, view: View): Proposal[] {
  const erlang = qualifier.startsWith(":");
  const name = erlang ? qualifier.slice(1) : qualifier;
  const span = { start: 0, end: 0 };
  const meaning = meaningOf(environment, { kind: "moduleRef", span, name, erlang });
  const inner = erlang ? [] : modulesBelow(name, environment);
  switch (meaning.kind) {
    case "project":
      return [...publicOf(meaning.module, environment.module, view), ...inner];
    case "prelude":
      return [...builtInsOf(meaning.name, view), ...inner];
    case "foreign": {
      const exports = [...meaning.module.exports];
      const preferred = exports.filter(([called]) => !hasSnakeCase(called, meaning.module.exports));
      return preferred.map(([called, found]) => ({
        label: called,
        kind: CompletionItemKind.Function,
        detail: foreignLine(called, found).text,
        doc: `TypeScript: ${found.path}:${found.line}.`,
        snippet: callSnippet(called, found.params.length),
      }));
    }
    default:
      return inner;
  }
}

/** `sendCard` goes by `send_card`, so only that is offered. */
function hasSnakeCase(called: string, exports: ReadonlyMap<string, unknown>): boolean {
  const snake = called.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return snake !== called && exports.has(snake);
}

function modulesBelow(prefix: string, environment: Environment): Proposal[] {
  const names = moduleNames(environment).filter((name) => name.startsWith(`${prefix}.`));
  const next = new Set(names.map((name) => name.slice(prefix.length + 1).split(".")[0]!));
  return [...next].map((label) => ({ label, kind: CompletionItemKind.Module, rank: 3 }));
}

function publicOf(module: ResolvedModule, from: ResolvedModule, view: View): Proposal[] {
  const visible = [...module.functions.values()].filter(({ visibility }) => visibility === "public" || module === from);
  return visible.map((definition) => functionProposal(definition, view));
}

function functionProposal(definition: FunctionDefinition, { snapshot: { program } }: View): Proposal {
  const { name, arity, doc } = definition;
  return {
    label: name,
    kind: CompletionItemKind.Function,
    detail: functionLine(definition, program).text,
    doc,
    snippet: callSnippet(name, arity),
    rank: 2,
  };
}

function builtInsOf(module: string, { snapshot: { prelude }, file, uriOf }: View, rank = 4): Proposal[] {
  const uri = uriOf(file.source.path);
  return [...prelude.names(module)].filter(isWord).map((name) => ({
    label: name,
    kind: CompletionItemKind.Function,
    snippet: `${name}($0)`,
    rank,
    data: { uri, module, name },
  }));
}

function isWord(name: string): boolean {
  return /^[a-z]/.test(name);
}

/** The module's own functions, those that are always there, and those that a `use` brings in or would bring in. */
export function functionsInScope(environment: Environment, view: View): Proposal[] {
  const own = [...environment.module.functions.values()].map((definition) => functionProposal(definition, view));
  const brought = [alwaysUsed, ...usable].flatMap((module) => {
    const isThere = module === alwaysUsed || environment.uses.has(module);
    return builtInsOf(module, view, isThere ? 3 : 8).map((proposal) =>
      isThere ? proposal : { ...proposal, detail: `needs \`use ${module}\`` },
    );
  });
  return [...own, ...brought];
}

export function modulesInScope(environment: Environment, wanted: (name: string) => number): Proposal[] {
  const names = [...new Set(moduleNames(environment))].filter((name) => /^[A-Z]/.test(name));
  return names.map((label) => ({ label, kind: CompletionItemKind.Module, rank: wanted(label) }));
}
