/** States in the middle of a step: which locals they need, which of those must be saved. */
import type { Node } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import { freeLocals } from "../liveness.ts";
import type { ResumeIr, ResumeReason, Statement } from "../machine.ts";
import { bodyOf } from "./body.ts";
import type { BodyContext } from "./context.ts";
import type { PlaceRole } from "./facts.ts";

/**
 * Adds the state in which the body goes on with `statements` after `node`. What it reads and was computed before is
 * saved, except the step's data, what it receives, and what can be computed again for free.
 */
export function createResumePoint(
  node: Node,
  role: PlaceRole,
  reason: ResumeReason,
  received: Local | null,
  statements: readonly Statement[],
  context: BodyContext,
): ResumeIr {
  const complete = withRecomputed(context.protect(statements), received, context);
  const given = new Set([context.data, received]);
  const state: ResumeIr = {
    kind: "resume",
    id: context.facts.idOf(node, role),
    span: node.span,
    step: context.step!,
    reason,
    saved: [...freeLocals(complete, context.facts)].filter((local) => !given.has(local)),
    received,
    body: bodyOf(complete, context),
  };
  context.states.add(state);
  return state;
}

export function withRecomputed(
  statements: readonly Statement[],
  received: Local | null,
  context: BodyContext,
): readonly Statement[] {
  for (const local of freeLocals(statements, context.facts)) {
    const again = local === received ? undefined : context.recomputable.get(local);
    if (again) return withRecomputed([again, ...statements], received, context);
  }
  return statements;
}
