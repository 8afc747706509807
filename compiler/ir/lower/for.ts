/** `for`. Within one segment it is loops that fill a list or change an accumulator. */
import type { Expr, For, ForQualifier } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import { dynamic, listOf } from "../../types/construct.ts";
import type { Statement } from "../machine.ts";
import { lowerClauses } from "./choice.ts";
import { emptyList, useCollected } from "./collected.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discard, returning, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { named } from "./match.ts";
import { ownLocal } from "./params.ts";
import { isInert } from "./simple.ts";
import { lowerSuspendingFor } from "./suspending-for.ts";

export function lowerFor(expr: For, k: Continuation, context: BodyContext): Statement[] {
  const { into } = expr;
  if (!into || isInert(into, context.facts)) return lowerLoops(expr, k, context);
  // As in Elixir, what the results go into is computed before them.
  const go = (target: Expr) => lowerLoops(context.facts.derive({ ...expr, into: target }, expr), k, context);
  return lower(
    into,
    thenDo((value) => named(value, "target", context, go)),
    context,
  );
}

function lowerLoops(expr: For, k: Continuation, context: BodyContext): Statement[] {
  if (context.facts.effectsOf(expr).suspends) return lowerSuspendingFor(expr, k, context);
  return expr.reduce ? lowerReducing(expr, expr.reduce, k, context) : lowerCollecting(expr, k, context);
}

function lowerCollecting(expr: For, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  if (!k.wanted) {
    const loops = lowerQualifiers(expr.qualifiers, context, () =>
      lower(
        expr.body!,
        discard(() => []),
        context,
      ),
    );
    return [...loops, ...k.use({ kind: "literal", span: expr.span, type: "nil", value: null })];
  }
  const plain = !expr.into && !expr.uniq;
  const results = (plain && k.binds) || facts.fresh("results", listOf(facts.typeOf(expr.body!)), expr.span);
  const push = returning((value) => [{ kind: "append", local: results, value }]);
  return [
    {
      kind: "declare",
      local: results,
      initial: emptyList(expr.span),
      filled: "appended",
    },
    ...lowerQualifiers(expr.qualifiers, context, () => lower(expr.body!, push, context)),
    ...useCollected(expr, facts.read(results, expr.span), k, context),
  ];
}

function lowerReducing(expr: For, initial: Expr, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  const accumulator = k.binds ?? facts.fresh("accumulator", facts.typeOf(expr), expr.span);
  return inOrder(expr, initial, context, (value, qualifiers) => [
    { kind: "declare", local: accumulator, initial: value, filled: "always" },
    ...lowerQualifiers(qualifiers, context, () => [reduceOnce(expr, accumulator, context)]),
    ...k.use(facts.read(accumulator, expr.span)),
  ]);
}

/** As in Elixir, what the first generator goes through is computed before what the accumulator begins with. */
export function inOrder(
  { qualifiers }: For,
  initial: Expr,
  context: BodyContext,
  use: (initial: Expr, qualifiers: readonly ForQualifier[]) => Statement[],
): Statement[] {
  const [first, ...rest] = qualifiers;
  const enter = (sources: readonly ForQualifier[]) =>
    lower(
      initial,
      thenDo((value) => use(value, sources)),
      context,
    );
  if (first?.kind !== "generator" || isInert(initial, context.facts)) return enter(qualifiers);
  const name = (source: Expr) =>
    named(source, "items", context, (items) => enter([{ ...first, source: items }, ...rest]));
  return lower(first.source, thenDo(name), context);
}

function reduceOnce(expr: For, accumulator: Local, context: BodyContext): Statement {
  const subject = context.facts.read(accumulator, expr.span);
  const assign = returning((value) => [{ kind: "assign", local: accumulator, value }]);
  return {
    kind: "match",
    subject,
    clauses: lowerClauses(expr.reducer, assign, context),
    otherwise: [{ kind: "fail", error: "CaseClauseError", value: subject, name: null }],
  };
}

/** Generators inside one another, filters around what they let through. */
function lowerQualifiers(
  qualifiers: readonly ForQualifier[],
  context: BodyContext,
  innermost: () => Statement[],
): Statement[] {
  const [first, ...rest] = qualifiers;
  if (!first) return innermost();
  const inner = () => lowerQualifiers(rest, context, innermost);
  if (first.kind === "filter") {
    return lower(
      first.condition,
      thenDo((condition) => [{ kind: "if", condition, negated: false, then: inner(), else: [] }]),
      context,
    );
  }
  return lower(
    first.source,
    thenDo((source) => [lowerGenerator(first, source, inner, context)]),
    context,
  );
}

type Generator = Extract<ForQualifier, { kind: "generator" }>;

/** Elements that do not match the pattern are passed over. */
function lowerGenerator(
  generator: Generator,
  source: Expr,
  inner: () => Statement[],
  { facts }: BodyContext,
): Statement {
  const { span, pattern, guard } = generator;
  const own = guard ? null : ownLocal(pattern, facts);
  const item = own ?? facts.fresh("item", dynamic, span);
  const body: Statement[] = own
    ? inner()
    : [
        {
          kind: "match",
          subject: facts.read(item, span),
          clauses: [{ span, pattern, guard, body: inner() }],
          otherwise: [],
        },
      ];
  return { kind: "loop", item, source, body };
}
