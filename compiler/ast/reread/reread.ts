/**
 * A text read again after an edit inside a function or an item of a workflow: only that item is, alone in a frame of what
 * it stands in, and takes the place of the one before. What comes out equals what reading all of the text would give.
 * Where that is not certain it is null: when there is a fault elsewhere, when the first line of the item has been edited
 * (it decides what the item is) or its `end`, when the item does not end where it should, or what is wrong in it may have
 * to do with what stands around it.
 */
import { parseFile } from "@durablec/grammar";
import { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { SourceText, Span } from "../../source/source.ts";
import { buildParsed } from "../from-cst/index.ts";
import type { Comment, FunctionClause, Module, SourceFile, Workflow, WorkflowItem } from "../nodes.ts";
import { type Edit, editBetween, moved } from "./edit.ts";
import { faultsIn } from "./faults.ts";
import type { Item } from "./items.ts";
import { createMover } from "./move.ts";
import type { Reading } from "./read.ts";

/** What can be read alone, and what it stands in. */
interface Place {
  readonly module: Module;
  readonly workflow: Workflow | null;
  readonly item: FunctionClause | WorkflowItem;
}

const END = "end";

/** The tree `before` is no more after that, unless the answer is null: parts of it have moved. */
export function rereadFile(before: Reading, source: SourceText): Reading | null {
  const { file, faults } = before;
  const edit = editBetween(file.source.text, source.text);
  const place = placeOf(file, edit);
  if (!place || (faults !== "none" && faults !== place.item)) return null;
  const alone = readAlone(place, source, moved(place.item.span, edit));
  if (!alone) return null;
  const { item, bag, comments } = alone;
  return {
    file: {
      ...file,
      source,
      span: moved(file.span, edit),
      modules: modulesWith(file.modules, place.item, item, edit),
      comments: commentsWith(file.comments, comments, place.item.span, edit),
    },
    bag,
    faults: bag.isEmpty() ? "none" : item,
  };
}

function placeOf({ modules, source: { text } }: SourceFile, edit: Edit): Place | null {
  const isAround = ({ span: { start, end } }: { readonly span: Span }) => {
    const firstLine = text.indexOf("\n", start);
    return firstLine >= 0 && firstLine < edit.start && edit.end <= end - END.length && text.endsWith(END, end);
  };
  for (const module of modules) {
    for (const item of module.items) {
      if (item.kind === "functionClause" && isAround(item)) return { module, workflow: null, item };
      if (item.kind !== "workflow") continue;
      const part = item.items.find(isAround);
      if (part) return { module, workflow: item, item: part };
    }
  }
  return null;
}

interface Alone {
  readonly item: Place["item"];
  readonly bag: DiagnosticBag;
  readonly comments: readonly Comment[];
}

/** Spaces keep the item where it stands in the text, so that its spans are right. */
function readAlone({ module, workflow, item }: Place, source: SourceText, span: Span): Alone | null {
  const around = [...(module.implicit ? [] : [`defmodule ${module.name.text} do\n`]), ...(workflow ? [FRAME] : [])];
  const head = around.join("");
  if (head.length > span.start) return null;
  const framed = `${head.padEnd(span.start)}${source.text.slice(span.start, span.end)}${`\n${END}`.repeat(around.length)}`;
  const bag = new DiagnosticBag();
  const parsed = parseFile(framed);
  const { modules, comments } = buildParsed(source, parsed, bag);
  const [outer, ...others] = modules.flatMap(({ items }) => items);
  const [found, ...more] = outer?.kind === "workflow" ? outer.items : outer ? [outer] : [];
  const isWhole = found?.span.start === span.start && found.span.end === span.end;
  if (!isWhole || others.length > 0 || more.length > 0) return null;
  const faults = faultsIn([found], parsed.errors, bag);
  if (found.kind !== item.kind || (faults !== "none" && faults !== found)) return null;
  const known = found.kind === "functionClause" && item.kind === found.kind ? { ...found, doc: item.doc } : found;
  return { item: known as Place["item"], bag, comments };
}

const FRAME = 'workflow "" do\n';

/** What stands before the edit stays where it is, what stands after it moves. */
function modulesWith(
  modules: readonly Module[],
  before: Place["item"],
  now: Place["item"],
  edit: Edit,
): readonly Module[] {
  const move = createMover(edit.growth);
  const exchange = <Kind extends Item>(item: Kind): Kind => {
    if (item === (before as Item)) return now as Kind;
    if (item.span.start >= edit.end) move(item);
    else if (item.kind === "workflow" && item.span.end > edit.start) {
      return { ...item, span: moved(item.span, edit), items: item.items.map(exchange) };
    }
    return item;
  };
  return modules.map((module) => {
    if (module.span.end <= edit.start) return module;
    const name = { ...module.name, span: moved(module.name.span, edit) };
    return { ...module, span: moved(module.span, edit), name, items: module.items.map(exchange) };
  });
}

function commentsWith(
  before: readonly Comment[],
  now: readonly Comment[],
  { start, end }: Span,
  edit: Edit,
): Comment[] {
  return [
    ...before.filter(({ span }) => span.end <= start),
    ...now,
    ...before.filter(({ span }) => span.start >= end).map((each) => ({ ...each, span: moved(each.span, edit) })),
  ];
}
