/** What a text is read again by: the items of its modules, and those of their workflows. */
import type { Module, ModuleItem, WorkflowItem } from "../nodes.ts";

export type Item = ModuleItem | WorkflowItem;

export function itemsIn(modules: readonly Module[]): Item[] {
  const own = modules.flatMap(({ items }) => items);
  return own.flatMap((item): readonly Item[] => (item.kind === "workflow" ? [item, ...item.items] : [item]));
}
