/** A text that was read as a whole, though most of it is as it was: what came out the same goes on being the same object. */
import type { ModuleItem, SourceFile } from "../nodes.ts";
import { alike } from "./alike.ts";
import { editBetween } from "./edit.ts";
import { type Item, itemsIn } from "./items.ts";
import { createMover } from "./move.ts";

interface Candidate {
  readonly item: Item;
  /** By how much it would have moved. */
  readonly by: number;
}

/** The tree `before` is no more after that: parts of it have moved. */
export function keepItems(before: SourceFile, now: SourceFile): SourceFile {
  const candidates = candidatesIn(before, now);
  const chosen = new Map<ModuleItem, ModuleItem>();
  const movers = new Map<number, (item: Item) => void>();
  const moverBy = (by: number) => {
    const mover = movers.get(by) ?? createMover(by);
    movers.set(by, mover);
    return mover;
  };
  const keep = <Kind extends Item>(item: Kind): Kind => {
    const known = candidates.get(placeOf(item));
    if (known && alike(known.item, item, known.by)) {
      moverBy(known.by)(known.item);
      return known.item as Kind;
    }
    return item.kind === "workflow" ? { ...item, items: item.items.map(keep) } : item;
  };
  // Directives at the top of a file are items of each of its modules.
  const keepOnce = (item: ModuleItem): ModuleItem => {
    const other = chosen.get(item) ?? keep(item);
    chosen.set(item, other);
    return other;
  };
  return { ...now, modules: now.modules.map((module) => ({ ...module, items: module.items.map(keepOnce) })) };
}

/** What stands beside the edit, by where it stands now. */
function candidatesIn({ source, modules }: SourceFile, now: SourceFile): Map<string, Candidate> {
  const edit = editBetween(source.text, now.source.text);
  const candidates = new Map<string, Candidate>();
  for (const item of itemsIn(modules)) {
    const { start, end } = item.span;
    const by = start >= edit.end ? edit.growth : 0;
    const isBeside = end <= edit.start || start >= edit.end;
    if (isBeside) candidates.set(placeOf({ ...item, span: { start: start + by, end: end + by } }), { item, by });
  }
  return candidates;
}

function placeOf({ kind, span }: Pick<Item, "kind" | "span">): string {
  return `${kind} ${span.start}`;
}
