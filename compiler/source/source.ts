/** A half-open range of UTF-16 offsets into one source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One file's text as the compiler sees it; `path` is what messages show, relative to where the user stands. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** A place the user can be pointed at. */
export interface Location {
  readonly source: SourceText;
  readonly span: Span;
}
