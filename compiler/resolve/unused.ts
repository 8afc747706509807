/** Which variables of a body are read. What was broken by a syntax error might have read any, so nothing is said then. */
import { unusedVariable } from "../diagnostics/catalog/name.ts";
import type { Local } from "./resolved.ts";
import { report, type Unit } from "./unit.ts";

export interface Usage {
  readonly bound: Local[];
  readonly read: Set<Local>;
  broken: boolean;
}

export function createUsage(): Usage {
  return { bound: [], read: new Set(), broken: false };
}

/** Binds one body with a usage of its own, then warns of what it bound and never read. */
export function withUsage(unit: Unit, bindBody: () => void): void {
  const outer = unit.usage;
  unit.usage = createUsage();
  bindBody();
  reportUnused(unit);
  unit.usage = outer;
}

function reportUnused(unit: Unit): void {
  if (unit.usage.broken) return;
  for (const local of unit.usage.bound) {
    if (local.name.startsWith("_") || unit.usage.read.has(local)) continue;
    report(unit, unusedVariable, local.span, { name: local.name });
  }
}
