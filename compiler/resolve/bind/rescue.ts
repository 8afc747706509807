import type { RescueClause } from "../../ast/nodes.ts";
import { innerScope, type Scope } from "../scope.ts";
import { bindInner } from "./expression.ts";
import { bindPatterns } from "./pattern.ts";

/** `e in KeyError -> …`: the variable is seen by this clause only. */
export function bindRescue(clause: RescueClause, scope: Scope): void {
  const inner = innerScope(scope);
  if (clause.variable) bindPatterns([clause.variable], inner);
  bindInner(clause.body, inner);
}
