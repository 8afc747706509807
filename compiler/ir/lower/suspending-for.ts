/** `for` with a wait inside: each generator is a loop of its own, the inner ones inside a round of the outer. */
import type { Expr, For, ForQualifier, Node } from "../../ast/nodes.ts";
import { children } from "../../ast/walk.ts";
import { dynamic, listOf } from "../../types/construct.ts";
import type { Statement } from "../machine.ts";
import { nil } from "./block.ts";
import { lowerClauses } from "./choice.ts";
import { emptyList, useCollected } from "./collected.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discardThen, returning, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { inOrder } from "./for.ts";
import { lowerLoop, type Round } from "./loop.ts";
import { ownLocal } from "./params.ts";

/** What to do with an element: given what has been gathered, lead on to the next. */
type Gather = (turn: Turn) => Statement[];

interface Turn extends Pick<Round, "gathered" | "next"> {
  /** Of the innermost loop. */
  readonly context: BodyContext;
}

interface ForPlan {
  readonly expr: For;
  /** False when nobody wants the value: then nothing is gathered, so that the state does not grow. */
  readonly gathers: boolean;
  readonly innermost: Gather;
}

export function lowerSuspendingFor(expr: For, k: Continuation, context: BodyContext): Statement[] {
  const gathers = expr.reduce !== null || k.wanted;
  const innermost = expr.reduce ? reduceOnce(expr) : gathers ? collectOnce(expr) : runOnce(expr);
  const next = (gathered: Expr) => finish(expr, gathered, k, context);
  return inOrder(expr, expr.reduce ?? emptyList(expr.span), context, (gathered, qualifiers) => {
    const plan: ForPlan = { expr: { ...expr, qualifiers }, gathers, innermost };
    return lowerQualifiers(plan, qualifiers, { gathered, next, context });
  });
}

function lowerQualifiers(plan: ForPlan, qualifiers: readonly ForQualifier[], turn: Turn): Statement[] {
  const [first, ...rest] = qualifiers;
  if (!first) return plan.innermost(turn);
  const inner: Gather = (inside) => lowerQualifiers(plan, rest, inside);
  return first.kind === "filter" ? lowerFilter(first.condition, inner, turn) : lowerGenerator(plan, first, inner, turn);
}

type Generator = Extract<ForQualifier, { kind: "generator" }>;

function lowerGenerator({ expr, gathers }: ForPlan, generator: Generator, inner: Gather, turn: Turn): Statement[] {
  const { context } = turn;
  const enter = (source: Expr) =>
    lowerLoop(
      {
        place: generator.pattern,
        body: partsAfter(generator.source, expr),
        what: "for",
        source,
        initial: gathers ? turn.gathered : null,
        each: (round, inside) => lowerElement(generator, round, inner, inside),
        finish: turn.next,
      },
      context,
    );
  return lower(generator.source, thenDo(enter), context);
}

/** An element that does not match the pattern is passed over. */
function lowerElement(
  { pattern, guard, span }: Generator,
  { item, gathered, next }: Round,
  inner: Gather,
  context: BodyContext,
): Statement[] {
  const { facts } = context;
  const own = guard ? null : ownLocal(pattern, facts);
  const element = own ?? facts.fresh("item", dynamic, span);
  const take: Statement = { kind: "let", local: element, value: item };
  const body = inner({ gathered, next, context });
  if (own) return [take, ...body];
  const clauses = [{ span, pattern, guard, body }];
  return [take, { kind: "match", subject: facts.read(element, span), clauses, otherwise: next(gathered) }];
}

/** The parts of a `for` that are run for each element of a generator. */
function partsAfter(source: Expr, expr: For): Node[] {
  const parts = children(expr);
  return parts.slice(parts.indexOf(source) + 1);
}

function lowerFilter(condition: Expr, inner: Gather, turn: Turn): Statement[] {
  const { gathered, next, context } = turn;
  const choose = (value: Expr): Statement[] => [
    { kind: "if", condition: value, negated: false, then: inner(turn), else: next(gathered) },
  ];
  return lower(condition, thenDo(choose), context);
}

function runOnce({ body }: For): Gather {
  return ({ gathered, next, context }) =>
    lower(
      body!,
      discardThen(() => next(gathered)),
      context,
    );
}

function collectOnce({ body, span }: For): Gather {
  return ({ gathered, next, context }) => {
    const add = (value: Expr) => context.facts.operation("append", [gathered, value], listOf(dynamic), span);
    return lower(
      body!,
      returning((value) => next(add(value))),
      context,
    );
  };
}

function reduceOnce({ reducer }: For): Gather {
  return ({ gathered, next, context }) => [
    {
      kind: "match",
      subject: gathered,
      clauses: lowerClauses(reducer, returning(next), context),
      otherwise: [{ kind: "fail", error: "CaseClauseError", value: gathered, name: null }],
    },
  ];
}

function finish(expr: For, gathered: Expr, k: Continuation, context: BodyContext): Statement[] {
  if (expr.reduce) return k.use(gathered);
  return k.wanted ? useCollected(expr, gathered, k, context) : k.use(nil(expr.span));
}
