/** Where a `{:goto, step, data}` leads. The compiler has checked literal targets; computed ones are checked here. */
import type { Machine, StateId, StepState } from "../machine.ts";
import type { ExecutionError } from "../store/store.ts";
import { failure } from "./failure.ts";

/** The state to go on in, or why it cannot be gone to. */
export function gotoTarget(
  machine: Machine,
  from: Pick<StepState, "name" | "gotos">,
  target: string,
): StateId | ExecutionError {
  const state = from.gotos !== undefined && Object.hasOwn(from.gotos, target) ? from.gotos[target] : undefined;
  return (
    state ??
    failure("decision_error", reason(machine, from.name, target), { from_step: from.name, target_step: target })
  );
}

function reason(machine: Machine, from: string, target: string): string {
  if (target === from) return `The step :${from} cannot jump to itself.`;
  const known = Object.values(machine.states).some((state) => "name" in state && state.name === target);
  if (!known) return `The step :${from} wants to go to :${target}, which does not exist in this workflow.`;
  return `The step :${from} cannot jump backwards, to :${target}: a goto leads to a later step of the same block or one around it.`;
}
