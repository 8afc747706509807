/**
 * The graph of calls in the order in which questions about it are best answered: what is called before what calls it.
 * Definitions that call each other in a circle come together, in the order of the text; nearly all come alone.
 */
import type { Definition } from "./definition.ts";

export interface Circle {
  readonly members: readonly Definition[];
  /** What the members call outside of the circle. */
  readonly callees: readonly Definition[];
}

interface Visit {
  readonly definition: Definition;
  readonly index: number;
  /** The earliest definition on the stack that can be come to from here. */
  low: number;
  readonly callees: Iterator<Definition>;
}

/** Tarjan's algorithm, with a stack of its own: chains of calls may be long. */
export function circlesOf(
  definitions: readonly Definition[],
  calleesOf: (definition: Definition) => Iterable<Definition>,
): Circle[] {
  const order = new Map(definitions.map((definition, index) => [definition, index]));
  const circles: Circle[] = [];
  const indexes = new Map<Definition, number>();
  const pending: Definition[] = [];
  const isPending = new Set<Definition>();
  const open: Visit[] = [];

  const enter = (definition: Definition): void => {
    const index = indexes.size;
    indexes.set(definition, index);
    pending.push(definition);
    isPending.add(definition);
    open.push({ definition, index, low: index, callees: calleesOf(definition)[Symbol.iterator]() });
  };
  const leave = (visit: Visit): void => {
    open.pop();
    const caller = open.at(-1);
    if (caller) caller.low = Math.min(caller.low, visit.low);
    if (visit.low !== visit.index) return;
    const members = pending.splice(pending.lastIndexOf(visit.definition));
    for (const member of members) isPending.delete(member);
    circles.push(circle(members, order, calleesOf));
  };

  for (const definition of definitions) {
    if (indexes.has(definition)) continue;
    enter(definition);
    for (let visit = open.at(-1); visit; visit = open.at(-1)) {
      const { value: callee, done } = visit.callees.next();
      if (done) leave(visit);
      else if (!indexes.has(callee)) enter(callee);
      else if (isPending.has(callee)) visit.low = Math.min(visit.low, indexes.get(callee)!);
    }
  }
  return circles;
}

function circle(
  members: Definition[],
  order: ReadonlyMap<Definition, number>,
  calleesOf: (definition: Definition) => Iterable<Definition>,
): Circle {
  const inside = new Set(members);
  const callees = new Set(members.flatMap((member) => [...calleesOf(member)]));
  return {
    members: members.sort((a, b) => order.get(a)! - order.get(b)!),
    callees: [...callees].filter((callee) => !inside.has(callee)),
  };
}
