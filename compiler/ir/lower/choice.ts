/** `case`, `if` and `cond`. */
import type { Block, Case, Clause, Cond, CondClause, Expr, If } from "../../ast/nodes.ts";
import type { MatchClause, Statement } from "../machine.ts";
import { nil } from "./block.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { withArms } from "./join.ts";
import { named } from "./match.ts";

export function lowerCase(expr: Case, k: Continuation, context: BodyContext): Statement[] {
  const match = (subject: Expr) =>
    withArms(expr, bodiesOf(expr.clauses), k, context, (arm) => [
      {
        kind: "match",
        subject,
        clauses: lowerClauses(expr.clauses, arm, context),
        otherwise: [{ kind: "fail", error: "CaseClauseError", value: subject, name: null }],
      },
    ]);
  return lower(
    expr.subject,
    thenDo((value) => named(value, "value", context, match)),
    context,
  );
}

function bodiesOf(clauses: readonly Clause[]): Block[] {
  return clauses.map(({ body }) => body);
}

export function lowerClauses(clauses: readonly Clause[], k: Continuation, context: BodyContext): MatchClause[] {
  return clauses.map(({ span, pattern, guard, body }) => ({ span, pattern, guard, body: lower(body, k, context) }));
}

export function lowerIf(expr: If, k: Continuation, context: BodyContext): Statement[] {
  const arms = expr.else ? [expr.then, expr.else] : [expr.then];
  const choose = (condition: Expr) =>
    withArms(expr, arms, k, context, (arm) => [
      {
        kind: "if",
        condition,
        negated: expr.negated,
        then: lower(expr.then, arm, context),
        else: expr.else ? lower(expr.else, arm, context) : arm.use(nil(expr.span)),
      },
    ]);
  return lower(expr.condition, thenDo(choose), context);
}

export function lowerCond(expr: Cond, k: Continuation, context: BodyContext): Statement[] {
  return withArms(expr, [expr], k, context, (arm) => lowerConditions(expr.clauses, arm, context));
}

function lowerConditions(clauses: readonly CondClause[], k: Continuation, context: BodyContext): Statement[] {
  const [first, ...rest] = clauses;
  if (!first) return [{ kind: "fail", error: "CondClauseError", value: null, name: null }];
  if (isAlwaysTrue(first)) return lower(first.body, k, context);
  const test = thenDo((condition) => [
    {
      kind: "if",
      condition,
      negated: false,
      then: lower(first.body, k, context),
      else: lowerConditions(rest, k, context),
    },
  ]);
  return lower(first.condition, test, context);
}

function isAlwaysTrue({ condition }: CondClause): boolean {
  return condition.kind === "literal" && condition.value !== null && condition.value !== false;
}
