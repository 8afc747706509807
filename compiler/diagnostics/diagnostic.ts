import type { Location, Span } from "../source/source.ts";

export type Severity = "error" | "warning" | "off";

/** A second place that explains the first: "defined here", "also called here". */
export interface Related {
  readonly message: string;
  readonly location: Location;
}

/** One mistake, reported once: what is wrong, where, and the one thing to do about it. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  readonly location: Location;
  readonly related: readonly Related[];
  /** How to mend it, where that is known. */
  readonly fix?: Fix;
}

/** A change of the source that answers a diagnostic. */
export interface Fix {
  /** What it does, as a command: "Add `use Durable.Wait`". */
  readonly title: string;
  /** In the file of the diagnostic; they do not overlap. */
  readonly edits: readonly Edit[];
  /** Whether it changes nothing of what the program means, so that `check --fix` may apply it unasked. */
  readonly safe: boolean;
}

/** Replaces a span, which may be empty, by a text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/**
 * A catalog entry: the rule behind a diagnostic, as data with proof. `bad` is a source that yields exactly this code,
 * `good` the same program mended, which yields nothing. Both are run by the test suite and printed in the docs.
 */
export interface Rule<Params = void> {
  readonly code: string;
  readonly severity: Severity;
  /** One line that names the rule in tables. */
  readonly summary: string;
  readonly message: (params: Params) => string;
  readonly help: (params: Params) => string;
  /** `span` is where the diagnostic is reported. */
  readonly fix?: (params: Params, span: Span) => Fix | null;
  /** Markdown: why the compiler minds, for `durablec explain` and docs/diagnostics.md. */
  readonly explanation: string;
  readonly bad: string;
  readonly good: string;
}

/** Declares a rule; exists so that the parameter type is inferred from `message`. */
export function rule<Params = void>(entry: Rule<Params>): Rule<Params> {
  return entry;
}
