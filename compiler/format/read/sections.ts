/** `do … else … end`. */
import type { CstNode } from "@durablec/grammar";
import { nodes, theNode, theToken } from "../../ast/from-cst/cst.ts";
import type { Call, Section } from "../forms.ts";
import { itemsBody, sectionBody } from "./bodies.ts";
import { lineOf } from "./lines.ts";

export type Sections = Pick<Call, "sections" | "end">;

/** Of a `doBlock` node. */
export function sectionsOf(source: string, block: CstNode): Sections {
  const end = lineOf(theToken(block, "End"));
  const later = nodes(block, "section").map((section) => {
    const word = theToken(section, "Section");
    return { word: word.image, line: lineOf(word), block: theNode(section, "block") };
  });
  const all = [{ word: "do", line: lineOf(theToken(block, "Do")), block: theNode(block, "block") }, ...later];
  const sections = all.map(
    ({ word, line, block: inner }, index): Section => ({
      word,
      line,
      body: sectionBody(source, inner, line, all[index + 1]?.line ?? end),
    }),
  );
  return { sections, end };
}

/** Of a node that holds its items between `do` and `end` itself: a module, an `itemBlock`. */
export function itemSections(source: string, block: CstNode): Sections {
  const [line, end] = [lineOf(theToken(block, "Do")), lineOf(theToken(block, "End"))];
  const items = nodes(block, block.name === "module" ? "moduleItem" : "item");
  return { sections: [{ word: "do", line, body: itemsBody(source, items, line, end) }], end };
}
