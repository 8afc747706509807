/**
 * Every workflow to a machine, every function of the project to a function; verified before anyone uses them. A module is
 * lowered anew only when it has changed, or a function that is lowered into it, or what the functions that it calls may do.
 */
import { remember } from "../../calls/bottom-up.ts";
import { type CallGraph, definitionsIn } from "../../calls/graph.ts";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { Flow } from "../../flow/check-flow.ts";
import { createEffectTable } from "../../flow/effects.ts";
import { checkForeignCallbacks } from "../../flow/foreign-callbacks.ts";
import { checkSaved } from "../../flow/saved.ts";
import type { BoundModule } from "../../resolve/resolve.ts";
import type { FunctionDefinition, ResolvedModule } from "../../resolve/resolved.ts";
import type { Typing } from "../../types/check-types.ts";
import type { FunctionIr, MachineIr } from "../machine.ts";
import { verifyMachine } from "../verify.ts";
import { createFacts, type Facts } from "./facts.ts";
import { lowerDefinition } from "./function.ts";
import { lowerWorkflow } from "./workflow.ts";

export interface LoweredProgram {
  readonly modules: ReadonlyMap<ResolvedModule, LoweredModule>;
}

export interface LoweredModule {
  /** What is known of the nodes in the machines and functions, those among them that lowering has made. */
  readonly facts: Facts;
  readonly machines: readonly MachineIr[];
  readonly functions: readonly FunctionIr[];
  readonly bag: DiagnosticBag;
}

export type Lowerer = (graph: CallGraph, typing: Typing, flow: Flow) => LoweredProgram;

export function createLowerer(createBag: () => DiagnosticBag): Lowerer {
  const recall = remember<ResolvedModule, LoweredModule>();
  return (graph, typing, flow) => {
    const grounds = groundsIn(graph, typing, flow);
    const lower = ({ module }: BoundModule) => {
      const facts = createFacts(typing.program, createEffectTable(typing.program.resolved, flow.effectsOf));
      return lowerModule(module, facts, createBag());
    };
    const lowered = graph.resolution.modules.map((bound): [ResolvedModule, LoweredModule] => [
      bound.module,
      recall(bound.module, grounds(bound), () => lower(bound)),
    ]);
    return { modules: new Map(lowered) };
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

function lowerModule(module: ResolvedModule, facts: Facts, bag: DiagnosticBag): LoweredModule {
  checkForeignCallbacks(module, facts, bag);
  const machines = module.workflows.map((workflow) => lowerWorkflow({ workflow, facts, bag }));
  for (const machine of machines) {
    assertSound(machine, facts);
    checkSaved(machine, facts, bag);
  }
  const scope = { facts, bag, source: module.file.source };
  const functions = [...module.functions.values()]
    .filter((definition) => isEmitted(definition, facts))
    .map((definition) => lowerDefinition(definition, scope));
  return { facts, machines, functions, bag };
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
