import type { ResolvedModule } from "../../resolve/resolved.ts";
import type { Span } from "../../source/source.ts";

/** What was written there, for a node or a span of a module. */
export function sliceOf({ file }: ResolvedModule, place: Span | { readonly span: Span }): string {
  const { start, end } = "span" in place ? place.span : place;
  return file.source.text.slice(start, end);
}
