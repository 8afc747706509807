/** Building trees in tests, and saying what was reported as `code line:column "the text pointed at"`. */
import { buildFile } from "../../compiler/ast/from-cst/index.ts";
import type { SourceFile } from "../../compiler/ast/nodes.ts";
import { DiagnosticBag } from "../../compiler/diagnostics/bag.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";

export interface Built {
  readonly file: SourceFile;
  readonly diagnostics: readonly Diagnostic[];
  /** Each diagnostic in one line. */
  readonly reports: readonly string[];
}

export function build(text: string, path = "test_flow.durable"): Built {
  const bag = new DiagnosticBag();
  const file = buildFile({ path, text }, bag);
  const diagnostics = bag.sorted();
  return { file, diagnostics, reports: diagnostics.map(reportOf) };
}

function reportOf({ code, location: { source, span } }: Diagnostic): string {
  const lines = source.text.slice(0, span.start).split("\n");
  const [pointed = ""] = source.text.slice(span.start, span.end).split("\n");
  return `${code} ${lines.length}:${(lines.at(-1)?.length ?? 0) + 1} ${pointed}`;
}

/** A step whose body is these lines. */
export function inStep(...lines: readonly string[]): string {
  return `workflow "w" do\n  step :a, fn data ->\n${lines.map((line) => `    ${line}`).join("\n")}\n  end\nend\n`;
}
