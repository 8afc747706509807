/**
 * What code may do, found once for the whole program: a fixpoint over the call graph. An anonymous function counts
 * where it stands, because whoever is given it may call it.
 */
import type { Node } from "../ast/nodes.ts";
import { children } from "../ast/walk.ts";
import type { Effects } from "../ir/machine.ts";
import type { CallTarget, FunctionDefinition, PreludeEffect, ResolvedProgram } from "../resolve/resolved.ts";

export interface EffectTable {
  readonly of: (node: Node) => Effects;
  readonly ofTarget: (target: CallTarget) => Effects;
}

export const calm: Effects = { async: false, pure: true, io: false, suspends: false, starts: false };

const byPreludeEffect: Readonly<Record<PreludeEffect, Effects>> = {
  pure: calm,
  context: { ...calm, io: true },
  clock: { ...calm, io: true, pure: false },
  random: { ...calm, io: true, pure: false },
  log: { ...calm, io: true, pure: false },
  starts: { ...calm, io: true, pure: false, starts: true },
  blocks: { ...calm, async: true, pure: false },
  suspends: { ...calm, io: true, suspends: true },
};

const foreign: Effects = { ...calm, async: true, pure: false };

export function analyseEffects(program: ResolvedProgram): EffectTable {
  const functions = new Map<FunctionDefinition, Effects>();
  const definitions = [...program.modules.values()].flatMap((module) => [...module.functions.values()]);
  const ofFunction = (definition: FunctionDefinition) => functions.get(definition) ?? calm;
  const ofTarget = (target: CallTarget) => effectsOfTarget(target, ofFunction);

  let changed = true;
  while (changed) {
    changed = false;
    for (const definition of definitions) {
      const found = joinAll(definition.clauses.map((clause) => effectsOf(clause, program, ofTarget, new Map())));
      if (same(found, ofFunction(definition))) continue;
      functions.set(definition, found);
      changed = true;
    }
  }

  const known = new Map<Node, Effects>();
  return { of: (node) => effectsOf(node, program, ofTarget, known), ofTarget };
}

function effectsOfTarget(target: CallTarget, ofFunction: (definition: FunctionDefinition) => Effects): Effects {
  switch (target.kind) {
    case "prelude":
      return byPreludeEffect[target.function.effect];
    case "function":
      return ofFunction(target.function);
    case "foreign":
      return foreign;
  }
}

function effectsOf(
  node: Node,
  program: ResolvedProgram,
  ofTarget: (target: CallTarget) => Effects,
  known: Map<Node, Effects>,
): Effects {
  const before = known.get(node);
  if (before) return before;
  const target = node.kind === "call" || node.kind === "functionRef" ? program.calls.get(node) : undefined;
  const own = target ? ofTarget(target) : calm;
  const found = joinAll([own, ...children(node).map((child) => effectsOf(child, program, ofTarget, known))]);
  known.set(node, found);
  return found;
}

export function joinAll(effects: readonly Effects[]): Effects {
  return effects.reduce(join, calm);
}

function join(a: Effects, b: Effects): Effects {
  return {
    async: a.async || b.async,
    pure: a.pure && b.pure,
    io: a.io || b.io,
    suspends: a.suspends || b.suspends,
    starts: a.starts || b.starts,
  };
}

function same(a: Effects, b: Effects): boolean {
  return (Object.keys(calm) as (keyof Effects)[]).every((effect) => a[effect] === b[effect]);
}
