/** The shape of `--json`: stable, because editors and CI read it. Lines and columns from 1, `endColumn` exclusive. */
import { positionAt } from "../../source/position.ts";
import type { Location } from "../../source/source.ts";
import type { Diagnostic, Related } from "../diagnostic.ts";

export interface DiagnosticsReport {
  readonly diagnostics: readonly DiagnosticEntry[];
  readonly errors: number;
  readonly warnings: number;
}

export interface DiagnosticEntry {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly help: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly related: readonly RelatedEntry[];
}

export interface RelatedEntry {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export function reportOf(diagnostics: readonly Diagnostic[]): DiagnosticsReport {
  return {
    diagnostics: diagnostics.map(entryOf),
    errors: diagnostics.filter(({ severity }) => severity === "error").length,
    warnings: diagnostics.filter(({ severity }) => severity === "warning").length,
  };
}

function entryOf({ code, severity, message, help, location, related }: Diagnostic): DiagnosticEntry {
  const end = positionAt(location.source, location.span.end);
  return {
    code,
    severity,
    message,
    help,
    ...startOf(location),
    endLine: end.line,
    endColumn: end.column,
    related: related.map(relatedEntryOf),
  };
}

function relatedEntryOf({ message, location }: Related): RelatedEntry {
  return { message, ...startOf(location) };
}

function startOf({ source, span }: Location): { file: string; line: number; column: number } {
  return { file: source.path, ...positionAt(source, span.start) };
}
