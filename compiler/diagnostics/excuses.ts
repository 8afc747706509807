/**
 * `# durable-ignore timeout/missing: the customer may take years` excuses the line below it from one warning. It says why,
 * and it excuses something: one that does neither is reported itself, so that none outlives its reason.
 */
import type { Comment, SourceFile } from "../ast/nodes.ts";
import { positionAt } from "../source/position.ts";
import type { SourceText } from "../source/source.ts";
import type { DiagnosticBag } from "./bag.ts";
import { badIgnore } from "./catalog/excuse.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { suggest } from "./suggest.ts";

interface Excuse {
  readonly source: SourceText;
  readonly comment: Comment;
  readonly code: string;
  /** The line it stands above. */
  readonly line: number;
}

/** What the phases have found, less what the sources excuse. `known` are the codes there are. */
export function withoutExcused(
  bag: DiagnosticBag,
  files: readonly SourceFile[],
  known: readonly string[],
): Diagnostic[] {
  const found = bag.sorted();
  const excuses = files.flatMap((file) => excusesIn(file, bag));
  const excused = new Map<Diagnostic, Excuse>();
  for (const diagnostic of found) {
    const excuse = excuses.find((candidate) => excusesIt(candidate, diagnostic));
    if (excuse && diagnostic.severity !== "error") excused.set(diagnostic, excuse);
  }
  // With errors not everything has been looked at.
  const used = new Set(excused.values());
  const useless = hasErrors(found) ? [] : excuses.filter((excuse) => !used.has(excuse));
  for (const { source, comment, code } of useless) {
    bag.report(badIgnore, { source, span: comment.span }, { why: whyUseless(code, known) });
  }
  return bag.sorted().filter((diagnostic) => !excused.has(diagnostic));
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function excusesIt({ source, code, line }: Excuse, diagnostic: Diagnostic): boolean {
  const { location } = diagnostic;
  if (code !== diagnostic.code || source !== location.source) return false;
  return positionAt(source, location.span.start).line === line;
}

function excusesIn({ source, comments }: SourceFile, bag: DiagnosticBag): Excuse[] {
  if (!comments.some(({ text }) => text.includes("durable-ignore"))) return [];
  const commented = new Set(comments.map(({ span }) => positionAt(source, span.start).line));
  return comments.flatMap((comment) => {
    const match = /^#\s*durable-ignore\b\s*([\w/-]*)(.*)$/.exec(comment.text);
    if (!match) return [];
    const [, code = "", rest = ""] = match;
    if (code === "" || !/^\s*:\s*\S/.test(rest)) {
      const why = "it has the form `durable-ignore code: reason`, with a reason";
      bag.report(badIgnore, { source, span: comment.span }, { why });
      return [];
    }
    let line = positionAt(source, comment.span.start).line + 1;
    while (commented.has(line)) line += 1;
    return [{ source, comment, code, line }];
  });
}

function whyUseless(code: string, known: readonly string[]): string {
  if (known.includes(code)) return `there is no warning ${code} in the line below`;
  const near = suggest(code, known);
  return near === null ? `there is no code ${code}` : `there is no code ${code}; did you mean ${near}?`;
}
