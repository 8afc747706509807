/** Workflows that call themselves on every path, directly or by way of others: they never end. */
import type { Call } from "../ast/nodes.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { endlessRecursion } from "../diagnostics/catalog/flow-waits.ts";
import type { ResolvedModule, ResolvedProgram, ResolvedWorkflow } from "../resolve/resolved.ts";
import type { PathAlgebra } from "./paths.ts";

interface Place {
  readonly call: Call;
  readonly module: ResolvedModule;
}

/** The workflows that all paths call, and where; null for no path at all, on which anything may be said to happen. */
export type Certain = Calls | null;

type Calls = ReadonlyMap<ResolvedWorkflow, Place>;

const none: Calls = new Map();

export function certainCalls({ children }: ResolvedProgram): PathAlgebra<Certain> {
  return {
    nothing: none,
    never: null,
    sequence: (first, second) => first && second && joined(first, second),
    either: (left, right) => (left && right ? common(left, right) : (left ?? right)),
    beside: (left, right) => left && right && joined(left, right),
    same: sameCalls,
    call: (call, module) => {
      const child = children.get(call);
      return child ? new Map([[child, { call, module }]]) : none;
    },
  };
}

export function checkEndlessRecursion(
  workflows: readonly ResolvedWorkflow[],
  certain: (workflow: ResolvedWorkflow) => Certain,
  bag: DiagnosticBag,
): void {
  const reported = new Set<ResolvedWorkflow>();
  for (const workflow of workflows) {
    if (!reported.has(workflow)) checkCircle(workflow, (body) => certain(body) ?? none, reported, bag);
  }
}

function sameCalls(left: Certain, right: Certain): boolean {
  if (!left || !right || left.size !== right.size) return left === right;
  const others = [...right];
  return [...left].every(([workflow, { call }], index) => {
    const [other, place] = others[index]!;
    return workflow === other && call === place.call;
  });
}

function joined(first: Calls, second: Calls): Calls {
  if (first.size === 0) return second;
  return second.size === 0 ? first : new Map([...second, ...first]);
}

function common(left: Calls, right: Calls): Calls {
  if (left.size === 0 || right.size === 0) return none;
  return new Map([...left].filter(([workflow]) => right.has(workflow)));
}

/** Looks for a way from a workflow back to itself; each circle is reported once, at its first workflow. */
function checkCircle(
  start: ResolvedWorkflow,
  certain: (workflow: ResolvedWorkflow) => Calls,
  reported: Set<ResolvedWorkflow>,
  bag: DiagnosticBag,
): void {
  const cameBy = new Map<ResolvedWorkflow, { readonly from: ResolvedWorkflow; readonly place: Place }>();
  const reached = [start];
  for (const from of reached) {
    for (const [to, place] of certain(from)) {
      if (cameBy.has(to)) continue;
      cameBy.set(to, { from, place });
      reached.push(to);
    }
  }
  const way: Place[] = [];
  for (let back = cameBy.get(start); back; back = back.from === start ? undefined : cameBy.get(back.from)) {
    way.unshift(back.place);
    reported.add(back.from);
  }
  const [first, ...others] = way;
  if (!first) return;
  const related = others.map((place) => ({ message: "which calls this", location: locate(place) }));
  bag.report(endlessRecursion, locate(first), { name: start.name, isDirect: others.length === 0 }, related);
}

function locate({ call, module }: Place) {
  return { source: module.file.source, span: call.name.span };
}
