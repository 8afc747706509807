/** Gathers what a file turns out to need while its declarations are emitted. */
import { dirname, isAbsolute, relative } from "node:path";
import type { ForeignModule } from "../resolve/resolved.ts";
import type { RuntimeName, RuntimeTypeName } from "./runtime-names.ts";

export const runtimePackage = "@durablec/runtime";

export interface ImportLine {
  readonly from: string;
  readonly names: readonly { readonly name: string; readonly alias: string; readonly isType: boolean }[];
  /** `import * as name`. */
  readonly namespace: string | null;
}

export interface Imports {
  readonly runtime: (name: RuntimeName) => string;
  readonly runtimeType: (name: RuntimeTypeName) => string;
  /** An export of another generated file; gives the local name. */
  readonly generated: (path: string, name: string) => string;
  readonly generatedType: (path: string, name: string) => string;
  /** A TypeScript module; gives the local name of its namespace. */
  readonly foreign: (module: ForeignModule) => string;
  /**
   * In the order in which people keep them: packages, then files, each sorted. Types only as far as the code mentions them,
   * for the text of a type may have been asked for and not been used.
   */
  readonly lines: (code: string) => ImportLine[];
}

/** `claim` makes a name unique in the file; `path` is where the file will stand. */
export function createImports(path: string, claim: (wanted: string) => string): Imports {
  const named = new Map<string, Map<string, { alias: string; isType: boolean }>>();
  const namespaces = new Map<string, string>();

  const take = (from: string, name: string, isType: boolean, alias: () => string): string => {
    const names = named.get(from) ?? new Map<string, { alias: string; isType: boolean }>();
    named.set(from, names);
    const known = names.get(name) ?? { alias: alias(), isType };
    names.set(name, known);
    return known.alias;
  };

  return {
    runtime: (name) => take(runtimePackage, name, false, () => name),
    runtimeType: (name) => take(runtimePackage, name, true, () => name),
    generated: (target, name) => take(importPath(path, target), name, false, () => claim(name)),
    generatedType: (target, name) => take(importPath(path, target), name, true, () => claim(name)),
    foreign(module) {
      const from = isAbsolute(module.specifier) ? importPath(path, module.specifier) : module.specifier;
      const known = namespaces.get(from) ?? claim(`${module.name.replaceAll(".", "")}Module`);
      namespaces.set(from, known);
      return known;
    },
    lines: (code) => [...namespaceLines(namespaces), ...namedLines(named, wordsOf(code))].sort(byPlace),
  };
}

function namespaceLines(namespaces: ReadonlyMap<string, string>): ImportLine[] {
  return [...namespaces].map(([from, namespace]) => ({ from, names: [], namespace }));
}

function wordsOf(code: string): ReadonlySet<string> {
  return new Set(code.match(/[\w$]+/g));
}

function namedLines(
  named: ReadonlyMap<string, ReadonlyMap<string, { alias: string; isType: boolean }>>,
  mentioned: ReadonlySet<string>,
): ImportLine[] {
  return [...named].flatMap(([from, all]) => {
    const names = [...all].map(([name, rest]) => ({ name, ...rest }));
    const used = names.filter(({ alias, isType }) => !isType || mentioned.has(alias));
    return used.length === 0 ? [] : [{ from, namespace: null, names: used.sort((a, b) => (a.name < b.name ? -1 : 1)) }];
  });
}

function byPlace(a: ImportLine, b: ImportLine): number {
  const local = (line: ImportLine) => Number(line.from.startsWith("."));
  return local(a) - local(b) || (a.from < b.from ? -1 : 1);
}

/** Relative, with the extension that the JavaScript has or will have. */
function importPath(from: string, to: string): string {
  const path = relative(dirname(from), to)
    .replaceAll("\\", "/")
    .replace(/(?:\.d)?\.([cm]?)tsx?$/, ".$1js");
  return path.startsWith(".") ? path : `./${path}`;
}
