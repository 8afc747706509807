/** States in the middle of a step: which locals they need, which of those must be saved. */
import type { Expr, Node } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import { freeLocals } from "../liveness.ts";
import type { ResumeIr, ResumeReason, StateId, Statement } from "../machine.ts";
import { bodyOf } from "./body.ts";
import type { BodyContext } from "./context.ts";

export interface ResumePoint {
  readonly id: StateId;
  readonly node: Node;
  readonly reason: ResumeReason;
  readonly received: Local | null;
  /** What suspensions and jumps that lead here save; null when that is whatever the statements read from before. */
  readonly saved: readonly Local[] | null;
}

/**
 * Adds the state in which the body goes on with the statements that `build` makes, and after it the states that they
 * lead to. What is read and was computed before is saved, except the step's data, what the state receives, and what
 * can be computed again for free. Gives the saved locals.
 */
export function addResumePoint(
  point: ResumePoint,
  build: () => readonly Statement[],
  context: BodyContext,
): readonly Local[] {
  const { value, states } = context.states.heldBack(build);
  const given = new Set([context.data, point.received, ...(point.saved ?? [])]);
  const statements = withRecomputed(context.protect(value), given, context);
  const free = [...freeLocals(statements, context.facts)].filter((local) => !given.has(local));
  const state: ResumeIr = {
    kind: "resume",
    id: point.id,
    span: point.node.span,
    step: context.step!,
    reason: point.reason,
    saved: point.saved ?? free,
    received: point.received,
    body: bodyOf(statements, context),
  };
  context.states.add(state, ...states);
  return state.saved;
}

/** A resume point that others jump to, and that is read after them. */
export interface LaterPoint {
  readonly jump: (value: Expr | null) => Statement[];
  /** To be called when what leads there has been lowered. */
  readonly add: () => void;
}

export function laterPoint(point: ResumePoint, build: () => readonly Statement[], context: BodyContext): LaterPoint {
  const { value: saved, states } = context.states.heldBack(() => addResumePoint(point, build, context));
  return {
    jump: (value) => [{ kind: "jump", to: point.id, saved, updates: [], value }],
    add: () => context.states.add(...states),
  };
}

function withRecomputed(
  statements: readonly Statement[],
  given: ReadonlySet<Local | null>,
  context: BodyContext,
): readonly Statement[] {
  for (const local of freeLocals(statements, context.facts)) {
    const again = given.has(local) ? undefined : context.recomputable.get(local);
    if (again) return withRecomputed([again, ...statements], given, context);
  }
  return statements;
}
