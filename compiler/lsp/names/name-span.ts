import type { SourceText, Span } from "../../source/source.ts";

/** The name alone within its text: `:price`, `"order"`, `:"a b"`, `@limit`, `key:` without what is around it. */
export function nameSpan({ text }: SourceText, { start, end }: Span): Span {
  const written = text.slice(start, end);
  const before = /^(?::"|[:@"])?/.exec(written)?.[0].length ?? 0;
  const after = /"?:?$/.exec(written)?.[0].length ?? 0;
  return before + after >= written.length ? { start, end } : { start: start + before, end: end - after };
}

export function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
