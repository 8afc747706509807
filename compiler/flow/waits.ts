/**
 * How code comes to wait: the wait itself, or the calls that lead to one, through functions and through workflows that
 * are called. From the waits the graph of calls is followed backwards, so that every function and workflow knows its
 * shortest way to a wait.
 */
import { type Definition, isWorkflow } from "../calls/definition.ts";
import type { Link, Outline } from "../calls/outline.ts";

/** `called` looks into workflows that are called; for `itself` a call of a workflow is a wait of its own. */
export type ChildWaits = "called" | "itself";

export interface Waits {
  /** The shortest way to a wait that begins with one of the links; null when none leads to one. */
  readonly from: (links: readonly Link[]) => readonly Link[] | null;
}

export function findWaits(outlines: readonly Outline[], children: ChildWaits): Waits {
  const see = children === "called" ? intoWorkflows : upToWorkflows;
  // Most programs never ask.
  let found: ReadonlyMap<Definition, Link> | null = null;
  const next = () => {
    found ??= nextLinks(outlines, see);
    return found;
  };
  const wayOf = (link: Link): readonly Link[] | null => {
    if (!link.to) return [link];
    const rest = next().get(link.to);
    const way = rest && wayOf(rest);
    return way ? [link, ...way] : null;
  };
  return {
    from: (links) => {
      const ways = links.flatMap(see).flatMap((link) => {
        const way = wayOf(link);
        return way ? [way] : [];
      });
      return ways.reduce<readonly Link[] | null>((best, way) => (best && best.length <= way.length ? best : way), null);
    },
  };
}

type View = (link: Link) => readonly Link[];

const intoWorkflows: View = (link) => (link.isBroken ? [] : [link]);

const upToWorkflows: View = (link) => [link.to && isWorkflow(link.to) ? { ...link, to: null } : link];

/** For each body that waits, the first link of its shortest way. */
function nextLinks(outlines: readonly Outline[], see: View): ReadonlyMap<Definition, Link> {
  const next = new Map<Definition, Link>();
  const callers = new Map<Definition, { readonly body: Definition; readonly link: Link }[]>();
  const reached: Definition[] = [];
  const settle = (body: Definition, link: Link) => {
    if (next.has(body)) return;
    next.set(body, link);
    reached.push(body);
  };
  for (const { definition: body, links } of outlines) {
    for (const link of links.flatMap(see)) {
      if (!link.to) settle(body, link);
      else if (!callers.get(link.to)?.push({ body, link })) callers.set(link.to, [{ body, link }]);
    }
  }
  // The list grows while it is gone through: breadth first, so that the first way found is a shortest one.
  for (const waiting of reached) for (const { body, link } of callers.get(waiting) ?? []) settle(body, link);
  return next;
}
