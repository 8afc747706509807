/**
 * The built-in modules, read from their signature files. Only the signatures of the names that a program mentions are
 * parsed, one name at a time: which names there are is found by a look at the text alone. A cold start pays for what
 * the program uses (parsing all files took 600 ms cold, where finding the names in them takes 1).
 */
import type { ModuleItem, SourceFile, Spec, TypeExpr } from "../ast/nodes.ts";
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

/** By name, the lines of a module that hold its signatures: `@doc`, `@effect` and one `@spec` or more. */
type Signatures = ReadonlyMap<string, string>;

/** `parse` turns a signature file into its tree; signature files are ours, so what it reports is a defect of ours. */
export function createPrelude(sources: readonly SourceText[], parse: (source: SourceText) => SourceFile): Prelude {
  const modules = new Map(sources.flatMap(findModules));
  const known = new Map<string, readonly PreludeFunction[]>();
  const read = (module: string, name: string, text: string): readonly PreludeFunction[] => {
    const file = parse({ path: `${module}.${name}`, text: `defmodule Signatures do\n${text}\nend\n` });
    return readSpecs(module, file.modules[0]?.items ?? [], file.source);
  };
  return {
    modules: [...modules.keys()],
    has: (module) => modules.has(module),
    names: (module) => new Set(modules.get(module)?.keys()),
    functions(module, name) {
      const text = modules.get(module)?.get(name);
      if (text === undefined) return [];
      const key = `${module}.${name}`;
      const found = known.get(key) ?? read(module, name, text);
      known.set(key, found);
      return found;
    },
  };
}

/** The modules a signature file declares; `:rand` is filed under `rand`. */
function findModules({ text }: SourceText): [string, Signatures][] {
  return [...text.matchAll(/^defmodule :?([\w.]+) do$([\s\S]*?)^end$/gm)].map(([, name = "", body = ""]) => [
    name,
    findSignatures(body),
  ]);
}

/** A name's lines begin with the attributes before its first spec, and end where the next name's begin. */
function findSignatures(body: string): Signatures {
  const signatures = new Map<string, string>();
  let name = "";
  let pending = "";
  for (const part of body.split(/^(?=\s*@(?:doc|effect|spec)\b)/m)) {
    const spec = /^\s*@spec\s+([a-z_]\w*[?!]?)/.exec(part);
    pending += part;
    if (!spec) continue;
    name = spec[1] ?? name;
    signatures.set(name, (signatures.get(name) ?? "") + pending);
    pending = "";
  }
  return signatures;
}

/** `@doc` and `@effect` hold for all specs of a name. */
function readSpecs(module: string, items: readonly ModuleItem[], source: SourceText): readonly PreludeFunction[] {
  const functions: PreludeFunction[] = [];
  let effect: PreludeEffect | null = null;
  for (const item of items) {
    effect = effectOf(item) ?? effect;
    if (item.kind !== "spec") continue;
    const [first] = functions;
    const written = { params: item.params.map(textIn(source)), result: textIn(source)(item.result) };
    const read = readSpec(item, effect ?? first?.effect ?? "pure", first?.doc ?? "");
    functions.push({ module, ...read, written });
    effect = null;
  }
  return functions.sort((a, b) => a.arity - b.arity);
}

function effectOf(item: ModuleItem): PreludeEffect | null {
  if (item.kind !== "constant" || item.name.text !== "effect" || item.value.kind !== "literal") return null;
  return item.value.value as PreludeEffect;
}

function textIn({ text }: SourceText): (type: TypeExpr) => string {
  return ({ span: { start, end } }) => text.slice(start, end);
}

function readSpec(spec: Spec, effect: PreludeEffect, doc: string): Omit<PreludeFunction, "module" | "written"> {
  const scope = { named: () => dynamic, variable: (name: string) => ({ kind: "variable", name }) as const };
  return {
    name: spec.name.text,
    arity: spec.params.length,
    params: spec.params.map((param) => typeFromAst(param, scope)),
    result: typeFromAst(spec.result, scope),
    effect,
    doc: spec.doc ?? doc,
  };
}
