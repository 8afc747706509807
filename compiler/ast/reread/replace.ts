/** A tree of an edited text: a part of it is another, what stands before is shared, what stands after has moved. */
import type { Module, ModuleItem, Node } from "../nodes.ts";
import { type Edit, moved } from "./edit.ts";

export interface Replacement {
  readonly before: Node;
  readonly now: Node;
}

/** Directives at the top of a file are items of modules that they do not stand in, so each item is looked at on its own. */
export function moduleWith(module: Module, replacement: Replacement, edit: Edit): Module {
  const { name, items } = module;
  return {
    ...module,
    span: moved(module.span, edit),
    name: { ...name, span: moved(name.span, edit) },
    items: items.map((item): ModuleItem => partWith(item, replacement, edit)),
  };
}

function partWith<Part>(part: Part, replacement: Replacement, edit: Edit): Part;
function partWith(part: unknown, replacement: Replacement, edit: Edit): unknown {
  if (typeof part !== "object" || part === null) return part;
  if (part === replacement.before) return replacement.now;
  if (Array.isArray(part)) return part.map((each) => partWith(each, replacement, edit));
  if (isSpan(part)) return moved(part, edit);
  if ("span" in part && isSpan(part.span) && part.span.end <= edit.start) return part;
  // Spread first, for a copy made property by property is slower to read for the rest of its life.
  const copy: { [key: string]: unknown } = { ...part };
  for (const key in copy) if (typeof copy[key] === "object") copy[key] = partWith(copy[key], replacement, edit);
  return copy;
}

function isSpan(part: unknown): part is { readonly start: number; readonly end: number } {
  return typeof part === "object" && part !== null && "start" in part && typeof part.start === "number";
}
