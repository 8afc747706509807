import type { Expr } from "../ast/nodes.ts";
import { type ConstantValue, constantValue } from "../flow/constants.ts";
import type { Scope } from "./scope.ts";

/** The value of an expression that is known at compile time; undefined otherwise. */
export function constantOf(expr: Expr, scope: Scope): ConstantValue | undefined {
  return constantValue(expr, scope.module, { calls: { get: scope.facts.targetOf } })?.value;
}
