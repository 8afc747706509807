import type { Location } from "../../compiler/source/source.ts";

/** The line a location starts in, from 1. */
export function lineAt({ source, span }: Location): number {
  return source.text.slice(0, span.start).split("\n").length;
}
