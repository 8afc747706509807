/** Every workflow to a machine, every function of the project to a function; verified before anyone uses them. */
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import { analyseEffects } from "../../flow/effects.ts";
import { checkForeignCallbacks } from "../../flow/foreign-callbacks.ts";
import type { FunctionDefinition, ResolvedModule, TypedProgram } from "../../resolve/resolved.ts";
import type { FunctionIr, MachineIr } from "../machine.ts";
import { verifyMachine } from "../verify.ts";
import { createFacts, type Facts } from "./facts.ts";
import { lowerDefinition } from "./function.ts";
import { lowerWorkflow } from "./workflow.ts";

export interface LoweredProgram {
  readonly facts: Facts;
  readonly modules: ReadonlyMap<ResolvedModule, LoweredModule>;
}

export interface LoweredModule {
  readonly machines: readonly MachineIr[];
  readonly functions: readonly FunctionIr[];
}

export function lowerProgram(program: TypedProgram, bag: DiagnosticBag): LoweredProgram {
  const facts = createFacts(program, analyseEffects(program.resolved));
  const modules = [...program.resolved.modules.values()];
  return { facts, modules: new Map(modules.map((module) => [module, lowerModule(module, facts, bag)])) };
}

function lowerModule(module: ResolvedModule, facts: Facts, bag: DiagnosticBag): LoweredModule {
  checkForeignCallbacks(module, facts, bag);
  const machines = module.workflows.map((workflow) => lowerWorkflow({ workflow, facts, bag }));
  for (const machine of machines) assertSound(machine, facts);
  const scope = { facts, bag, source: module.file.source };
  const functions = [...module.functions.values()].filter((definition) => isEmitted(definition, facts));
  return { machines, functions: functions.map((definition) => lowerDefinition(definition, scope)) };
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
