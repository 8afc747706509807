import type { ConstantRef, Variable } from "../../ast/nodes.ts";
import { unknownConstant, unknownVariable } from "../../diagnostics/catalog/name.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { lookUp, type Scope, visibleNames } from "../scope.ts";
import { report } from "../unit.ts";
import { findFunctions } from "./functions.ts";

export function bindVariable(node: Variable, scope: Scope): void {
  const { unit } = scope;
  const local = lookUp(scope, node.name);
  if (local) {
    unit.tables.locals.set(node, local);
    unit.usage.read.add(local);
    return;
  }
  const isFunction = findFunctions(unit.environment, node.name).some((found) => found.arity === 0);
  const suggestion = suggest(node.name, visibleNames(scope));
  report(unit, unknownVariable, node.span, { name: node.name, isFunction, suggestion });
}

export function bindConstant(node: ConstantRef, scope: Scope): void {
  const { constants } = scope.unit.environment.module;
  if (constants.has(node.name)) return;
  const suggestion = suggest(node.name, constants.keys());
  report(scope.unit, unknownConstant, node.span, {
    name: node.name,
    suggestion: suggestion === null ? null : `@${suggestion}`,
  });
}
