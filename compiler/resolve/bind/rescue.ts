import type { RescueClause } from "../../ast/nodes.ts";
import { innerScope, type Scope } from "../scope.ts";
import { bindInner } from "./expression.ts";
import { bindName } from "./pattern.ts";

/** `e in KeyError -> …`: the variable is bound by its name alone, for there is no pattern. */
export function bindRescue(clause: RescueClause, scope: Scope): void {
  const inner = innerScope(scope);
  if (clause.variable) bindName(clause.variable, inner);
  bindInner(clause.body, inner);
}
