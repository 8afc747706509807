import type { Location, SourceText, Span } from "./source.ts";

/** A node's place that moves along when the text before it is edited. */
export class Place implements Location {
  readonly #owner: { readonly file: { readonly source: SourceText } };
  /** The node's own. */
  readonly span: Span;

  constructor(owner: { readonly file: { readonly source: SourceText } }, span: Span) {
    this.#owner = owner;
    this.span = span;
  }

  get source(): SourceText {
    return this.#owner.file.source;
  }
}
