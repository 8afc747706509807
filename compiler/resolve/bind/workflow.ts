/** Binds a workflow: its options, the functions of its items, and the rules of what may stand where. */
import type { Branch, Compensate, Parallel, Step, WorkflowItem } from "../../ast/nodes.ts";
import { emptyParallel, notAllowedHere } from "../../diagnostics/catalog/flow.ts";
import { checkScheduleOptions } from "../options/schedule.ts";
import { readCompensationOptions, readStepOptions } from "../options/step.ts";
import { readParallelOptions, readWorkflowOptions } from "../options/workflow.ts";
import type { PartBinder } from "../parts.ts";
import type { ResolvedWorkflow, WorkflowOptions } from "../resolved.ts";
import { checkCompensations } from "../rules/compensations.ts";
import { checkDuplicates } from "../rules/duplicates.ts";
import { checkGotos } from "../rules/gotos.ts";
import { emptyScope, innerScope } from "../scope.ts";
import { report, type Unit } from "../unit.ts";
import { withUsage } from "../unused.ts";
import { schedulerWords, workflowWords } from "../words.ts";
import { reportMissingUse } from "./call.ts";
import { bind, bindFn } from "./expression.ts";
import { bindPatterns } from "./pattern.ts";

type Place = "workflow" | "clause" | "parallel";

/**
 * Fills in the workflow's options, which need the calls in them (`hours(2)`) bound.
 */
export function bindWorkflow(workflow: ResolvedWorkflow, unit: Unit, bindPart: PartBinder["bindPart"]): void {
  const { ast } = workflow;
  reportMissingWords(workflow, unit);
  bindOptions([...ast.options, ...workflow.schedules.flatMap((schedule) => schedule.options)], unit);
  Object.assign<WorkflowOptions, WorkflowOptions>(workflow.options, readWorkflowOptions(ast, unit));
  for (const schedule of workflow.schedules) checkScheduleOptions(schedule, unit);
  for (const item of ast.items) bindPart(item, (its) => bindItem(item, "workflow", its));
  checkDuplicates(ast.items, unit);
  checkCompensations(ast, unit);
  checkGotos(ast, unit);
}

function reportMissingWords(workflow: ResolvedWorkflow, unit: Unit): void {
  const { environment } = unit;
  const { span } = workflow.ast;
  if (!environment.uses.has(workflowWords)) {
    const keyword = { start: span.start, end: span.start + "workflow".length };
    reportMissingUse({ text: "workflow", span: keyword }, workflowWords, unit);
  }
  const [schedule] = workflow.schedules;
  if (schedule && !environment.uses.has(schedulerWords)) {
    reportMissingUse({ text: "@schedule", span: schedule.span }, schedulerWords, unit);
  }
}

function bindOptions(options: readonly { readonly value: Parameters<typeof bind>[0] }[], unit: Unit): void {
  for (const option of options) bind(option.value, emptyScope(unit));
}

function bindItem(item: WorkflowItem, place: Place, unit: Unit): void {
  reportMisplaced(item, place, unit);
  switch (item.kind) {
    case "step":
      bindStep(item, place, unit);
      break;
    case "branch":
      bindBranch(item, unit);
      break;
    case "parallel":
      bindParallel(item, unit);
      break;
    case "compensate":
      bindCompensate(item, unit);
      break;
  }
}

function reportMisplaced(item: WorkflowItem, place: Place, unit: Unit): void {
  const isStep = item.kind === "step";
  const name = isStep ? item.variant : item.kind;
  if (place === "parallel" && name !== "step") {
    const what = `\`${name}\``;
    const help =
      name === "compensate"
        ? "Move it to the end of the workflow."
        : "Put the work into a step, or into a child workflow that the step calls.";
    report(unit, notAllowedHere, keywordOf(item), { what, where: "in a parallel block, which holds steps only", help });
  }
  if (place === "clause" && item.kind === "compensate") {
    const help = "Move it to the end of the workflow: a compensation is found by its name.";
    report(unit, notAllowedHere, keywordOf(item), { what: "`compensate`", where: "inside a branch", help });
  }
}

function keywordOf(item: WorkflowItem) {
  return item.kind === "branch" || item.kind === "parallel" ? item.keyword : item.name.span;
}

function bindStep(step: Step, place: Place, unit: Unit): void {
  bindOptions(step.options, unit);
  unit.tables.stepOptions.set(step, readStepOptions(step, place === "parallel", unit));
  withUsage(unit, () => bindFn(step.body, emptyScope(unit)));
}

function bindCompensate(compensate: Compensate, unit: Unit): void {
  bindOptions(compensate.options, unit);
  unit.tables.stepOptions.set(compensate, readCompensationOptions(compensate, unit));
  withUsage(unit, () => bindFn(compensate.body, emptyScope(unit)));
}

function bindBranch(branch: Branch, unit: Unit): void {
  withUsage(unit, () => bindFn(branch.on, emptyScope(unit)));
  for (const clause of branch.clauses) {
    withUsage(unit, () => {
      const inner = innerScope(emptyScope(unit));
      bindPatterns([clause.pattern], inner);
      if (clause.guard) bind(clause.guard, inner);
    });
    for (const item of clause.items) bindItem(item, "clause", unit);
    checkDuplicates(clause.items, unit);
  }
}

function bindParallel(parallel: Parallel, unit: Unit): void {
  bindOptions(parallel.options, unit);
  unit.tables.parallelOptions.set(parallel, readParallelOptions(parallel, unit));
  const { into } = parallel;
  if (into) withUsage(unit, () => bindFn(into, emptyScope(unit)));
  if (parallel.items.length === 0) report(unit, emptyParallel, parallel.keyword, undefined);
  for (const item of parallel.items) bindItem(item, "parallel", unit);
  checkDuplicates(parallel.items, unit);
}
