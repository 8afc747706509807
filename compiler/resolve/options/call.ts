/** The options of calls that orchestrate and wait, and the module that is called. */
import type { Call, Expr } from "../../ast/nodes.ts";
import { computedModule, unknownWorkflow } from "../../diagnostics/catalog/name.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { constantValue } from "../../flow/constants.ts";
import type { CallTarget, ResolvedModule, ResolvedWorkflow } from "../resolved.ts";
import { checkTimeouts } from "../rules/timeouts.ts";
import { report, type Unit } from "../unit.ts";
import { keywordOptions, reportUnknown } from "./read.ts";

const wait = ["timeout", "timeout_value"];
const person = ["prompt", "metadata", ...wait, "on_timeout"];
const calendar = ["hour", "timezone"];

/** By function of `Durable.Orchestration` and `Durable.Wait`: the options in its last argument. */
export const callOptions: { readonly [name: string]: readonly string[] | undefined } = {
  call_workflow: ["ref", "timeout", "timeout_value", "on_timeout", "queue", "workflow", "priority"],
  // A timeout there is a mistake of its own: timeout/on-start.
  start_workflow: ["ref", "queue", "workflow", "priority", "timeout", "timeout_value"],
  wait_for_event: wait,
  wait_for_any: wait,
  wait_for_all: wait,
  wait_for_input: ["type", "fields", "choices", ...person],
  wait_for_approval: person,
  wait_for_choice: ["choices", ...person],
  wait_for_text: person,
  wait_for_form: ["fields", ...person],
  next_business_day: calendar,
  next_weekday: calendar,
  end_of_day: ["timezone"],
};

const modulesWithOptions: ReadonlySet<string> = new Set(["Durable.Orchestration", "Durable.Wait"]);

export function checkCallOptions(call: Call, target: CallTarget, unit: Unit): void {
  if (target.kind !== "prelude" || !modulesWithOptions.has(target.function.module)) return;
  const last = call.args.at(-1);
  const known = callOptions[target.function.name];
  const options = last && known ? keywordOptions(last) : null;
  for (const option of options ?? []) {
    if (!known?.includes(option.name.text))
      reportUnknown(option.name, known ?? [], `\`${target.function.name}\``, unit);
  }
  if (target.function.module === "Durable.Orchestration") checkCallee(call, unit);
  checkTimeouts(call, unit);
}

function checkCallee(call: Call, unit: Unit): void {
  const [ref] = call.args;
  if (ref?.kind !== "moduleRef") {
    if (ref && ref.kind !== "invalid") report(unit, computedModule, ref.span, { function: call.name.text });
    return;
  }
  const module = unit.tables.moduleRefs.get(ref);
  const child = module && findWorkflow(module, ref, optionOf(call, "workflow"), unit);
  if (child) unit.tables.children.set(call, child);
}

/** The one that `workflow:` names, or the module's first; what names none has been reported. */
function findWorkflow(module: ResolvedModule, ref: Expr, option: Expr | null, unit: Unit): ResolvedWorkflow | null {
  const [first] = module.workflows;
  if (!first) {
    report(unit, unknownWorkflow, ref.span, { module: module.name, workflow: null, suggestion: null });
    return null;
  }
  if (!option) return first;
  const name = constantValue(option, unit.environment.module, unit.tables)?.value;
  const found = module.workflows.find((workflow) => workflow.name === name);
  if (found) return found;
  const names = module.workflows.map((workflow) => workflow.name);
  const workflow = typeof name === "string" ? name : "(computed)";
  const suggestion = typeof name === "string" ? suggest(name, names) : null;
  report(unit, unknownWorkflow, option.span, { module: module.name, workflow, suggestion });
  return null;
}

/** The value of an option in the keyword list that ends a call's arguments. */
export function optionOf(call: Call, name: string): Expr | null {
  const last = call.args.at(-1);
  const options = last ? keywordOptions(last) : null;
  return options?.find((option) => option.name.text === name)?.value ?? null;
}
