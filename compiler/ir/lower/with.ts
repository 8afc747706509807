/**
 * `with`: each binding in turn; the first value that does not match goes to `else`, or is the result. An `else` that
 * waits is a state of its own, because every binding leads to it.
 */
import type { Expr, With, WithBinding } from "../../ast/nodes.ts";
import { dynamic } from "../../types/construct.ts";
import type { Statement } from "../machine.ts";
import { lowerClauses } from "./choice.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discard, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import type { Facts } from "./facts.ts";
import { withArms } from "./join.ts";
import { named } from "./match.ts";
import { laterPoint } from "./resume.ts";

/** What becomes of a value that its binding does not match. */
type Otherwise = (value: Expr) => Statement[];

export function lowerWith(expr: With, k: Continuation, context: BodyContext): Statement[] {
  return withArms(expr, [expr], k, context, (arm) => {
    if (expr.else.length === 0) return lowerBindings(expr, expr.bindings, arm, arm.use, context);
    if (!elseNeedsState(expr, context.facts)) {
      return lowerBindings(expr, expr.bindings, arm, (value) => lowerElse(expr, value, arm, context), context);
    }
    return lowerWithElseState(expr, arm, context);
  });
}

export function elseNeedsState(expr: With, facts: Facts): boolean {
  return expr.else.some(({ body }) => facts.effectsOf(body).suspends);
}

function lowerWithElseState(expr: With, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  const received = facts.fresh("value", dynamic, expr.span);
  const reason = { kind: "join", what: "the with, whose else it is" } as const;
  const point = { id: facts.idOf(expr, "after"), node: expr, reason, received, saved: null };
  const elsewhere = laterPoint(point, () => lowerElse(expr, facts.read(received, expr.span), k, context), context);
  const statements = lowerBindings(expr, expr.bindings, k, elsewhere.jump, context);
  elsewhere.add();
  return statements;
}

function lowerBindings(
  expr: With,
  bindings: readonly WithBinding[],
  k: Continuation,
  otherwise: Otherwise,
  context: BodyContext,
): Statement[] {
  const [first, ...rest] = bindings;
  if (!first) return lower(expr.body, k, context);
  const goOn = () => lowerBindings(expr, rest, k, otherwise, context);
  if (first.kind === "plain") return lower(first.value, discard(goOn), context);
  const { span, pattern, guard } = first;
  const match = (subject: Expr): Statement[] => [
    { kind: "match", subject, clauses: [{ span, pattern, guard, body: goOn() }], otherwise: otherwise(subject) },
  ];
  return lower(
    first.value,
    thenDo((value) => named(value, "value", context, match)),
    context,
  );
}

function lowerElse(expr: With, subject: Expr, k: Continuation, context: BodyContext): Statement[] {
  return [
    {
      kind: "match",
      subject,
      clauses: lowerClauses(expr.else, k, context),
      otherwise: [{ kind: "fail", error: "WithClauseError", value: subject, name: null }],
    },
  ];
}
