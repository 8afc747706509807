import type { Binary, Expr } from "../../ast/nodes.ts";
import type { Statement } from "../machine.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { withArms } from "./join.ts";
import { named } from "./match.ts";

/** `&&`, `||`, `and`, `or` whose right side needs statements: it must still run only when the left side asks for it. */
export function lowerLogical(expr: Binary, k: Continuation, context: BodyContext): Statement[] {
  const negated = expr.operator === "||" || expr.operator === "or";
  const choose = (condition: Expr) =>
    withArms(expr, [expr.right], k, context, (arm) => [
      { kind: "if", condition, negated, then: lower(expr.right, arm, context), else: arm.use(condition) },
    ]);
  return lower(
    expr.left,
    thenDo((left) => named(left, "left", context, choose)),
    context,
  );
}
