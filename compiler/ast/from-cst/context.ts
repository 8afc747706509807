/** What every builder needs: the text, where in it we are, and a way to say that something in it is wrong. */
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { Related, Rule } from "../../diagnostics/diagnostic.ts";
import type { SourceText, Span } from "../../source/source.ts";

export interface Context {
  readonly source: SourceText;
  readonly bag: DiagnosticBag;
  /** The name of the module around, which is what `__MODULE__` means. */
  readonly module: string;
}

export function report<Params>(
  { source, bag }: Context,
  rule: Rule<Params>,
  span: Span,
  params: Params,
  related: readonly Related[] = [],
): void {
  bag.report(rule, { source, span }, params, related);
}

/** The text of a place, shortened to fit a message. */
export function excerpt({ source }: Context, { start, end }: Span): string {
  const text = source.text.slice(start, end).replace(/\s+/g, " ");
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
