import type { SourceFile } from "../ast/nodes.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Snapshot } from "../session.ts";
import type { UriOf } from "./places.ts";

/** What a feature is given: a file, and everything that is known of the project it belongs to. */
export interface View {
  readonly snapshot: Snapshot;
  readonly file: SourceFile;
  readonly uriOf: UriOf;
  /** Absolute; the paths of sources start here. */
  readonly root: string;
  /** What was found in the file, with the severities that the project wants. */
  readonly diagnostics: () => readonly Diagnostic[];
}
