/** Calls of other workflows: their result is the final data of the child, or what stands for a timeout. */
import type { Call } from "../../../ast/nodes.ts";
import { timeoutIndistinct } from "../../../diagnostics/catalog/timeout.ts";
import { childInput } from "../../../diagnostics/catalog/type.ts";
import { optionOf } from "../../../resolve/options/call.ts";
import type { ResolvedWorkflow } from "../../../resolve/resolved.ts";
import { compatible } from "../../assignable.ts";
import { dynamic, none, openRecord, string, tagged } from "../../construct.ts";
import { whyNot } from "../../explain.ts";
import { membersOf, union } from "../../join.ts";
import type { Type } from "../../type.ts";
import { type Frame, report } from "../frame.ts";
import { Place } from "../../../source/place.ts";
import { checkStored } from "../stored.ts";
import type { BuiltIns } from "./built-in.ts";

export const orchestrationBuiltIns: BuiltIns = {
  "Durable.Orchestration.call_workflow": (node, args, frame) => {
    const child = frame.checker.resolved.children.get(node) ?? null;
    checkInput(node, args, child, frame);
    const result = child ? frame.checker.resultOf(child) : openRecord;
    checkDistinct(node, result, frame);
    const failure = tagged("error", openRecord);
    frame.checker.childFailures.add(failure);
    return union(tagged("ok", union(result, timeoutValue(node, frame))), failure);
  },
  "Durable.Orchestration.start_workflow": (node, args, frame) => {
    checkInput(node, args, frame.checker.resolved.children.get(node) ?? null, frame);
    return tagged("ok", string);
  },
};

/** Remembered by identity, so that what reads it can be told from what reads a result. */
function timeoutValue(node: Call, frame: Frame): Type {
  const timeout = optionOf(node, "timeout");
  if (!timeout || isInfinity(timeout)) return none;
  const option = optionOf(node, "timeout_value");
  const given = option ? (frame.checker.types.get(option) ?? dynamic) : null;
  const value: Type = given ? { ...given } : { kind: "literal", value: "child_timeout", form: "atom" };
  frame.checker.timeoutValues.set(value, new Place(frame.module, node.name.span));
  return value;
}

/** A map that stands for the timeout, where a result is such a map too. */
function checkDistinct(node: Call, result: Type, frame: Frame): void {
  const option = optionOf(node, "timeout_value");
  const members = option ? membersOf(frame.checker.types.get(option) ?? dynamic) : [];
  const isAlike = members.some((member) => member.kind === "record" && compatible(member, result));
  if (option && isAlike) report(frame, timeoutIndistinct, option.span, undefined);
}

function isInfinity(expr: Call["args"][number]): boolean {
  return expr.kind === "literal" && expr.value === "infinity";
}

function checkInput(node: Call, args: readonly Type[], child: ResolvedWorkflow | null, frame: Frame): void {
  const [, input = dynamic] = args;
  const arg = node.args[1];
  if (arg) checkStored(arg, frame);
  if (!child?.ast.input || !arg) return;
  const expected = frame.checker.inputOf(child);
  if (compatible(input, expected)) return;
  report(frame, childInput, arg.span, { workflow: child.name, problem: whyNot(input, expected) });
}
