/** A goto leads to a later step of the same block or of an enclosing one, and never out of a parallel block or a helper. */
import type { Fn, FunctionClause, Node, Step, TupleExpr, Workflow, WorkflowItem } from "../../ast/nodes.ts";
import { visit } from "../../ast/walk.ts";
import { gotoBackward, gotoNotAllowed, gotoSelf, gotoUnknown } from "../../diagnostics/catalog/flow-gotos.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { report, type Unit } from "../unit.ts";

/** `{:goto, target, data}`; `target` is null when it is computed. */
export interface Goto {
  readonly node: TupleExpr;
  readonly target: string | null;
}

/** The gotos in a body, in the order of the source. */
export function gotosIn(node: Node): Goto[] {
  const found: Goto[] = [];
  visit(node, (inner) => {
    const goto = inner.kind === "tuple" ? asGoto(inner) : null;
    if (goto) found.push(goto);
    return true;
  });
  return found;
}

function asGoto(node: TupleExpr): Goto | null {
  const [tag, target] = node.items;
  if (node.items.length !== 3 || tag?.kind !== "literal" || tag.type !== "atom" || tag.value !== "goto") return null;
  return { node, target: target?.kind === "literal" && typeof target.value === "string" ? target.value : null };
}

/** The steps of one block around a goto: those before the place and those after it. */
interface Level {
  readonly before: () => readonly string[];
  readonly after: () => readonly string[];
}

export function checkGotos(workflow: Workflow, unit: Unit): void {
  checkBlock(workflow.items, [], unit);
}

/** Outside of workflows, a goto has no step that it could leave. */
export function checkNoGotos(clause: FunctionClause, unit: Unit): void {
  for (const { node } of gotosIn(clause)) report(unit, gotoNotAllowed, node.span, { where: "a function" });
}

function checkBlock(items: readonly WorkflowItem[], outer: readonly Level[], unit: Unit): void {
  for (const [index, item] of items.entries()) {
    const before = () => namesOf(items.slice(0, index));
    const after = () => namesOf(items.slice(index + 1));
    const levels = [{ before, after }, ...outer];
    switch (item.kind) {
      case "step":
        checkBody(item.body, item, levels, unit);
        break;
      case "branch":
        for (const clause of item.clauses) checkBlock(clause.items, levels, unit);
        break;
      case "parallel":
        if (item.into) checkBody(item.into, null, levels, unit);
        for (const step of item.items) if (step.kind === "step") forbid(step.body, "a parallel block", unit);
        break;
      case "compensate":
        forbid(item.body, "a compensation", unit);
        break;
    }
  }
}

function namesOf(items: readonly WorkflowItem[]): string[] {
  return items.flatMap((item) => (item.kind === "step" ? [item.name.text] : []));
}

function forbid(body: Fn, where: string, unit: Unit): void {
  for (const { node } of gotosIn(body)) report(unit, gotoNotAllowed, node.span, { where });
}

function checkBody(body: Fn, step: Step | null, levels: readonly Level[], unit: Unit): void {
  for (const found of gotosIn(body)) checkGoto(found, step, levels, unit);
}

function checkGoto({ node, target }: Goto, step: Step | null, levels: readonly Level[], unit: Unit): void {
  const later = levels.flatMap((level) => level.after());
  const span = (node.items[1] ?? node).span;
  if (target === null) report(unit, gotoUnknown, span, { target, suggestion: null });
  else if (later.includes(target)) return;
  else if (target === step?.name.text) report(unit, gotoSelf, span, { target });
  else if (levels.some((level) => level.before().includes(target))) report(unit, gotoBackward, span, { target });
  else report(unit, gotoUnknown, span, { target, suggestion: suggest(target, later) });
}
