/**
 * `try`. Within one segment it is a `try` statement. When its body may suspend, every state that the body is split into
 * is wrapped in the same `rescue`, and `after` stands where the body and its rescue have ended: in the state that both
 * go on to, or in front of an error that goes further.
 */
import type { RescueClause, Try } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import type { RescueIr, Statement, TryStatement } from "../machine.ts";
import { cannotSuspend } from "./cannot-suspend.ts";
import { lowerClauses } from "./choice.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discard, returning, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { withArms } from "./join.ts";
import { named } from "./match.ts";
import { type LaterPoint, laterPoint } from "./resume.ts";

export function lowerTry(expr: Try, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  const endings = [...expr.rescue, ...expr.else].map(({ body }) => body);
  const waiting = [...endings, ...(expr.after ? [expr.after] : [])].find((part) => facts.effectsOf(part).suspends);
  if (waiting) return cannotSuspend(waiting, k, context, "ending");
  if (facts.effectsOf(expr).suspends) return lowerSplit(expr, k, context);
  return withArms(expr, [], k, context, (arm) =>
    expr.else.length === 0 ? protectOnce(expr, arm, arm, context) : lowerWithElse(expr, arm, context),
  );
}

function protectOnce(expr: Try, body: Continuation, rescue: Continuation, context: BodyContext): Statement[] {
  return tryOf({
    body: lower(expr.body, body, context),
    rescue: lowerRescue(expr.rescue, rescue, context),
    after: lowerAfter(expr, context),
    uncaught: [],
  });
}

/** Without anything to do for an error or at the end, it is its body. */
function tryOf(parts: Omit<TryStatement, "kind">): Statement[] {
  const { body, rescue, after, uncaught } = parts;
  return rescue.length + after.length + uncaught.length === 0 ? [...body] : [{ kind: "try", ...parts }];
}

function lowerAfter({ after }: Try, context: BodyContext): Statement[] {
  return after
    ? lower(
        after,
        discard(() => []),
        context,
      )
    : [];
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
  const fill = thenDo((result) => [
    { kind: "assign", local: value, value: result },
    { kind: "assign", local: ended, value: flag(true) },
  ]);
  const body: Statement[] = [
    { kind: "declare", local: value, initial: null, filled: "sometimes" },
    { kind: "declare", local: ended, initial: flag(false), filled: "always" },
    ...protectOnce({ ...expr, after: null }, { ...fill, terminal: true }, k, context),
    {
      kind: "if",
      condition: facts.read(ended, span),
      negated: false,
      then: lowerElse(expr, value, k, context),
      else: [],
    },
  ];
  return tryOf({ body, rescue: [], after: lowerAfter(expr, context), uncaught: [] });
}

function lowerElse(expr: Try, value: Local, k: Continuation, context: BodyContext): Statement[] {
  const subject = context.facts.read(value, expr.span);
  const clauses = lowerClauses(expr.else, k, context);
  return [
    {
      kind: "match",
      subject,
      clauses,
      otherwise: [{ kind: "fail", error: "TryClauseError", value: subject, name: null }],
    },
  ];
}

type Wrap = BodyContext["protect"];

/** Inside a `try` around, what is wrapped for this one is wrapped for that one as well. */
function protectedBy(wrap: Wrap, context: BodyContext): BodyContext {
  return { ...context, protect: (statements) => context.protect(wrap(statements)) };
}

function lowerSplit(expr: Try, k: Continuation, context: BodyContext): Statement[] {
  const after = () => lowerAfter(expr, context);
  return withArms(expr, [expr], expr.after ? runFirst(after, k, context) : k, context, (arm) => {
    const rescue = lowerRescue(expr.rescue, arm, context);
    const finishing: Wrap = (body) => tryOf({ body, rescue: [], after: [], uncaught: after() });
    const rescuing: Wrap = (body) => finishing(tryOf({ body, rescue, after: [], uncaught: [] }));
    const inside = protectedBy(rescuing, context);
    if (expr.else.length === 0) return [...rescuing(lower(expr.body, arm, inside))];
    const elsewhere = elsePoint(expr, arm, protectedBy(finishing, context));
    const statements = rescuing(lower(expr.body, returning(elsewhere.jump), inside));
    elsewhere.add();
    return [...statements];
  });
}

function elsePoint(expr: Try, k: Continuation, context: BodyContext): LaterPoint {
  const { facts } = context;
  const received = facts.fresh("value", facts.typeOf(expr.body), expr.span);
  const reason = { kind: "join", what: "the try, whose else it is" } as const;
  const point = { id: facts.idOf(expr, "after"), node: expr, reason, received, saved: null };
  return laterPoint(point, () => lowerElse(expr, received, k, context), context);
}

/** A continuation that runs `first` before it uses the value; never terminal, so that `first` stands in one place. */
function runFirst(first: () => Statement[], k: Continuation, context: BodyContext): Continuation {
  const use: Continuation["use"] = (value) =>
    named(value, "value", context, (stable) => [...first(), ...k.use(stable)]);
  return { ...k, use, terminal: false };
}
