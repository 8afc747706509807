/** Which functions a name without a module can mean: the module's own, then `Kernel`'s, then what `use` brings in. */
import type { Environment } from "../environment.ts";
import type { CallTarget } from "../resolved.ts";
import { alwaysUsed, usable } from "../words.ts";

export interface Candidate {
  readonly arity: number;
  readonly target: CallTarget;
  /** The module whose `use` line is missing, if it is. */
  readonly missingUse: string | null;
}

/** Modules whose functions go by their names alone. */
const unqualified: readonly string[] = [alwaysUsed, ...usable];

/** All functions of that name, in the order in which they are preferred. */
export function findFunctions(environment: Environment, name: string): Candidate[] {
  return [...ownFunctions(environment, name), ...builtInFunctions(environment, name)];
}

/** Names of all functions that can be called without a module, for suggestions. */
export function functionNames(environment: Environment): string[] {
  const { module, world } = environment;
  const own = [...module.functions.values()].map((definition) => definition.name);
  return [...own, ...unqualified.flatMap((used) => [...world.prelude.names(used)])];
}

function ownFunctions(environment: Environment, name: string): Candidate[] {
  const callable = environment.world.callable(environment.module);
  const found: Candidate[] = [];
  for (const [key, definition] of callable) {
    if (definition.name !== name) continue;
    found.push({ arity: arityIn(key), target: { kind: "function", function: definition }, missingUse: null });
  }
  return found;
}

/** Of a key `name/arity`. */
export function arityIn(key: string): number {
  return Number(key.slice(key.lastIndexOf("/") + 1));
}

function builtInFunctions(environment: Environment, name: string): Candidate[] {
  const { prelude } = environment.world;
  return unqualified.flatMap((module) =>
    prelude.functions(module, name).map((found) => ({
      arity: found.arity,
      target: { kind: "prelude" as const, function: found },
      missingUse: module === alwaysUsed || environment.uses.has(module) ? null : module,
    })),
  );
}
