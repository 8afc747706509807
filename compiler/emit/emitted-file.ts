import type { SourceText } from "../source/source.ts";

export interface EmittedFile {
  readonly path: string;
  readonly source: SourceText;
  readonly code: string;
  /** Source map, version 3, as JSON text. */
  readonly map: string;
}
