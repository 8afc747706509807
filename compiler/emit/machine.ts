/** A workflow as an object of the runtime's `Machine` type. */

import type { Schedule } from "../ast/nodes.ts";
import { constantValue } from "../flow/constants.ts";
import type { CompensationIr, MachineIr } from "../ir/machine.ts";
import { resumeKeysOf } from "../ir/resume-keys.ts";
import { fingerprintOf } from "../ir/show.ts";
import { positionAt } from "../source/position.ts";
import { jsonLiteral, numberLiteral, propertyKey, stringLiteral, tableKey } from "./literal.ts";
import { emitMethod, emitState, type MachineScope, stepOptionFields } from "./state.ts";
import { schemaText } from "./type.ts";

export function emitMachine(scope: MachineScope): string {
  const { machine, module } = scope;
  const { workflow } = machine;
  const fields = [
    `module: ${stringLiteral(module.name)}`,
    `workflow: ${stringLiteral(workflow.name)}`,
    `source: ${stringLiteral(module.file.source.path)}`,
    `fingerprint: ${stringLiteral(fingerprintOf(machine))}`,
    ...workflowOptionFields(machine),
    ...inputField(scope),
    ...childrenField(scope),
    ...listField("events", machine.events),
    ...payloadsField(scope),
    ...listField("inputs", machine.inputs),
    ...schedulesField(scope),
    `start: ${machine.start === null ? "null" : stringLiteral(machine.start)}`,
    `states: {\n${machine.states.map((state) => emitState(state, scope)).join(",\n\n")}\n}`,
    ...compensationsField(scope),
    resumeKeysField(scope),
  ];
  const { input, output, events } = scope.types;
  const types = [input, output, ...(events === null ? [] : [events])].join(", ");
  return `${scope.file.runtime("defineMachine")}<${types}>({\n${fields.join(",\n")},\n})`;
}

function workflowOptionFields({ workflow: { options } }: MachineIr): string[] {
  return [...stepOptionFields(options), ...(options.tags ? [`tags: ${jsonLiteral(options.tags)}`] : [])];
}

/** Checked when an execution starts, where the workflow declares its input. */
function inputField({ machine: { workflow }, facts, file }: MachineScope): string[] {
  if (workflow.ast.input === null) return [];
  return [`input: ${schemaText(facts.program.inputOf(workflow), file.runtime("z"), "refuse")}`];
}

/** What events bring is checked when they are sent. */
function payloadsField({ machine: { workflow }, facts, file }: MachineScope): string[] {
  const events = facts.program.eventsOf(workflow);
  if (events === null) return [];
  const entries = [...events.fields].map(([name, { type }]) => {
    return `${tableKey(name)}: ${schemaText(type, file.runtime("z"), "refuse")}`;
  });
  return [`payloads: { ${entries.join(", ")} }`];
}

/** A function with a type of its own, because modules may refer to each other in a circle, and so may their types. */
function childrenField({ machine, file }: MachineScope): string[] {
  if (machine.children.length === 0) return [];
  return [
    `children: (): ${file.runtimeType("Machine")}[] => [${machine.children.map((child) => file.machine(child)).join(", ")}]`,
  ];
}

function listField(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`${name}: ${jsonLiteral(values)}`];
}

function schedulesField({ machine, module, facts }: MachineScope): string[] {
  const { schedules } = machine.workflow;
  if (schedules.length === 0) return [];
  const entryOf = (schedule: Schedule) => {
    const fields = schedule.options.map(({ name, value }) => {
      const constant = constantValue(value, module, facts.program.resolved);
      return `${propertyKey(name.text)}: ${jsonLiteral(constant?.value ?? null)}`;
    });
    return `{ ${fields.join(", ")} }`;
  };
  return [`schedules: [${schedules.map(entryOf).join(", ")}]`];
}

function compensationsField(scope: MachineScope): string[] {
  const { compensations } = scope.machine;
  if (compensations.length === 0) return [];
  return [`compensations: {\n${compensations.map((item) => emitCompensation(item, scope)).join(",\n\n")}\n}`];
}

function emitCompensation({ name, ast, body }: CompensationIr, scope: MachineScope): string {
  const options = scope.facts.program.resolved.stepOptions.get(ast) ?? {};
  const { line } = positionAt(scope.module.file.source, ast.span.start);
  const fields = [`line: ${numberLiteral(line)}`, ...stepOptionFields(options), emitMethod("run", body, [], scope)];
  return `${tableKey(name)}: { ${fields.join(", ")} }`;
}

function resumeKeysField({ machine, facts }: MachineScope): string {
  const entries = [...resumeKeysOf(machine, facts)].map(([id, key]) => `${tableKey(id)}: ${stringLiteral(key)}`);
  return `resumeKeys: {\n${entries.join(",\n")}\n}`;
}
