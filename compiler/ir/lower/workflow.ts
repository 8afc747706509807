/**
 * A workflow's items become states linked by `next`. Items are placed from the last to the first, so that each knows
 * where to go on; the states come out in the order of the text.
 */
import type { Branch, Compensate, Fn, Parallel, Step, WorkflowItem } from "../../ast/nodes.ts";
import { some } from "../../ast/walk.ts";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import { tooManyStates } from "../../diagnostics/catalog/flow-waits.ts";
import type { ResolvedWorkflow } from "../../resolve/resolved.ts";
import { MAX_PLACES, planPlaces } from "../ids.ts";
import type { BodyIr, CompensationIr, MachineIr, StateId, StateIr, Statement } from "../machine.ts";
import { bodyOf, dataLocalOf, lowerBody, returned } from "./body.ts";
import { type BodyContext, createStateSink, unprotected } from "./context.ts";
import { thenDo } from "./continuation.ts";
import type { Facts } from "./facts.ts";
import { type FunctionScope, lowerFn } from "./function.ts";
import { named } from "./match.ts";
import { collectMentions } from "./mentions.ts";
import { clauseName, firstStepName } from "./names.ts";

/** Where an item stands: the path in front of its name, what follows its block, and the steps a goto may reach. */
interface Place {
  readonly prefix: string;
  readonly next: StateId | null;
  readonly gotos: ReadonlyMap<string, StateId>;
}

export interface Lowering {
  readonly workflow: ResolvedWorkflow;
  readonly facts: Facts;
  readonly bag: DiagnosticBag;
}

export function lowerWorkflow(lowering: Lowering): MachineIr {
  const { workflow, facts } = lowering;
  const items = workflow.ast.items.filter((item) => item.kind !== "compensate");
  const compensations = workflow.ast.items.filter((item) => item.kind === "compensate");
  const { first, states } = lowerItems(items, { prefix: "", next: null, gotos: new Map() }, lowering);
  return {
    workflow,
    start: first,
    states,
    compensations: compensations.map((item) => lowerCompensation(item, lowering)),
    ...collectMentions(workflow.ast, facts),
  };
}

/** The states of one item, as if it stood alone. */
export function lowerPart(item: WorkflowItem, lowering: Lowering): readonly StateIr[] {
  if (item.kind !== "compensate") return lowerItem(item, { prefix: "", next: null, gotos: new Map() }, lowering).states;
  lowerCompensation(item, lowering);
  return [];
}

interface Lowered {
  /** Where the items begin; what follows them when there are none. */
  readonly first: StateId | null;
  readonly states: readonly StateIr[];
}

function lowerItems(items: readonly WorkflowItem[], place: Place, lowering: Lowering): Lowered {
  const [item, ...rest] = items;
  if (!item) return { first: place.next, states: [] };
  const after = lowerItems(rest, place, lowering);
  const gotos = new Map([...place.gotos, ...stepStates(rest, place.prefix)]);
  const here = lowerItem(item, { prefix: place.prefix, next: after.first, gotos }, lowering);
  return { first: here.first, states: [...here.states, ...after.states] };
}

/** The steps directly in a block, which a goto from before or from inside may name. */
function stepStates(items: readonly WorkflowItem[], prefix: string): [string, StateId][] {
  return items.flatMap((item) => (item.kind === "step" ? [[item.name.text, `${prefix}${item.name.text}`]] : []));
}

function lowerItem(item: WorkflowItem, place: Place, lowering: Lowering): Lowered {
  switch (item.kind) {
    case "step":
      return lowerStep(item, place, lowering);
    case "branch":
      return lowerBranch(item, place, lowering);
    case "parallel":
      return lowerParallel(item, place, lowering);
    case "compensate":
      return { first: place.next, states: [] };
  }
}

function lowerStep(step: Step, place: Place, lowering: Lowering): Lowered {
  const id = `${place.prefix}${step.name.text}`;
  const resumes: StateIr[] = [];
  const context = contextFor(step, step.body, id, resumes, lowering);
  const body = planPlaces(id, step.body, lowering.facts)
    ? lowerBody(step.body, returned, context)
    : refuseSize(step, context);
  const gotos = gotosOf(step, place, lowering.facts);
  return {
    first: id,
    states: [{ kind: "step", id, span: step.span, ast: step, next: place.next, gotos, body }, ...resumes],
  };
}

/** The step has been reported; it is left without a body. */
function refuseSize(step: Step, context: BodyContext): BodyIr {
  const { bag, source } = context;
  bag.report(tooManyStates, { source, span: step.name.span }, { step: step.name.text, most: MAX_PLACES });
  return bodyOf([], context);
}

function scopeOf({ facts, bag, workflow }: Lowering): FunctionScope {
  return { facts, bag, source: workflow.module.file.source };
}

function contextFor(
  item: Step | Branch | Compensate,
  fn: Fn,
  step: StateId | null,
  target: StateIr[],
  lowering: Lowering,
): BodyContext {
  const data = dataLocalOf(fn, lowering.facts.program.dataAt(item), lowering.facts);
  return {
    ...scopeOf(lowering),
    step,
    data,
    states: createStateSink(target),
    position: [],
    recomputable: new Map(),
    protect: unprotected,
  };
}

/** The steps the types say a goto may name; all that are in reach when one is made where the types cannot follow it. */
function gotosOf(step: Step, { gotos }: Place, { program }: Facts): ReadonlyMap<string, StateId> {
  const { targets } = program.exitsOf(step);
  if (targets.length === 0 && mentionsGoto(step.body)) return gotos;
  return new Map([...gotos].filter(([name]) => targets.includes(name)));
}

/** Conservative: any `:goto` in the body counts, since the tuple may travel through a variable. */
function mentionsGoto(fn: Fn): boolean {
  return some(fn, (node) => node.kind === "literal" && node.type === "atom" && node.value === "goto");
}

function lowerBranch(branch: Branch, place: Place, lowering: Lowering): Lowered {
  const clauses = branch.clauses.map((clause) => {
    const prefix = `${place.prefix}${clauseName(clause.pattern)}/`;
    return { clause, ...lowerItems(clause.items, { ...place, prefix }, lowering) };
  });
  const id = `${place.prefix}branch:${firstStepName(branch.clauses.flatMap(({ items }) => items))}`;
  planPlaces(id, branch.on, lowering.facts);
  const context = contextFor(branch, branch.on, null, [], lowering);
  const choose = thenDo((value) =>
    named(value, "value", context, (subject) => [
      {
        kind: "match",
        subject,
        clauses: clauses.map(({ clause: { span, pattern, guard }, first }) => ({
          span,
          pattern,
          guard,
          body: goState(first),
        })),
        otherwise: goState(place.next),
      },
    ]),
  );
  const body = lowerBody(branch.on, { ...choose, terminal: true }, context);
  return {
    first: id,
    states: [{ kind: "branch", id, span: branch.span, ast: branch, body }, ...clauses.flatMap(({ states }) => states)],
  };
}

function goState(state: StateId | null): Statement[] {
  return [{ kind: "goState", state }];
}

function lowerParallel(parallel: Parallel, place: Place, lowering: Lowering): Lowered {
  const steps = parallel.items.filter((item) => item.kind === "step");
  const inside: Place = { prefix: place.prefix, next: null, gotos: new Map() };
  const lowered = steps.map((step) => ({ step, ...lowerStep(step, inside, lowering) }));
  const keyOf = (step: Step) => lowering.facts.program.resolved.stepOptions.get(step)?.returns ?? step.name.text;
  const id = `${place.prefix}parallel:${firstStepName(parallel.items)}`;
  if (parallel.into) planPlaces(id, parallel.into, lowering.facts);
  const gotos: ReadonlyMap<string, StateId> = parallel.into && mentionsGoto(parallel.into) ? place.gotos : new Map();
  return {
    first: id,
    states: [
      {
        kind: "parallel",
        id,
        span: parallel.span,
        ast: parallel,
        branches: new Map(lowered.map(({ step, first }) => [keyOf(step), first!])),
        next: place.next,
        into: parallel.into ? lowerFn(parallel.into, "into/2", scopeOf(lowering)) : null,
        gotos,
      },
      ...lowered.flatMap(({ states }) => states),
    ],
  };
}

function lowerCompensation(item: Compensate, lowering: Lowering): CompensationIr {
  planPlaces(`compensate:${item.name.text}`, item.body, lowering.facts);
  const body = lowerBody(item.body, returned, contextFor(item, item.body, null, [], lowering));
  return { name: item.name.text, ast: item, body };
}
