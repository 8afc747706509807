/** Names in a workflow: steps, which gotos name, compensations, which steps name, and options. */
import type { Compensate, Expr, Fn, Step, WorkflowItem } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import type { ResolvedWorkflow } from "../../resolve/resolved.ts";
import { stepsOf } from "../../resolve/rules/compensations.ts";
import { gotosIn } from "../../resolve/rules/gotos.ts";
import { type Collector, define, refer } from "./collector.ts";
import { collectDataKeys } from "./data-keys.ts";
import { collectNames, collectOptions } from "./expressions.ts";
import { collectType } from "./types.ts";

interface Place {
  readonly workflow: ResolvedWorkflow;
  /** The blocks around, innermost first: a goto may lead to a step of any of them. */
  readonly blocks: readonly (readonly WorkflowItem[])[];
  /** Inside a parallel block, what a step returns is its result, and no data. */
  readonly inParallel: boolean;
}

export function collectWorkflow(workflow: ResolvedWorkflow, collector: Collector): void {
  const { ast } = workflow;
  define(collector, ast.name.span, { kind: "workflow", workflow });
  if (ast.input) collectType(ast.input, collector);
  collectOptions(ast.options, { kind: "workflow" }, collector);
  for (const { value } of ast.options) collectNames(value, collector);
  for (const schedule of workflow.schedules) {
    collectOptions(schedule.options, { kind: "schedule" }, collector);
    for (const { value } of schedule.options) collectNames(value, collector);
  }
  collectItems(ast.items, { workflow, blocks: [], inParallel: false }, collector);
}

function collectItems(items: readonly WorkflowItem[], place: Place, collector: Collector): void {
  const inside = { ...place, blocks: [items, ...place.blocks] };
  for (const item of items) collectItem(item, inside, collector);
}

function collectItem(item: WorkflowItem, place: Place, collector: Collector): void {
  const { workflow } = place;
  switch (item.kind) {
    case "step":
      define(collector, item.name.span, { kind: "step", step: item, workflow });
      collectDeclaration(item, item.variant, place, collector);
      break;
    case "compensate":
      define(collector, item.name.span, { kind: "compensation", compensation: item, workflow });
      collectDeclaration(item, "compensate", place, collector);
      break;
    case "branch":
      collectBody(item.on, place, collector);
      for (const { pattern, guard, items } of item.clauses) {
        collectNames(pattern, collector);
        if (guard) collectNames(guard, collector);
        collectItems(items, place, collector);
      }
      break;
    case "parallel":
      collectOptions(item.options, { kind: "parallel" }, collector);
      for (const { value } of item.options) collectNames(value, collector);
      if (item.into) collectBody(item.into, place, collector);
      collectItems(item.items, { ...place, inParallel: true }, collector);
      break;
  }
}

function collectDeclaration(
  item: Step | Compensate,
  kind: "step" | "decision" | "compensate",
  place: Place,
  collector: Collector,
): void {
  collectOptions(item.options, { kind }, collector);
  for (const { name, value } of item.options) {
    if (name.text === "compensate") collectCompensation(value, place, collector);
    else collectNames(value, collector);
  }
  collectBody(item.body, place, collector);
}

function collectCompensation(value: Expr, { workflow }: Place, collector: Collector): void {
  const name = value.kind === "literal" ? value.value : null;
  const handler = workflow.ast.items.find((item) => item.kind === "compensate" && item.name.text === name);
  if (handler?.kind === "compensate")
    refer(collector, value.span, { kind: "compensation", compensation: handler, workflow });
}

function collectBody(body: Fn, place: Place, collector: Collector): void {
  collectNames(body, collector);
  collectDataKeys(body, place.workflow, !place.inParallel, collector);
  for (const { node, target } of gotosIn(body)) {
    const step = target === null ? undefined : stepNamed(target, place);
    const literal = node.items[1];
    if (step && literal) refer(collector, literal.span, { kind: "step", step, workflow: place.workflow });
  }
  collectResults(body, place, collector);
}

function stepNamed(name: string, { blocks }: Place): Step | undefined {
  for (const block of blocks) {
    const found = block.find((item): item is Step => item.kind === "step" && item.name.text === name);
    if (found) return found;
  }
  return undefined;
}

const resultFunctions: ReadonlySet<string> = new Set(["parallel_result", "parallel_ok?"]);

/** `parallel_result(:mail)` names a step of a parallel block. */
function collectResults(body: Fn, { workflow }: Place, collector: Collector): void {
  for (const node of descendants(body)) {
    if (node.kind !== "call" || !resultFunctions.has(node.name.text)) continue;
    const [name] = node.args;
    if (collector.snapshot.program.resolved.calls.get(node)?.kind !== "prelude" || name?.kind !== "literal") continue;
    const { stepOptions } = collector.snapshot.program.resolved;
    const step = parallelSteps(workflow.ast.items).find(
      (each) => each.name.text === name.value && stepOptions.get(each)?.returns === undefined,
    );
    if (step) refer(collector, name.span, { kind: "step", step, workflow });
  }
}

function parallelSteps(items: readonly WorkflowItem[]): readonly Step[] {
  return items.flatMap((item) => {
    if (item.kind === "parallel") return stepsOf(item.items);
    return item.kind === "branch" ? item.clauses.flatMap((clause) => parallelSteps(clause.items)) : [];
  });
}
