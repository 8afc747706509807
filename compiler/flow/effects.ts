/**
 * What code may do, found once for the whole program: a fixpoint over the call graph. An anonymous function counts
 * where it stands, because whoever is given it may call it.
 */
import type { Node } from "../ast/nodes.ts";
import { eachChild } from "../ast/walk.ts";
import { type Definition, isWorkflow } from "../calls/definition.ts";
import type { Outline } from "../calls/outline.ts";
import type { Effects } from "../ir/machine.ts";
import type { CallTarget, FunctionDefinition, PreludeEffect, ResolvedProgram } from "../resolve/resolved.ts";

export interface EffectTable {
  readonly of: (node: Node) => Effects;
  readonly ofTarget: EffectsOfTarget;
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

/** What calls of each target may do. */
export type EffectsOfTarget = (target: CallTarget) => Effects;

/** A fixpoint over the graph of calls. */
export function analyseEffects(outlines: readonly Outline[]): EffectsOfTarget {
  const effects = new Map<Definition, Effects>();
  const ofFunction = (definition: FunctionDefinition) => effects.get(definition) ?? calm;
  const functions = outlines.filter(({ definition }) => !isWorkflow(definition));
  let changed = true;
  while (changed) {
    changed = false;
    for (const outline of functions) {
      const found = joinAll([ownEffects(outline), ...[...outline.functions].map(ofFunction)]);
      if (same(found, effects.get(outline.definition) ?? calm)) continue;
      effects.set(outline.definition, found);
      changed = true;
    }
  }
  return (target) => effectsOfTarget(target, ofFunction);
}

function ownEffects({ effects, callsTypeScript }: Outline): Effects {
  const own = [...effects].map((effect) => byPreludeEffect[effect]);
  return joinAll(callsTypeScript ? [...own, foreign] : own);
}

/** What nodes may do, each looked at once. */
export function createEffectTable(program: ResolvedProgram, ofTarget: EffectsOfTarget): EffectTable {
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
  ofTarget: EffectsOfTarget,
  known: Map<Node, Effects>,
): Effects {
  const before = known.get(node);
  if (before) return before;
  const target = node.kind === "call" || node.kind === "functionRef" ? program.calls.get(node) : undefined;
  const own = target ? ofTarget(target) : calm;
  let found = own;
  eachChild(node, (child) => {
    found = join(found, effectsOf(child, program, ofTarget, known));
  });
  known.set(node, found);
  return found;
}

export function joinAll(effects: readonly Effects[]): Effects {
  return effects.reduce(join, calm);
}

function join(a: Effects, b: Effects): Effects {
  if (a === b || b === calm) return a;
  if (a === calm) return b;
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
