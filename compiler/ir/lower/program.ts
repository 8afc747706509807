/**
 * Every workflow to a machine, every function of the project to a function. What cannot be lowered is found at once; the
 * machines are made when somebody wants them, and verified before anyone uses them. A module is lowered anew only when it
 * has changed, or a function that is lowered into it, or what the functions that it calls may do.
 */
import { remember } from "../../calls/bottom-up.ts";
import { type CallGraph, definitionsIn } from "../../calls/graph.ts";
import { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { Flow } from "../../flow/check-flow.ts";
import { createEffectTable } from "../../flow/effects.ts";
import type { BoundModule } from "../../resolve/resolve.ts";
import type { FunctionDefinition, ResolvedModule } from "../../resolve/resolved.ts";
import type { Typing } from "../../types/check-types.ts";
import type { FunctionIr, MachineIr } from "../machine.ts";
import { verifyMachine } from "../verify.ts";
import { createFacts, type Facts } from "./facts.ts";
import { lowerDefinition } from "./function.ts";
import { createLowerableChecker } from "./lowerable.ts";
import { lowerWorkflow } from "./workflow.ts";

export interface Lowering {
  /** What cannot be lowered. */
  readonly bags: readonly DiagnosticBag[];
  /** Only where nothing is wrong. */
  readonly program: () => LoweredProgram;
}

export interface LoweredProgram {
  readonly modules: ReadonlyMap<ResolvedModule, LoweredModule>;
}

export interface LoweredModule {
  /** What is known of the nodes in the machines and functions, those among them that lowering has made. */
  readonly facts: Facts;
  readonly machines: readonly MachineIr[];
  readonly functions: readonly FunctionIr[];
}

export type Lowerer = (graph: CallGraph, typing: Typing, flow: Flow) => Lowering;

export function createLowerer(createBag: () => DiagnosticBag): Lowerer {
  const recallBag = remember<ResolvedModule, DiagnosticBag>();
  const recall = remember<ResolvedModule, LoweredModule>();
  const createCheck = createLowerableChecker(createBag);
  return (graph, typing, flow) => {
    const { modules } = graph.resolution;
    const groundsOf = groundsIn(graph, typing, flow);
    const grounds = new Map(modules.map((bound) => [bound, groundsOf(bound)]));
    const check = createCheck(graph, typing, flow);
    const lower = ({ module }: BoundModule) =>
      lowerModule(module, createFacts(typing.program, createEffectTable(typing.program.resolved, flow.effectsOf)));
    return {
      bags: modules.map((bound) => recallBag(bound.module, grounds.get(bound)!, () => check(bound))),
      program: () => ({
        modules: new Map(
          modules.map((bound) => [bound.module, recall(bound.module, grounds.get(bound)!, () => lower(bound))]),
        ),
      }),
    };
  };
}

/** What a lowered module rests on: its own names and types, those of the functions lowered into it, the effects of calls. */
function groundsIn(graph: CallGraph, { checkOf }: Typing, { effectsOf, reach }: Flow) {
  const boundOf = new Map(graph.resolution.modules.map((bound) => [bound.module, bound]));
  const effectsIn = (called: FunctionDefinition) => Object.values(effectsOf({ kind: "function", function: called }));
  return (bound: BoundModule): readonly unknown[] => {
    const own = definitionsIn(bound.module);
    const reached = own.flatMap((definition) => [...reach.from(definition)]);
    const called = [...own, ...reached].flatMap((definition) => [...graph.outlineOf(definition).functions]);
    return [
      bound,
      ...own.map(checkOf),
      ...reached.flatMap((definition) => [boundOf.get(definition.module), checkOf(definition)]),
      ...called.flatMap((definition) => [definition, ...effectsIn(definition)]),
    ];
  };
}

function lowerModule(module: ResolvedModule, facts: Facts): LoweredModule {
  const bag = new DiagnosticBag();
  const machines = module.workflows.map((workflow) => lowerWorkflow({ workflow, facts, bag }));
  for (const machine of machines) assertSound(machine, facts);
  const scope = { facts, bag, source: module.file.source };
  const functions = [...module.functions.values()]
    .filter((definition) => isEmitted(definition, facts))
    .map((definition) => lowerDefinition(definition, scope));
  if (!bag.isEmpty()) throw new Error(`internal: ${module.name} was lowered though it cannot be`);
  return { facts, machines, functions };
}

/** A function that suspends is lowered into its callers instead. */
function isEmitted(definition: FunctionDefinition, facts: Facts): boolean {
  return !facts.effectsOfFunction(definition).suspends;
}

function assertSound(machine: MachineIr, facts: Facts): void {
  const defects = verifyMachine(machine, facts);
  if (defects.length === 0) return;
  const { module, name } = machine.workflow;
  throw new Error(`internal: the machine of ${module.name}/${name} is not sound: ${defects.join("; ")}`);
}
