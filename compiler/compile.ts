/** The pipeline, as a few named calls. Pure: it reads no disk and starts nothing; project.ts brings the world in. */
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
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

export interface EmittedFile {
  readonly path: string;
  readonly source: SourceText;
  readonly code: string;
  /** Source map, version 3, as JSON text. */
  readonly map: string;
}

export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileResult extends CheckResult {
  /** Empty when there are errors. */
  readonly files: readonly EmittedFile[];
}
