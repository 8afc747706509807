import type { World } from "./environment.ts";
import type { ResolvedModule } from "./resolved.ts";

/** Remembers which modules of the project a module has looked for, and tells whether it would still find the same. */
export interface Lookout {
  readonly modules: World["modules"];
  readonly holds: () => boolean;
  /** What it has found. */
  readonly found: () => readonly ResolvedModule[];
}

export function createLookout(modules: ReadonlyMap<string, ResolvedModule>): Lookout {
  const seen = new Map<string, ResolvedModule | undefined>();
  const allNames = () => [...modules.keys()].join();
  let names: string | null = null;
  return {
    modules: {
      get(name) {
        const found = modules.get(name);
        seen.set(name, found);
        return found;
      },
      keys() {
        names = allNames();
        return modules.keys();
      },
    },
    holds: () =>
      [...seen].every(([name, found]) => modules.get(name) === found) && (names === null || names === allNames()),
    found: () => [...seen.values()].filter((module) => module !== undefined),
  };
}
