/**
 * A loop whose body may suspend: a state of its own that holds the elements, the position and what has been gathered.
 * Going round is a jump within the interpreter, not a checkpoint and not recursion, so a wait in the thousandth round
 * resumes as fast as one in the first.
 */
import type { Expr, Node } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import type { Local } from "../../resolve/resolved.ts";
import type { Span } from "../../source/source.ts";
import { boolean, dynamic, integer, listOf } from "../../types/construct.ts";
import { freeLocals } from "../liveness.ts";
import type { Statement } from "../machine.ts";
import type { BodyContext } from "./context.ts";
import { isRecomputable } from "./match.ts";
import { addResumePoint } from "./resume.ts";

export interface LoopPlan {
  /** The node whose place names the loop's state. */
  readonly place: Node;
  /** What is run in each round: what it reads from outside is carried round. */
  readonly body: readonly Node[];
  readonly what: string;
  readonly source: Expr;
  /** What is gathered, from this value on; null when nothing is. */
  readonly initial: Expr | null;
  /** The code of one round, to be lowered in the context of the loop. */
  readonly each: (round: Round, context: BodyContext) => Statement[];
  readonly finish: (gathered: Expr) => Statement[];
}

export interface Round {
  readonly item: Expr;
  readonly gathered: Expr;
  /** Goes on to the next element. */
  readonly next: (gathered: Expr) => Statement[];
}

/** The statements that enter the loop. */
export function lowerLoop(plan: LoopPlan, context: BodyContext): Statement[] {
  const { facts } = context;
  const { span } = plan.source;
  const items = facts.fresh("items", listOf(dynamic), span);
  const index = facts.fresh("index", integer, span);
  const gathered = plan.initial ? facts.fresh("gathered", facts.typeOf(plan.initial), span) : null;
  const elements: Statement = {
    kind: "let",
    local: items,
    value: facts.operation("elements", [plan.source], listOf(dynamic), span),
  };
  if (isRecomputable(plan.source, context)) context.recomputable.set(items, elements);

  const after = context.states.heldBack(() => plan.finish(gathered ? facts.read(gathered, span) : plan.source));
  const carried = carriedRound(plan, after.value, [items, gathered], context);
  const id = facts.idOf(plan.place, "loop");
  const goRound = (position: Expr, value: Expr | null): Statement => ({
    kind: "jump",
    to: id,
    saved: carried,
    updates: [{ local: index, value: position }, ...(gathered && value ? [{ local: gathered, value }] : [])],
    value: null,
  });

  const next = (value: Expr) => [goRound(facts.operation("next", [facts.read(index, span)], integer, span), value)];
  const saved = [...carried, index, ...(gathered ? [gathered] : [])];
  const reason = { kind: "loop", what: plan.what } as const;
  const inside: BodyContext = { ...context, position: [...context.position, index] };
  const goOn = () => rounds(plan, { items, index, gathered }, after.value, next, inside);
  addResumePoint({ id, node: plan.source, reason, received: null, saved }, goOn, context);
  context.states.add(...after.states);
  const zero: Expr = { kind: "literal", span, type: "integer", value: 0 };
  const entered = goRound(zero, plan.initial);
  return context.recomputable.has(items) ? [entered] : [elements, entered];
}

interface LoopLocals {
  readonly items: Local;
  readonly index: Local;
  readonly gathered: Local | null;
}

function rounds(
  plan: LoopPlan,
  { items, index, gathered }: LoopLocals,
  finish: Statement[],
  next: Round["next"],
  context: BodyContext,
): Statement[] {
  const { facts } = context;
  const { span } = plan.source;
  const read = (local: Local) => facts.read(local, span);
  const item = facts.operation("item", [read(items), read(index)], dynamic, span);
  return [
    { kind: "if", condition: isOver(items, index, span, facts), negated: false, then: finish, else: [] },
    ...plan.each({ item, gathered: gathered ? read(gathered) : plan.source, next }, context),
  ];
}

function isOver(items: Local, index: Local, span: Span, facts: BodyContext["facts"]): Expr {
  return facts.operation("isOver", [facts.read(index, span), facts.read(items, span)], boolean, span);
}

/** What the loop, what follows it and a `rescue` around it read from outside, besides what can be computed again. */
function carriedRound(
  plan: LoopPlan,
  finish: readonly Statement[],
  [items, gathered]: readonly [Local, Local | null],
  context: BodyContext,
): Local[] {
  const { facts, data, recomputable } = context;
  const nodes = plan.body.flatMap(descendants);
  const bound = new Set(nodes.flatMap((node) => (node.kind === "variablePattern" ? [facts.localOf(node)] : [])));
  const reads = nodes.flatMap((node) => (node.kind === "variable" ? [facts.localOf(node)] : []));
  const around = freeLocals(context.protect([]), facts);
  const outer = [...reads, ...freeLocals(finish, facts), ...around].filter(
    (local): local is Local => local !== null && !bound.has(local) && local !== gathered,
  );
  return [...new Set([items, ...outer])].filter((local) => local !== data && !recomputable.has(local));
}
