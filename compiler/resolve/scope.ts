/**
 * What names mean at a place. A scope is filled as the walk goes on, so that a name means what was bound before it; an
 * inner scope is dropped when its construct ends, and with it what was bound in there.
 */
import type { Local } from "./resolved.ts";
import type { Unit } from "./unit.ts";

export interface Scope {
  readonly unit: Unit;
  readonly parent: Scope | null;
  /** Created with the first name: most scopes bind none. */
  names: Map<string, Local> | null;
}

/** The outermost scope of a body: nothing is bound. */
export function emptyScope(unit: Unit): Scope {
  return { unit, parent: null, names: null };
}

export function innerScope(parent: Scope): Scope {
  return { unit: parent.unit, parent, names: null };
}

export function lookUp(scope: Scope, name: string): Local | null {
  for (let current: Scope | null = scope; current; current = current.parent) {
    const local = current.names?.get(name);
    if (local) return local;
  }
  return null;
}

export function define(scope: Scope, local: Local): void {
  scope.names ??= new Map();
  scope.names.set(local.name, local);
}

/** Brings what `inner` bound into `scope`: arguments do not see each other's names, what follows sees all of them. */
export function absorb(scope: Scope, inner: Scope): void {
  for (const local of inner.names?.values() ?? []) define(scope, local);
}

/** Every name that can be used at the place, for suggestions. */
export function visibleNames(scope: Scope): string[] {
  const names: string[] = [];
  for (let current: Scope | null = scope; current; current = current.parent)
    names.push(...(current.names?.keys() ?? []));
  return names;
}
