/** What a project may settle in `durable.config.json`. */
import type { Severity } from "../diagnostics/diagnostic.ts";

export const CONFIG_FILE = "durable.config.json";

export interface Config {
  /** The folder that relative paths in it start from. */
  readonly folder: string;
  /** DSL name of a TypeScript module → its path, or the name of a package. */
  readonly modules: { readonly [name: string]: string };
  readonly rules: { readonly [code: string]: Severity };
  /** Warnings count as errors. */
  readonly strict: boolean;
  /** Where `durablec build` writes. */
  readonly out: string;
  /** The folder that what is written mirrors, whichever sources are named; null for the one that was named. */
  readonly root: string | null;
}

/** What holds where there is no file, or the file does not say. */
export function defaultConfig(folder: string): Config {
  return { folder, modules: {}, rules: {}, strict: false, out: "generated", root: null };
}
