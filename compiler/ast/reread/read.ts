/** Texts to trees, again and again: what an edit has left as it was stays the same object. */
import { parseFile } from "@durablec/grammar";
import { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { SourceText } from "../../source/source.ts";
import { buildParsed } from "../from-cst/index.ts";
import type { SourceFile } from "../nodes.ts";
import { type Faults, faultsIn } from "./faults.ts";
import { itemsIn } from "./items.ts";
import { keepItems } from "./keep.ts";
import { rereadFile } from "./reread.ts";

export interface Reading {
  readonly file: SourceFile;
  readonly bag: DiagnosticBag;
  readonly faults: Faults;
}

/** The tree `before` is no more after that: parts of it have moved. */
export function readFile(source: SourceText, before: Reading | null): Reading {
  return (before && rereadFile(before, source)) ?? readWhole(source, before?.file ?? null);
}

function readWhole(source: SourceText, before: SourceFile | null): Reading {
  const bag = new DiagnosticBag();
  const parsed = parseFile(source.text);
  const read = buildParsed(source, parsed, bag);
  const file = before ? keepItems(before, read) : read;
  const items = itemsIn(file.modules).filter(({ kind }) => kind !== "workflow");
  return { file, bag, faults: faultsIn(items, parsed.errors, bag) };
}
