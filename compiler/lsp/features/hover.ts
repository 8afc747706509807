/** What stands at the cursor: a name with what it means, else the type of the expression. */
import type { Hover } from "vscode-languageserver/node";
import { show } from "../../types/show.ts";
import { code, markdown } from "../describe/markdown.ts";
import { describe } from "../describe/symbol.ts";
import { occurrenceAt } from "../names/occurrences.ts";
import { rangeOf } from "../places.ts";
import { expressionAt } from "../tree.ts";
import type { View } from "../view.ts";

export function hover(view: View, offset: number): Hover | null {
  const { snapshot, file } = view;
  const occurrence = occurrenceAt(snapshot, file, offset);
  if (occurrence) {
    const contents = markdown(...describe(occurrence, view));
    return { contents, range: rangeOf(file.source, occurrence.span) };
  }
  const expr = expressionAt(file, offset);
  if (!expr || silent.has(expr.kind)) return null;
  const type = snapshot.program.typeOf(expr);
  if (type.kind === "dynamic" || type.kind === "none") return null;
  return { contents: markdown(code(show(type))), range: rangeOf(file.source, expr.span) };
}

/** What says its type itself, or is too large to be meant. */
const silent: ReadonlySet<string> = new Set(["literal", "block", "invalid", "fn", "moduleRef"]);
