/**
 * Where the arms of a construct meet again. Arms that end the body need nothing; arms that stay in one segment fill a
 * slot; and when an arm may suspend, what follows the construct becomes a state that every arm jumps to. A subject or
 * condition that suspends is lowered before, so only what is inside the arms counts.
 */
import type { Expr, Node } from "../../ast/nodes.ts";
import type { Statement } from "../machine.ts";
import { nil } from "./block.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discard, returning, thenDo } from "./continuation.ts";
import { createResumePoint } from "./resume.ts";

type BuildArms = (k: Continuation) => Statement[];

export function withArms(
  construct: Expr,
  arms: readonly Node[],
  k: Continuation,
  context: BodyContext,
  build: BuildArms,
): Statement[] {
  if (k.terminal) return build(k);
  if (arms.some((arm) => context.facts.effectsOf(arm).suspends)) return joinedByState(construct, k, context, build);
  return k.wanted
    ? joinedBySlot(construct, k, context, build)
    : [...build(discard(() => [])), ...k.use(nil(construct.span))];
}

function joinedBySlot(construct: Expr, k: Continuation, context: BodyContext, build: BuildArms): Statement[] {
  const { facts } = context;
  const slot = k.binds ?? facts.fresh("value", facts.typeOf(construct), construct.span);
  const fill = thenDo((value) => [{ kind: "assign", local: slot, value }]);
  return [
    { kind: "declare", local: slot, initial: null },
    ...build({ ...fill, terminal: true }),
    ...k.use(facts.read(slot, construct.span)),
  ];
}

function joinedByState(construct: Expr, k: Continuation, context: BodyContext, build: BuildArms): Statement[] {
  const { facts } = context;
  const received = k.wanted ? (k.binds ?? facts.fresh("value", facts.typeOf(construct), construct.span)) : null;
  const after = context.states.heldBack(() => {
    const statements = k.use(received ? facts.read(received, construct.span) : nil(construct.span));
    return createResumePoint(construct, "at", { kind: "join", what: construct.kind }, received, statements, context);
  });
  const { id, saved } = after.value;
  const arms = build(
    returning((value) =>
      received
        ? [{ kind: "jump", to: id, saved, updates: [], value }]
        : [...discard(() => []).use(value), { kind: "jump", to: id, saved, updates: [], value: null }],
    ),
  );
  context.states.add(...after.states);
  return arms;
}
