/** A private function that nothing but itself mentions is dead. */
import type { Module, Node } from "../../ast/nodes.ts";
import { visit } from "../../ast/walk.ts";
import { unusedFunction } from "../../diagnostics/catalog/name.ts";
import type { BoundPart, Part } from "../parts.ts";
import type { FunctionDefinition } from "../resolved.ts";
import { report, type Unit } from "../unit.ts";

/** What some code mentions. */
interface Mentions {
  readonly functions: ReadonlySet<FunctionDefinition>;
  /** What was broken by a syntax error might have mentioned any of them. */
  readonly isBroken: boolean;
}

const known = new WeakMap<BoundPart, Mentions>();

export function checkUnusedFunctions(boundPart: (part: Part) => BoundPart | undefined, unit: Unit): void {
  const { module } = unit.environment;
  const privates = [...module.functions.values()].filter(({ visibility }) => visibility === "private");
  if (privates.length === 0) return;
  const used = new Set<FunctionDefinition>();
  for (const code of codeIn(module.ast)) {
    const bound = boundPart(code as Part);
    const { functions, isBroken } = (bound && known.get(bound)) ?? mentionsIn(code, unit);
    if (bound) known.set(bound, { functions, isBroken });
    if (isBroken) return;
    for (const definition of functions) if (!definition.clauses.some((clause) => clause === code)) used.add(definition);
  }
  for (const definition of privates) {
    const [first] = definition.clauses;
    if (!first || used.has(definition)) continue;
    report(unit, unusedFunction, first.name.span, { name: definition.name, arity: definition.arity });
  }
}

function codeIn({ items }: Module): Node[] {
  return items.flatMap((item): readonly Node[] =>
    item.kind === "workflow" ? [...item.options.map(({ value }) => value), ...item.items] : [item],
  );
}

function mentionsIn(code: Node, { tables }: Unit): Mentions {
  const functions = new Set<FunctionDefinition>();
  let isBroken = false;
  visit(code, (node) => {
    const target = node.kind === "call" || node.kind === "functionRef" ? tables.calls.get(node) : undefined;
    if (target?.kind === "function") functions.add(target.function);
    isBroken ||= node.kind === "invalid";
    return true;
  });
  return { functions, isBroken };
}
