/** `for` with a wait inside: each generator is a loop of its own, the inner ones inside a round of the outer. */
import type { Expr, For, ForQualifier, Node } from "../../ast/nodes.ts";
import { children } from "../../ast/walk.ts";
import type { Span } from "../../source/source.ts";
import { dynamic, listOf } from "../../types/construct.ts";
import type { Statement } from "../machine.ts";
import { nil } from "./block.ts";
import { lowerClauses } from "./choice.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discardThen, returning, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { lowerLoop } from "./loop.ts";
import { ownLocal } from "./params.ts";

type Gather = (gathered: Expr, next: (gathered: Expr) => Statement[]) => Statement[];

/** A `for` whose value nobody wants gathers nothing, so that its state does not grow. */
export function lowerSuspendingFor(expr: For, k: Continuation, context: BodyContext): Statement[] {
  const initial = expr.reduce ?? emptyList(expr.span);
  const gathers = expr.reduce !== null || k.wanted;
  const innermost: Gather = (gathered, next) => {
    if (expr.reduce) return reduceOnce(expr, gathered, next, context);
    return gathers
      ? collectOnce(expr, gathered, next, context)
      : lower(
          expr.body!,
          discardThen(() => next(gathered)),
          context,
        );
  };
  const plan: ForPlan = { expr, gathers, innermost, context };
  const goOn = (gathered: Expr) => finish(expr, gathered, k, context);
  return lower(
    initial,
    thenDo((value) => lowerQualifiers(plan, expr.qualifiers, value, goOn)),
    context,
  );
}

interface ForPlan {
  readonly expr: For;
  readonly gathers: boolean;
  readonly innermost: Gather;
  readonly context: BodyContext;
}

export function emptyList(span: Span): Expr {
  return { kind: "list", span, items: [], tail: null, keyword: false };
}

function lowerQualifiers(
  plan: ForPlan,
  qualifiers: readonly ForQualifier[],
  initial: Expr,
  goOn: (gathered: Expr) => Statement[],
): Statement[] {
  const { context } = plan;
  const [first, ...rest] = qualifiers;
  if (!first) return plan.innermost(initial, goOn);
  const inner: Gather = (gathered, next) => lowerQualifiers(plan, rest, gathered, next);
  if (first.kind === "filter") return lowerFilter(first.condition, initial, inner, goOn, context);
  const each = (item: Expr, gathered: Expr, next: (gathered: Expr) => Statement[]): Statement[] => {
    const { pattern, guard, span } = first;
    const own = guard ? null : ownLocal(pattern, context.facts);
    const element = own ?? context.facts.fresh("item", dynamic, span);
    const take: Statement = { kind: "let", local: element, value: item };
    if (own) return [take, ...inner(gathered, next)];
    const clause = { span, pattern, guard, body: inner(gathered, next) };
    return [
      take,
      { kind: "match", subject: context.facts.read(element, span), clauses: [clause], otherwise: next(gathered) },
    ];
  };
  const enter = (source: Expr) =>
    lowerLoop(
      {
        place: first.source,
        body: partsAfter(first.source, plan.expr),
        what: "for",
        source,
        initial: plan.gathers ? initial : null,
        each,
        finish: goOn,
      },
      context,
    );
  return lower(first.source, thenDo(enter), context);
}

/** The parts of a `for` that are run for each element of a generator. */
function partsAfter(source: Expr, expr: For): Node[] {
  const parts = children(expr);
  return parts.slice(parts.indexOf(source) + 1);
}

function lowerFilter(
  condition: Expr,
  gathered: Expr,
  inner: Gather,
  next: (gathered: Expr) => Statement[],
  context: BodyContext,
): Statement[] {
  const choose = (value: Expr): Statement[] => [
    { kind: "if", condition: value, negated: false, then: inner(gathered, next), else: next(gathered) },
  ];
  return lower(condition, thenDo(choose), context);
}

function collectOnce(
  expr: For,
  gathered: Expr,
  next: (gathered: Expr) => Statement[],
  context: BodyContext,
): Statement[] {
  const add = returning((value) =>
    next(context.facts.operation("append", [gathered, value], listOf(dynamic), expr.span)),
  );
  return lower(expr.body!, add, context);
}

function reduceOnce(
  expr: For,
  gathered: Expr,
  next: (gathered: Expr) => Statement[],
  context: BodyContext,
): Statement[] {
  return [
    {
      kind: "match",
      subject: gathered,
      clauses: lowerClauses(expr.reducer, returning(next), context),
      otherwise: [{ kind: "fail", error: "CaseClauseError", value: gathered, name: null }],
    },
  ];
}

function finish(expr: For, gathered: Expr, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  if (expr.reduce) return k.use(gathered);
  if (!k.wanted) return k.use(nil(expr.span));
  const isUnique = expr.uniq?.kind === "literal" && expr.uniq.value === true;
  const list = isUnique ? facts.operation("uniq", [gathered], listOf(dynamic), expr.span) : gathered;
  if (!expr.into) return k.use(list);
  return lower(
    expr.into,
    thenDo((into) => k.use(facts.operation("into", [list, into], dynamic, expr.span))),
    context,
  );
}
