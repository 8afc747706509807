/**
 * Where the arms of a construct meet again. Arms that end the body need nothing; arms that stay in one segment fill a
 * slot; and when an arm may suspend, what follows the construct becomes a state that every arm jumps to. A subject or
 * condition that suspends is lowered before, so only what is inside the arms counts.
 */
import type { Expr, Node } from "../../ast/nodes.ts";
import type { Statement } from "../machine.ts";
import { nil } from "./block.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discard, discardThen, returning, thenDo } from "./continuation.ts";
import { fills } from "./fills.ts";
import { laterPoint } from "./resume.ts";

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
  const arms = build({ ...fill, terminal: true });
  return [
    { kind: "declare", local: slot, initial: null, filled: fills(arms, slot) ? "always" : "sometimes" },
    ...arms,
    ...k.use(facts.read(slot, construct.span)),
  ];
}

function joinedByState(construct: Expr, k: Continuation, context: BodyContext, build: BuildArms): Statement[] {
  const { facts } = context;
  const received = k.wanted ? (k.binds ?? facts.fresh("value", facts.typeOf(construct), construct.span)) : null;
  const reason = { kind: "join", what: nameOf(construct) } as const;
  const goOn = () => k.use(received ? facts.read(received, construct.span) : nil(construct.span));
  const point = { id: facts.idOf(construct, "at"), node: construct, reason, received, saved: null };
  const after = laterPoint(point, goOn, context);
  const arms = build(received ? returning(after.jump) : discardThen(() => after.jump(null)));
  after.add();
  return arms;
}

/** For the comment above the state. */
function nameOf(construct: Expr): string {
  return construct.kind === "call" ? construct.name.text : `the ${construct.kind}`;
}
