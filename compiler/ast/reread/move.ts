import type { Span } from "../../source/source.ts";

/**
 * Moves trees by as much as the text before them has grown. They are moved in place: whoever knows something of a node
 * goes on knowing it. The tree of the text before is no more after that.
 */
export type Mover = (tree: unknown) => void;

export function createMover(by: number): Mover {
  // Nodes that were written in one place, such as a name and the variable that it is, may share their span.
  const done = new Set<Span>();
  const move = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    if (isSpan(part)) {
      if (!done.has(part)) Object.assign(part, { start: part.start + by, end: part.end + by });
      done.add(part);
    } else if (Array.isArray(part)) for (const each of part) move(each);
    else for (const key in part) move((part as { readonly [key: string]: unknown })[key]);
  };
  return by === 0 ? () => {} : move;
}

export function isSpan(part: object): part is Span {
  return "start" in part && typeof part.start === "number";
}
