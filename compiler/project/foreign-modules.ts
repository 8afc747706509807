/** Answers for the app's TypeScript modules: from what is known of them already, else by reading them. */
import { dirname, resolve } from "node:path";
import type { CompileInput, ForeignRequest } from "../input.ts";
import type { ForeignReader } from "../resolve/foreign.ts";
import type { SourceText } from "../source/source.ts";
import { CONFIG_FILE } from "./config.ts";
import { openForeignCache } from "./foreign-cache.ts";

export interface ForeignModulesRequest {
  readonly sources: readonly SourceText[];
  readonly modules: ReadonlyMap<string, string>;
  readonly cwd: string;
}

/** Loads what reads TypeScript only when some module is named that is not known yet. */
export async function foreignModules(request: ForeignModulesRequest): Promise<CompileInput["foreign"]> {
  const { known, load } = openForeignModules(request.cwd);
  const expected = expectedRequests(request);
  const read = expected?.every((one) => known(one) !== null) ? known : await load();
  return (one) => read(one)?.module ?? null;
}

export interface ForeignModules {
  /** What earlier runs have read, while it still holds; null for everything else. */
  readonly known: ForeignReader;
  /** Loads what reads TypeScript, which takes a while. A module that it has read is not read again. */
  readonly load: () => Promise<ForeignReader>;
}

export function openForeignModules(cwd: string): ForeignModules {
  const cache = openForeignCache(cwd);
  const fileOf = ({ from }: ForeignRequest) => resolve(cwd, from?.path ?? CONFIG_FILE);
  const keyOf = (one: ForeignRequest) => JSON.stringify([cwd, dirname(fileOf(one)), one.specifier]);
  const known = (one: ForeignRequest) => cache.get(keyOf(one), one.name);
  const load = async () => {
    const { createForeignReader } = await import("../resolve/foreign.ts");
    const since = Date.now();
    const read = createForeignReader({ cwd, fileOf });
    return (one: ForeignRequest) => {
      const found = known(one);
      if (found !== null) return found;
      const reading = read(one);
      if (reading !== null) cache.put(keyOf(one), reading, since);
      return reading;
    };
  };
  return { known, load };
}

/** What the sources will ask for, by a look at their text; null when the look is not enough to be sure. */
function expectedRequests({ sources, modules }: ForeignModulesRequest): ForeignRequest[] | null {
  const expected: ForeignRequest[] = [];
  for (const source of sources) {
    const imports = [...source.text.matchAll(/^[ \t]*import[ \t]+([A-Z][\w.]*),[ \t]*from:[ \t]*"([^"\\#]*)"/gm)];
    if (imports.length !== source.text.match(/\bfrom:/g)?.length && source.text.includes("from:")) return null;
    expected.push(...imports.map(([, name, specifier]) => ({ name: name!, specifier: specifier!, from: source })));
  }
  const isNamed = (name: string) => sources.some(({ text }) => text.includes(`${name}.`));
  const configured = [...modules].filter(([name]) => isNamed(name));
  return [...expected, ...configured.map(([name, specifier]) => ({ name, specifier, from: null }))];
}
