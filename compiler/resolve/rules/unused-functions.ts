/** A private function that nothing but itself mentions is dead. */
import type { FunctionClause, Node } from "../../ast/nodes.ts";
import { eachChild, some } from "../../ast/walk.ts";
import { unusedFunction } from "../../diagnostics/catalog/name.ts";
import type { FunctionDefinition } from "../resolved.ts";
import { report, type Unit } from "../unit.ts";

export function checkUnusedFunctions(unit: Unit): void {
  const { module } = unit.environment;
  const privates = [...module.functions.values()].filter((definition) => definition.visibility === "private");
  if (privates.length === 0 || hasInvalid(module.ast)) return;
  const used = new Set<FunctionDefinition>();
  for (const item of module.ast.items) collect(item, item.kind === "functionClause" ? item : null, used, unit);
  for (const definition of privates) {
    const [first] = definition.clauses;
    if (!first || used.has(definition)) continue;
    report(unit, unusedFunction, first.name.span, { name: definition.name, arity: definition.arity });
  }
}

function collect(node: Node, within: FunctionClause | null, used: Set<FunctionDefinition>, unit: Unit): void {
  const target = node.kind === "call" || node.kind === "functionRef" ? unit.tables.calls.get(node) : undefined;
  if (target?.kind === "function" && !(within && target.function.clauses.includes(within))) used.add(target.function);
  eachChild(node, (child) => collect(child, within, used, unit));
}

/** What was broken by a syntax error might have used any of them. */
function hasInvalid(node: Node): boolean {
  return some(node, ({ kind }) => kind === "invalid");
}
