import type { ModuleRef } from "../../ast/nodes.ts";
import { foreignMissing, unknownModule } from "../../diagnostics/catalog/name.ts";
import { unsupportedProcess } from "../../diagnostics/catalog/syntax-unsupported.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { type ModuleMeaning, meaningOf, moduleNames } from "../environment.ts";
import type { Scope } from "../scope.ts";
import { report, type Unit } from "../unit.ts";

/** What a module name means here; what it does not mean has been reported and gives null. */
export function bindModule(
  ref: ModuleRef,
  unit: Unit,
): Exclude<ModuleMeaning, { kind: "unknown" | "unreadable" }> | null {
  const meaning = meaningOf(unit.environment, ref);
  switch (meaning.kind) {
    case "project":
      unit.tables.moduleRefs.set(ref, meaning.module);
      return meaning;
    case "foreign":
      unit.tables.foreign.set(meaning.module.specifier, meaning.module);
      return meaning;
    case "prelude":
      return meaning;
    case "unreadable":
      reportUnreadable(ref, unit);
      return null;
    case "unknown":
      reportUnknown(ref, unit);
      return null;
  }
}

/** A module that is passed on as a value, such as the argument of `call_workflow`. */
export function bindModuleValue(ref: ModuleRef, scope: Scope): void {
  bindModule(ref, scope.unit);
}

/** Elixir's modules for processes, which people may expect. */
const processModules: ReadonlySet<string> = new Set([
  "Agent",
  "DynamicSupervisor",
  "GenServer",
  "GenStage",
  "Node",
  "PartitionSupervisor",
  "Registry",
  "Supervisor",
  "Task",
]);

function reportUnknown(ref: ModuleRef, unit: Unit): void {
  const suggestion = suggest(ref.name, moduleNames(unit.environment));
  if (processModules.has(ref.name)) report(unit, unsupportedProcess, ref.span, { word: ref.name });
  else report(unit, unknownModule, ref.span, { name: ref.erlang ? `:${ref.name}` : ref.name, suggestion });
}

/** An `import` that leads nowhere is reported where it stands; a name of the configuration, where it is used. */
function reportUnreadable(ref: ModuleRef, unit: Unit): void {
  if (unit.environment.imports.has(ref.name)) return;
  const specifier = unit.environment.world.configured.get(ref.name) ?? ref.name;
  report(unit, foreignMissing, ref.span, { name: ref.name, specifier });
}
