/**
 * What can be said of whole workflows once types are known. What concerns one module and the functions that its workflows
 * come by is found anew only when one of them has changed; what goes along the graph of calls is found from the bottom up.
 */
import { type Answers, remember } from "../calls/bottom-up.ts";
import { type CallGraph, definitionsIn } from "../calls/graph.ts";
import { createReach, type Reach } from "../calls/reach.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { BoundModule } from "../resolve/resolve.ts";
import type { ResolvedModule, ResolvedProgram, TypedProgram } from "../resolve/resolved.ts";
import type { Typing } from "../types/check-types.ts";
import { compensationsOf } from "./compensations.ts";
import { checkEnclosing, checkExpiry, leastTimes } from "./durations.ts";
import { analyseEffects, type EffectsOfTarget } from "./effects.ts";
import { checkParallels, inlineBranchesOf } from "./parallel.ts";
import { followPaths, type Paths } from "./paths.ts";
import { type Certain, certainCalls, checkEndlessRecursion } from "./recursion.ts";
import { checkRefs } from "./refs.ts";
import { checkRetries } from "./retries.ts";
import { checkUnwaiting, type Unwaiting } from "./unwaiting.ts";
import { findWaits } from "./waits.ts";

export interface Flow {
  readonly effectsOf: EffectsOfTarget;
  readonly reach: Reach;
  readonly bags: readonly DiagnosticBag[];
}

export type FlowChecker = (graph: CallGraph, typing: Typing) => Flow;

/** What was found about one module. */
interface ModuleFlow {
  readonly bag: DiagnosticBag;
  readonly unwaiting: readonly Unwaiting[];
}

export function createFlowChecker(resolved: ResolvedProgram, createBag: () => DiagnosticBag): FlowChecker {
  const recall = remember<ResolvedModule, ModuleFlow>();
  let typing: Typing;
  const refreshLeast = followPaths(leastTimes(resolved), () => typing, createBag);
  const refreshCertain = followPaths(certainCalls(resolved), () => typing, createBag);

  return (graph, current) => {
    typing = current;
    const least = refreshLeast(graph.circles);
    const certain = refreshCertain(graph.circles);
    const effectsOf = analyseEffects(graph.outlines);
    const reach = createReach(graph.outlineOf, effectsOf);
    const grounds = groundsIn(graph, typing, least, reach);
    const found = graph.resolution.modules.map((bound) =>
      recall(bound.module, grounds(bound), () => checkModule(bound.module, typing.program, least, reach, createBag())),
    );
    const bag = createBag();
    checkWholeProgram(graph, found, certain, bag);
    return { effectsOf, reach, bags: [...found.map((module) => module.bag), bag] };
  };
}

/** What the checks of a module rest on: its own names and types, the functions its definitions come by, its children's times. */
function groundsIn(graph: CallGraph, typing: Typing, least: Answers<Paths<number>>, reach: Reach) {
  const boundOf = new Map(graph.resolution.modules.map((bound) => [bound.module, bound]));
  return (bound: BoundModule): readonly unknown[] => {
    const definitions = definitionsIn(bound.module);
    const reached = definitions.flatMap((definition) => [...reach.from(definition)]);
    const children = definitions.flatMap((definition) => [...graph.outlineOf(definition).called]);
    return [
      bound,
      ...definitions.map(typing.checkOf),
      ...reached.flatMap((definition) => [definition, boundOf.get(definition.module)]),
      ...children.map((child) => least.of(child).on),
    ];
  };
}

function checkModule(
  module: ResolvedModule,
  program: TypedProgram,
  least: Answers<Paths<number>>,
  reach: Reach,
  bag: DiagnosticBag,
): ModuleFlow {
  const { resolved } = program;
  checkExpiry(module, resolved, (workflow) => least.of(workflow).on, bag);
  for (const workflow of module.workflows) {
    checkRefs(workflow, program, reach.acts, bag);
    checkParallels(workflow, resolved, reach.acts, bag);
    checkRetries(workflow, resolved, bag);
    checkEnclosing(workflow, resolved, reach.acts, bag);
  }
  const unwaiting = module.workflows.flatMap((workflow) => [
    ...inlineBranchesOf(workflow, resolved),
    ...compensationsOf(workflow, resolved),
  ]);
  return { bag, unwaiting };
}

function checkWholeProgram(
  { outlines, resolution }: CallGraph,
  found: readonly ModuleFlow[],
  certain: Answers<Paths<Certain>>,
  bag: DiagnosticBag,
): void {
  const workflows = resolution.modules.flatMap(({ module }) => module.workflows);
  checkEndlessRecursion(workflows, (workflow) => certain.of(workflow).on, bag);
  const waits = { called: findWaits(outlines, "called"), itself: findWaits(outlines, "itself") };
  for (const { unwaiting } of found) for (const code of unwaiting) checkUnwaiting(code, waits, bag);
}
