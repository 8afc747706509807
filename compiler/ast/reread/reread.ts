/**
 * A text read again after an edit inside a function or an item of a workflow: only that item is, alone in a frame of what
 * it stands in, and takes the place of the one before. What comes out equals what reading all of the text would give.
 * Where that is not certain it is null: when the text was not without fault before or is not now, when the first line of
 * the item has been edited (it decides what the item is) or its `end`, or when the item does not end where it should.
 */
import { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { SourceText, Span } from "../../source/source.ts";
import { buildFile } from "../from-cst/index.ts";
import type { Comment, FunctionClause, Module, SourceFile, Workflow, WorkflowItem } from "../nodes.ts";
import { type Edit, editBetween, moved } from "./edit.ts";
import { moduleWith } from "./replace.ts";

/** What can be read alone, and what it stands in. */
interface Place {
  readonly module: Module;
  readonly workflow: Workflow | null;
  readonly item: FunctionClause | WorkflowItem;
}

const END = "end";

/** `before` is of a text in which nothing was found that is wrong. */
export function rereadFile(before: SourceFile, source: SourceText): SourceFile | null {
  const edit = editBetween(before.source.text, source.text);
  const place = placeOf(before, edit);
  const alone = place && readAlone(place, source, moved(place.item.span, edit));
  if (!alone) return null;
  const replacement = { before: place.item, now: alone.item };
  return {
    ...before,
    source,
    span: moved(before.span, edit),
    modules: before.modules.map((module) => moduleWith(module, replacement, edit)),
    comments: commentsWith(before.comments, alone.comments, place.item.span, edit),
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
  readonly comments: readonly Comment[];
}

/** Spaces keep the item where it stands in the text, so that its spans are right. */
function readAlone({ module, workflow, item }: Place, { path, text }: SourceText, span: Span): Alone | null {
  const around = [...(module.implicit ? [] : [`defmodule ${module.name.text} do\n`]), ...(workflow ? [FRAME] : [])];
  const head = around.join("");
  if (head.length > span.start) return null;
  const framed = `${head.padEnd(span.start)}${text.slice(span.start, span.end)}${`\n${END}`.repeat(around.length)}`;
  const bag = new DiagnosticBag();
  const { modules, comments } = buildFile({ path, text: framed }, bag);
  const [outer, ...others] = modules.flatMap(({ items }) => items);
  const [found, ...more] = outer?.kind === "workflow" ? outer.items : outer ? [outer] : [];
  const isWhole = found?.span.start === span.start && found.span.end === span.end;
  if (!bag.isEmpty() || !isWhole || others.length > 0 || more.length > 0) return null;
  if (found.kind === "functionClause" && item.kind === found.kind)
    return { item: { ...found, doc: item.doc }, comments };
  return found.kind === item.kind ? { item: found as WorkflowItem, comments } : null;
}

const FRAME = 'workflow "" do\n';

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
