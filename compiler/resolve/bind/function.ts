import type { Constant, FunctionClause } from "../../ast/nodes.ts";
import { checkNoGotos } from "../rules/gotos.ts";
import { emptyScope } from "../scope.ts";
import type { Unit } from "../unit.ts";
import { withUsage } from "../unused.ts";
import { bind } from "./expression.ts";
import { bindPatterns } from "./pattern.ts";

/** A head that only declares defaults binds nothing that could be read. */
export function bindFunctionClause(clause: FunctionClause, unit: Unit): void {
  for (const param of clause.params) if (param.default) bind(param.default, emptyScope(unit));
  const { body } = clause;
  if (!body) return;
  withUsage(unit, () => {
    const scope = emptyScope(unit);
    bindPatterns(
      clause.params.map((param) => param.pattern),
      scope,
    );
    if (clause.guard) bind(clause.guard, scope);
    bind(body, scope);
  });
  checkNoGotos(clause, unit);
}

export function bindConstantValue(constant: Constant, unit: Unit): void {
  bind(constant.value, emptyScope(unit));
}
