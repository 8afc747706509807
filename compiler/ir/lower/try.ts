/**
 * `try`. Within one segment it is a `try` statement. When its body may suspend, every state that the body is split into
 * is wrapped in the same `rescue`, and `after` stands where the body and its rescue have ended: in the state that both
 * go on to, or in front of an error that goes further.
 */
import type { RescueClause, Try } from "../../ast/nodes.ts";
import type { RescueIr, Statement } from "../machine.ts";
import { lowerClauses } from "./choice.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discard, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { withArms } from "./join.ts";
import { named } from "./match.ts";

export function lowerTry(expr: Try, k: Continuation, context: BodyContext): Statement[] {
  if (context.facts.effectsOf(expr).suspends) return lowerSplit(expr, k, context);
  return withArms(expr, [], k, context, (arm) =>
    expr.else.length === 0 ? [protectOnce(expr, arm, arm, context)] : lowerWithElse(expr, arm, context),
  );
}

function protectOnce(expr: Try, body: Continuation, rescue: Continuation, context: BodyContext): Statement {
  return {
    kind: "try",
    body: lower(expr.body, body, context),
    rescue: lowerRescue(expr.rescue, rescue, context),
    after: expr.after
      ? lower(
          expr.after,
          discard(() => []),
          context,
        )
      : [],
    uncaught: [],
  };
}

function lowerRescue(clauses: readonly RescueClause[], k: Continuation, context: BodyContext): RescueIr[] {
  return clauses.map((clause) => ({
    types: clause.errors.map(({ text }) => text),
    error: clause.variable && context.facts.localOf(clause.variable),
    body: lower(clause.body, k, context),
  }));
}

/** What `else` does is outside the protection of `rescue`, so the body's value leaves the `try` first. */
function lowerWithElse(expr: Try, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  const { span } = expr;
  const value = facts.fresh("value", facts.typeOf(expr.body), span);
  const ended = facts.fresh("ended", { kind: "boolean" }, span);
  const flag = (state: boolean) => ({ kind: "literal", span, type: "boolean", value: state }) as const;
  const body = thenDo((result) => [
    { kind: "assign", local: value, value: result },
    { kind: "assign", local: ended, value: flag(true) },
  ]);
  const subject = facts.read(value, span);
  const clauses = lowerClauses(expr.else, k, context);
  return [
    { kind: "declare", local: value, initial: null },
    { kind: "declare", local: ended, initial: flag(false) },
    protectOnce(expr, { ...body, terminal: true }, k, context),
    {
      kind: "if",
      condition: facts.read(ended, span),
      negated: false,
      then: [
        {
          kind: "match",
          subject,
          clauses,
          otherwise: [{ kind: "fail", error: "TryClauseError", value: subject, name: null }],
        },
      ],
      else: [],
    },
  ];
}

function lowerSplit(expr: Try, k: Continuation, context: BodyContext): Statement[] {
  const after = () =>
    expr.after
      ? lower(
          expr.after,
          discard(() => []),
          context,
        )
      : [];
  const afterwards = expr.after ? runFirst(after, k, context) : k;
  return withArms(expr, [expr], afterwards, context, (arm) => {
    const rescue = lowerRescue(expr.rescue, arm, context);
    const protect = (statements: readonly Statement[]): Statement[] => {
      const inner: Statement[] = [{ kind: "try", body: context.protect(statements), rescue, after: [], uncaught: [] }];
      return expr.after ? [{ kind: "try", body: inner, rescue: [], after: [], uncaught: after() }] : inner;
    };
    return protect(lower(expr.body, arm, { ...context, protect }));
  });
}

/** A continuation that runs `first` before it uses the value; never terminal, so that `first` stands in one place. */
function runFirst(first: () => Statement[], k: Continuation, context: BodyContext): Continuation {
  const use: Continuation["use"] = (value) =>
    named(value, "value", context, (stable) => [...first(), ...k.use(stable)]);
  return { ...k, use, terminal: false };
}
