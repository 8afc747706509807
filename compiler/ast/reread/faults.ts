import type { Problem } from "@durablec/grammar";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { Item } from "./items.ts";

/** Where all stands that was found wrong: nothing was, in one item, or anywhere. */
export type Faults = "none" | "anywhere" | Item;

/** What is told by the tokens next to it; a bracket or a text left open is told by what stands far away. */
const local: ReadonlySet<Problem["kind"]> = new Set(["unexpected", "joined", "tightKey"]);

export function faultsIn(items: readonly Item[], problems: readonly Problem[], bag: DiagnosticBag): Faults {
  if (bag.isEmpty()) return "none";
  if (!problems.every(({ kind }) => local.has(kind))) return "anywhere";
  return items.find(({ span }) => bag.isWithin(span)) ?? "anywhere";
}
