/**
 * The app's `.durable` files for as long as a bundler runs. They are compiled together, because modules know each other by
 * name, and after a change again, but only what it concerns.
 */
import { resolve } from "node:path";
import { createBuilder, declarationFiles, writeFiles } from "../build.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { EmittedFile } from "../emit/emitted-file.ts";
import type { DurableOptions } from "./options.ts";

export interface Compiled {
  /** By the absolute path of the source. Empty when there are errors. */
  readonly files: ReadonlyMap<string, EmittedFile>;
  /** Absolute paths of all sources. */
  readonly sources: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface BundledProject {
  /** The project as it is on the disk. Rejects with a `UserError` where there is nothing to compile. */
  readonly compiled: () => Promise<Compiled>;
  /** As it was when somebody last asked; null when nobody has, or when that failed. */
  readonly last: () => Compiled | null;
  /** Something has changed: the next one to ask gets it compiled anew. */
  readonly changed: () => void;
}

export function createBundledProject({ root = ".", strict = false, types = true }: DurableOptions): BundledProject {
  const cwd = process.cwd();
  const build = createBuilder({ paths: [root], cwd, out: null, strict });
  let current: Promise<Compiled> | null = null;
  let last: Compiled | null = null;

  const compile = async (): Promise<Compiled> => {
    const built = await build();
    if (types) writeFiles(await declarationFiles(built));
    last = {
      files: new Map(built.files.map((file) => [resolve(cwd, file.source.path), file])),
      sources: built.sources.map(({ path }) => resolve(cwd, path)),
      diagnostics: built.diagnostics,
    };
    return last;
  };
  return {
    compiled() {
      current ??= compile();
      return current;
    },
    last: () => last,
    changed() {
      current = null;
    },
  };
}
