/** A step's `compensate:` names a handler of its workflow, and every handler is named. */
import type { Compensate, Name, Step, Workflow, WorkflowItem } from "../../ast/nodes.ts";
import { unknownCompensation, unusedCompensation } from "../../diagnostics/catalog/saga.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { report, type Unit } from "../unit.ts";

export function checkCompensations(workflow: Workflow, unit: Unit): void {
  const handlers = workflow.items.filter((item): item is Compensate => item.kind === "compensate");
  const known = new Set(handlers.map((handler) => handler.name.text));
  const named = new Set<string>();
  for (const { text, span } of stepsOf(workflow.items).flatMap((step) => handlerOf(step, unit))) {
    named.add(text);
    if (!known.has(text)) report(unit, unknownCompensation, span, { name: text, suggestion: suggest(text, known) });
  }
  for (const { name } of handlers) {
    if (!named.has(name.text)) report(unit, unusedCompensation, name.span, { name: name.text });
  }
}

function handlerOf(step: Step, unit: Unit): readonly Name[] {
  const handler = unit.tables.stepOptions.get(step)?.compensate;
  return handler ? [handler] : [];
}

/** All steps at any depth, in the order of the source. */
export function stepsOf(items: readonly WorkflowItem[]): Step[] {
  return items.flatMap((item) => {
    if (item.kind === "step") return [item];
    if (item.kind === "parallel") return stepsOf(item.items);
    return item.kind === "branch" ? item.clauses.flatMap((clause) => stepsOf(clause.items)) : [];
  });
}
