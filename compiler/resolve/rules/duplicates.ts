/** Each name means one thing: steps of a block, compensations of a workflow, results of a parallel block. */
import type { Name, WorkflowItem } from "../../ast/nodes.ts";
import { duplicateCompensation, duplicateReturns, duplicateStep } from "../../diagnostics/catalog/flow-duplicates.ts";
import type { Rule } from "../../diagnostics/diagnostic.ts";
import { at, type Unit } from "../unit.ts";

export function checkDuplicates(items: readonly WorkflowItem[], unit: Unit): void {
  const steps = items.filter((item) => item.kind === "step");
  const compensations = items.filter((item) => item.kind === "compensate");
  reportRepeated(
    steps.map((step) => step.name),
    duplicateStep,
    unit,
  );
  reportRepeated(
    compensations.map((compensation) => compensation.name),
    duplicateCompensation,
    unit,
  );
  reportRepeated(resultKeys(items, unit), duplicateReturns, unit);
}

/** Where a `returns:` is given, the keys it makes; two plain names that are equal are a duplicate step already. */
function resultKeys(items: readonly WorkflowItem[], unit: Unit): Name[] {
  const steps = items.filter((item) => item.kind === "step");
  const keys = steps.map((step) => {
    const text = unit.tables.stepOptions.get(step)?.returns;
    return text === undefined ? step.name : { text, span: returnsSpan(step.options) ?? step.name.span };
  });
  return keys.filter(
    (key, index) =>
      key !== steps[index]?.name || !steps.some((step) => step.name !== key && step.name.text === key.text),
  );
}

function returnsSpan(options: readonly { readonly name: Name; readonly value: { readonly span: Name["span"] } }[]) {
  return options.find((option) => option.name.text === "returns")?.value.span;
}

function reportRepeated(names: readonly Name[], rule: Rule<{ name: string }>, unit: Unit): void {
  const first = new Map<string, Name>();
  for (const name of names) {
    const before = first.get(name.text);
    if (!before) {
      first.set(name.text, name);
      continue;
    }
    unit.bag.report(rule, at(unit, name.span), { name: name.text }, [
      { message: "first used here", location: at(unit, before.span) },
    ]);
  }
}
