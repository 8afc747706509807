/** Applies fixes to texts. */
import type { SourceText } from "../source/source.ts";
import type { Diagnostic, Edit } from "./diagnostic.ts";

export interface FixedText {
  readonly source: SourceText;
  readonly text: string;
  /** How many diagnostics were answered. */
  readonly fixes: number;
}

/** The sources that safe fixes change, with their new texts. Of two fixes that overlap the first one is applied. */
export function applySafeFixes(diagnostics: readonly Diagnostic[]): FixedText[] {
  return [...safeEdits(diagnostics)].map(([source, edits]) => ({ source, ...applied(source.text, edits) }));
}

function safeEdits(diagnostics: readonly Diagnostic[]): Map<SourceText, (readonly Edit[])[]> {
  const found = new Map<SourceText, (readonly Edit[])[]>();
  for (const { fix, location } of diagnostics) {
    if (fix?.safe) found.set(location.source, [...(found.get(location.source) ?? []), fix.edits]);
  }
  return found;
}

function applied(text: string, fixes: readonly (readonly Edit[])[]): { text: string; fixes: number } {
  const chosen: Edit[] = [];
  let count = 0;
  for (const edits of fixes) {
    if (edits.some((edit) => chosen.some((other) => overlap(edit, other)))) continue;
    chosen.push(...edits);
    count += 1;
  }
  const fromTheEnd = chosen.toReversed().sort((a, b) => b.span.start - a.span.start);
  const changed = fromTheEnd.reduce(
    (all, { span, text: put }) => all.slice(0, span.start) + put + all.slice(span.end),
    text,
  );
  return { text: changed, fixes: count };
}

function overlap(a: Edit, b: Edit): boolean {
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
