/** A document becomes text. No recursion, so that nothing nests too deep for it. */
import type { Doc } from "./doc.ts";
import { type Entry, fits, groupFits, indented } from "./fits.ts";
import { createPage, type Page } from "./page.ts";

/** The text without a line break at its end. */
export function linesOf(doc: Doc, width: number): string {
  const page = createPage();
  const stack: Entry[] = [{ width, indent: 0, mode: "flat", doc }];
  for (let entry = stack.pop(); entry; entry = stack.pop()) put(page, stack, entry);
  return page.text();
}

/** Writes it, or puts back what is in it. */
function put(page: Page, stack: Entry[], entry: Entry): void {
  const { width, indent, mode, doc } = entry;
  switch (doc.kind) {
    case "text":
      page.write(doc.text, doc.width ?? 0);
      break;
    case "sequence":
      for (let at = doc.parts.length - 1; at >= 0; at--) stack.push({ ...entry, doc: doc.parts[at]! });
      break;
    case "break":
      if (breaksHere(page, stack, entry)) page.endLine(indent);
      else page.write(doc.flat, doc.flat.length);
      break;
    case "line":
      page.endLine(indent);
      break;
    case "blank":
      page.limitBlankLines();
      break;
    case "group": {
      const breaks = (doc.inherits && mode === "broken") || !groupFits(width, page.column(), indent, doc.body);
      stack.push({ ...entry, mode: breaks ? "broken" : "flat", doc: doc.body });
      break;
    }
    case "nest": {
      const applies = !doc.ifBroken || mode === "broken";
      stack.push({ ...entry, indent: applies ? indented(indent, page.column(), doc.by) : indent, doc: doc.body });
      break;
    }
    case "unlimited":
      stack.push({ ...entry, width: Number.POSITIVE_INFINITY, mode: "flat", doc: doc.body });
      break;
    default:
      stack.push({ ...entry, doc: doc.body });
  }
}

function breaksHere(page: Page, rest: readonly Entry[], { width, mode, doc }: Entry): boolean {
  if (doc.kind !== "break" || mode === "flat") return false;
  return !doc.flexible || !fits(width, page.column() + doc.flat.length, true, rest);
}
