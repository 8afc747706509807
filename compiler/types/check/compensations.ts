/**
 * The data of compensations: what it is after the steps that name them, with what later steps may have made of it. What
 * other compensations have put by then is on top of that; where any does, nothing is assumed.
 */
import type { Compensate, Node, Step } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import { orderOf } from "../../flow/order.ts";
import type { ResolvedWorkflow } from "../../resolve/resolved.ts";
import { stepsOf } from "../../resolve/rules/compensations.ts";
import { openRecord } from "../construct.ts";
import { joinRecords } from "../join.ts";
import type { RecordOf } from "../type.ts";
import { type BodyContext, checkBody } from "./body.ts";
import type { Checker } from "./frame.ts";

export function checkCompensations(owner: ResolvedWorkflow, context: BodyContext): void {
  const workflow = owner.ast;
  const handlers = workflow.items.filter((item): item is Compensate => item.kind === "compensate");
  if (handlers.length === 0) return;
  const { checker } = context;
  const steps = stepsOf(workflow.items);
  const naming = (handler: Compensate) =>
    steps.filter((step) => checker.resolved.stepOptions.get(step)?.compensate?.text === handler.name.text);
  const runs = handlers.flatMap(naming).length;
  const isKnown = runs === 1 || !handlers.some((handler) => mayPut(handler, checker));
  const follows = orderOf(workflow.items, { exitsOf: (step) => checker.exits.get(step) ?? goesOn });
  for (const handler of handlers) {
    const starts = isKnown ? naming(handler).map((step) => dataFrom(step, steps, follows, checker)) : [];
    const [first = openRecord, ...others] = starts;
    const data = others.reduce(joinRecords, first);
    checker.data.set(handler, data);
    checkBody(handler.body, data, [], null, { ...context, grounds: checker.groundsOf(handler, owner) });
  }
}

const goesOn = { goesOn: true, targets: [] };

/** After a step and any number of those that can follow it. */
function dataFrom(
  start: Step,
  steps: readonly Step[],
  follows: (earlier: Step, later: Step) => boolean,
  { after }: Checker,
): RecordOf {
  const later = steps.filter((step) => step !== start && follows(start, step));
  return later.reduce((data, step) => joinRecords(data, after.get(step) ?? openRecord), after.get(start) ?? openRecord);
}

const writing = /^(put|merge|update|append|increment|delete)_context$/;

function mayPut(handler: Compensate, checker: Checker): boolean {
  return descendants(handler.body).some((node) => putsData(node, checker));
}

function putsData(node: Node, { resolved, functionOf }: Checker): boolean {
  if (node.kind === "tuple") return node.items[1] !== undefined && node.items[1].kind !== "variable";
  const target = node.kind === "call" ? resolved.calls.get(node) : undefined;
  if (target?.kind === "prelude") return writing.test(target.function.name);
  if (target?.kind !== "function") return false;
  const { writes } = functionOf(target.function);
  return writes.fields.size > 0 || writes.rest !== null || writes.deleted.size > 0;
}
