/** Which steps of a workflow can come after which: what falls through, what jumps, what runs side by side. */
import type { Step, WorkflowItem } from "../ast/nodes.ts";
import type { StepExits, TypedProgram } from "../resolve/resolved.ts";

type Successors = Map<Step, Set<Step>>;

/** Tells whether the second step can run in an execution in which the first one has run or runs beside it. */
export function orderOf(
  items: readonly WorkflowItem[],
  program: Pick<TypedProgram, "exitsOf">,
): (earlier: Step, later: Step) => boolean {
  // Most who may ask do not.
  let linked: Successors | null = null;
  const reachable = new Map<Step, ReadonlySet<Step>>();
  return (earlier, later) => {
    linked ??= successorsIn(items, program);
    const known = reachable.get(earlier) ?? reach(earlier, linked);
    reachable.set(earlier, known);
    return known.has(later);
  };
}

function successorsIn(items: readonly WorkflowItem[], { exitsOf }: Pick<TypedProgram, "exitsOf">): Successors {
  const successors: Successors = new Map();
  link(items, [], [], { exitsOf, successors });
  return successors;
}

interface Context {
  readonly exitsOf: (step: Step) => StepExits;
  readonly successors: Successors;
}

/** `after` is where the block goes on; `outer` the later steps of the blocks around it, innermost first. */
function link(
  items: readonly WorkflowItem[],
  after: readonly Step[],
  outer: readonly Step[],
  context: Context,
): readonly Step[] {
  let next = after;
  for (const [index, item] of [...items.entries()].reverse()) {
    const later = [...items.slice(index + 1).filter((sibling) => sibling.kind === "step"), ...outer];
    next = entriesOf(item, next, later, context);
  }
  return next;
}

/** The steps that begin an item; links the item's own steps to what follows. */
function entriesOf(
  item: WorkflowItem,
  next: readonly Step[],
  later: readonly Step[],
  context: Context,
): readonly Step[] {
  switch (item.kind) {
    case "step": {
      const { goesOn, targets } = context.exitsOf(item);
      const jumps = targets.flatMap((target) => later.find((step) => step.name.text === target) ?? []);
      context.successors.set(item, new Set([...(goesOn ? next : []), ...jumps]));
      return [item];
    }
    case "branch":
      return [...item.clauses.flatMap((clause) => link(clause.items, next, later, context)), ...next];
    case "parallel": {
      const steps = item.items.filter((inner) => inner.kind === "step");
      for (const step of steps) context.successors.set(step, new Set([...steps, ...next]));
      return steps.length > 0 ? steps : next;
    }
    case "compensate":
      return next;
  }
}

function reach(start: Step, successors: Successors): ReadonlySet<Step> {
  const found = new Set<Step>();
  const open = [...(successors.get(start) ?? [])];
  for (let step = open.pop(); step; step = open.pop()) {
    if (found.has(step)) continue;
    found.add(step);
    open.push(...(successors.get(step) ?? []));
  }
  return found;
}
