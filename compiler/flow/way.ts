/** The way to a wait, in words and places. */
import type { Link } from "../calls/outline.ts";
import type { Related } from "../diagnostics/diagnostic.ts";

export interface WayText {
  /** What waits: `sleep`. */
  readonly wait: string;
  /** The calls that lead there, outermost first; empty when the wait itself is in place. */
  readonly by: readonly string[];
}

export function wayText(way: readonly Link[]): WayText {
  const names = way.map(nameOf);
  return { wait: names.at(-1) ?? "", by: names.slice(0, -1) };
}

/** The places of all links but the first, which is where the mistake is reported. */
export function relatedOf(way: readonly Link[]): Related[] {
  return way.slice(1).map(({ node, module, to }) => ({
    message: to ? "which calls this" : "which waits here",
    location: {
      source: module.file.source,
      span: node.kind === "call" || node.kind === "functionRef" ? node.name.span : node.keyword,
    },
  }));
}

function nameOf({ node, to }: Link): string {
  if (node.kind === "parallel") return "parallel run: :queued";
  return to && "ast" in to ? `${node.name.text}(${to.module.name}, …)` : node.name.text;
}
