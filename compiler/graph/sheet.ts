/** What the text formats have in common: short ids, and words for edges. */
import type { Drawing, DrawnEdge } from "./drawing.ts";
import type { EdgeKind } from "./graph.ts";

export interface SheetIds {
  /** `n1`, `n2`, … in the order of the drawing: words of any format, whatever the source calls things. */
  readonly of: (id: string) => string;
}

export function sheetIds({ frames }: Drawing): SheetIds {
  const ids = new Map<string, string>();
  for (const { nodes } of frames) for (const { id } of nodes) ids.set(id, `n${ids.size + 1}`);
  return {
    of(id) {
      const short = ids.get(id);
      if (short === undefined) throw new Error(`internal: an edge leads to ${id}, which is not drawn`);
      return short;
    },
  };
}

const words: { readonly [Kind in EdgeKind]: readonly string[] } = {
  next: [],
  goto: ["goto"],
  call: ["calls"],
  start: ["starts"],
  undo: ["undone by"],
};

export function edgeWords({ kind, label }: DrawnEdge): readonly string[] {
  return [...words[kind], ...label];
}
