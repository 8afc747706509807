import type { Expr, With, WithBinding } from "../../ast/nodes.ts";
import type { Statement } from "../machine.ts";
import { lowerClauses } from "./choice.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discard, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { withArms } from "./join.ts";
import { named } from "./match.ts";

/** `with`: each binding in turn; the first value that does not match goes to `else`, or is the result. */
export function lowerWith(expr: With, k: Continuation, context: BodyContext): Statement[] {
  return withArms(expr, [expr], k, context, (arm) => lowerBindings(expr, expr.bindings, arm, context));
}

function lowerBindings(
  expr: With,
  bindings: readonly WithBinding[],
  k: Continuation,
  context: BodyContext,
): Statement[] {
  const [first, ...rest] = bindings;
  if (!first) return lower(expr.body, k, context);
  if (first.kind === "plain") {
    return lower(
      first.value,
      discard(() => lowerBindings(expr, rest, k, context)),
      context,
    );
  }
  const match = thenDo((value) =>
    named(value, "value", context, (subject) => [
      {
        kind: "match",
        subject,
        clauses: [
          {
            span: first.span,
            pattern: first.pattern,
            guard: first.guard,
            body: lowerBindings(expr, rest, k, context),
          },
        ],
        otherwise: expr.else.length === 0 ? k.use(subject) : lowerElse(expr, subject, k, context),
      },
    ]),
  );
  return lower(first.value, match, context);
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
