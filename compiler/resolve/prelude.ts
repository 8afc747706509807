/**
 * The built-in modules, read from their signature files. A file is parsed only when a name of its module is needed;
 * until then its module's name and the names it declares come from a look at the text alone, so that a cold start pays
 * for what the program uses.
 */
import type { Module, ModuleItem, SourceFile, Spec } from "../ast/nodes.ts";
import type { SourceText } from "../source/source.ts";
import { dynamic } from "../types/construct.ts";
import { typeFromAst } from "../types/from-ast.ts";
import type { PreludeEffect, PreludeFunction } from "./resolved.ts";

export interface Prelude {
  /** In the order of the signature files. */
  readonly modules: readonly string[];
  readonly has: (module: string) => boolean;
  /** The names of the module's functions, without reading their signatures. */
  readonly names: (module: string) => ReadonlySet<string>;
  /** Every signature of that name, by ascending arity. */
  readonly functions: (module: string, name: string) => readonly PreludeFunction[];
}

interface Section {
  readonly source: SourceText;
  readonly names: ReadonlySet<string>;
}

/** `parse` turns a signature file into its tree; signature files are ours, so what it reports is a defect of ours. */
export function createPrelude(sources: readonly SourceText[], parse: (source: SourceText) => SourceFile): Prelude {
  const sections = new Map(sources.flatMap(findModules));
  const parsed = new Map<string, ReadonlyMap<string, readonly PreludeFunction[]>>();
  const load = (name: string): void => {
    const section = sections.get(name);
    if (!section) return;
    for (const module of parse(section.source).modules) parsed.set(plainName(module), readModule(module));
  };
  return {
    modules: [...sections.keys()],
    has: (module) => sections.has(module),
    names: (module) => sections.get(module)?.names ?? noNames,
    functions(module, name) {
      if (!sections.get(module)?.names.has(name)) return [];
      if (!parsed.has(module)) load(module);
      return parsed.get(module)?.get(name) ?? [];
    },
  };
}

const noNames: ReadonlySet<string> = new Set();

/** The modules a signature file declares, each with the names in its text. */
function findModules(source: SourceText): [string, Section][] {
  const heads = [...source.text.matchAll(/^\s*defmodule\s+:?([\w.]+)\s+do\b/gm)];
  return heads.map((head, index) => {
    const end = heads[index + 1]?.index ?? source.text.length;
    const specs = source.text.slice(head.index, end).matchAll(/^\s*@spec\s+([a-z_]\w*[?!]?)/gm);
    return [head[1] ?? "", { source, names: new Set([...specs].map((spec) => spec[1] ?? "")) }];
  });
}

/** `@doc` and `@effect` speak of the specs that follow, as long as these are of one name. */
function readModule(module: Module): ReadonlyMap<string, readonly PreludeFunction[]> {
  const functions = new Map<string, PreludeFunction[]>();
  let effect: PreludeEffect | null = null;
  for (const item of module.items) {
    effect = effectOf(item) ?? effect;
    if (item.kind !== "spec") continue;
    const overloads = functions.get(item.name.text) ?? [];
    const [first] = overloads;
    overloads.push(readSpec(plainName(module), item, effect ?? first?.effect ?? "pure", first?.doc ?? ""));
    functions.set(item.name.text, overloads);
    effect = null;
  }
  for (const overloads of functions.values()) overloads.sort((a, b) => a.arity - b.arity);
  return functions;
}

function effectOf(item: ModuleItem): PreludeEffect | null {
  if (item.kind !== "constant" || item.name.text !== "effect" || item.value.kind !== "literal") return null;
  return item.value.value as PreludeEffect;
}

function readSpec(module: string, spec: Spec, effect: PreludeEffect, doc: string): PreludeFunction {
  const scope = { named: () => dynamic, variable: (name: string) => ({ kind: "variable", name }) as const };
  return {
    module,
    name: spec.name.text,
    arity: spec.params.length,
    params: spec.params.map((param) => typeFromAst(param, scope)),
    result: typeFromAst(spec.result, scope),
    effect,
    doc: spec.doc ?? doc,
  };
}

/** `:rand` is filed under `rand`. */
function plainName(module: Module): string {
  return module.name.text.replace(/^:/, "");
}
