/** What a compilation is given: texts, and ways to ask for the rest of the world. */
import type { ForeignModule } from "./resolve/resolved.ts";
import type { SourceText } from "./source/source.ts";

export interface CompileInput {
  readonly sources: readonly SourceText[];
  /** The signature files of the built-in modules. */
  readonly prelude: readonly SourceText[];
  /** Reads the TypeScript module that a source (`from: "./mailer"`) or the config names; null when there is none. */
  readonly foreign: (request: ForeignRequest) => ForeignModule | null;
  /** `modules` of the config and `--module Name=path`: names that mean a TypeScript module in every file. */
  readonly modules: ReadonlyMap<string, string>;
  /** Codes to report that are off unless the configuration turns them on. */
  readonly enabled?: Iterable<string>;
  /** Where the generated file of a source will stand, for the imports in it. */
  readonly outputPath: (source: SourceText) => string;
}

export interface ForeignRequest {
  readonly name: string;
  /** As written: a relative path or a package name. */
  readonly specifier: string;
  /** The `.durable` file that names it, or null for the config. */
  readonly from: SourceText | null;
}
