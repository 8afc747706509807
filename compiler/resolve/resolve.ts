/**
 * Name resolution. Takes syntax trees, gives `ResolvedProgram`; reports what names mean nothing, and what stands where
 * it must not. Does not look at types.
 */
import type { ForeignImport, SourceFile } from "../ast/nodes.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { foreignMissing } from "../diagnostics/catalog/name.ts";
import type { CompileInput, ForeignRequest } from "../input.ts";
import { bindConstantValue, bindFunctionClause } from "./bind/function.ts";
import { bindWorkflow } from "./bind/workflow.ts";
import { createEnvironment, type Environment, type World } from "./environment.ts";
import { callableArities, collectModules } from "./modules.ts";
import type { Prelude } from "./prelude.ts";
import type { ForeignModule, ResolvedModule, ResolvedProgram } from "./resolved.ts";
import { checkUnusedFunctions } from "./rules/unused-functions.ts";
import { createTables, type Tables, type Unit } from "./unit.ts";
import { createUsage } from "./unused.ts";

export type ResolveInput = Pick<CompileInput, "foreign" | "modules">;

export interface Resolution {
  readonly program: ResolvedProgram;
  /** What names mean in each module. */
  readonly environments: ReadonlyMap<ResolvedModule, Environment>;
}

export function resolve(
  files: readonly SourceFile[],
  input: ResolveInput,
  prelude: Prelude,
  bag: DiagnosticBag,
): Resolution {
  const tables = createTables();
  for (const [name, module] of collectModules(files, bag)) tables.modules.set(name, module);
  const world: World = {
    prelude,
    modules: tables.modules,
    callable: new Map([...tables.modules.values()].map((module) => [module, callableArities(module)])),
    configured: input.modules,
    foreign: readOnce(input.foreign),
  };
  const nextLocalId = countUp();
  const environments = new Map<ResolvedModule, Environment>();
  for (const module of tables.modules.values()) {
    const environment = createEnvironment(world, module);
    environments.set(module, environment);
    bindModule({ tables, environment, bag, nextLocalId, usage: createUsage() });
  }
  reportUnreadableImports(files, world, tables, bag);
  return { program: tables, environments };
}

function bindModule(unit: Unit): void {
  const { module } = unit.environment;
  for (const constant of module.constants.values()) bindConstantValue(constant, unit);
  for (const definition of module.functions.values()) {
    for (const clause of definition.clauses) bindFunctionClause(clause, unit);
  }
  for (const workflow of module.workflows) bindWorkflow(workflow, unit);
  checkUnusedFunctions(unit);
}

/** Every `import` is read, used or not, so that a wrong path is found where it stands. */
function reportUnreadableImports(files: readonly SourceFile[], world: World, tables: Tables, bag: DiagnosticBag): void {
  for (const file of files) {
    // What stands at the top of a file is part of each of its modules.
    const items = new Set(file.modules.flatMap((module) => module.items));
    for (const item of [...items].filter(
      (candidate): candidate is ForeignImport => candidate.kind === "foreignImport",
    )) {
      const request = { name: item.name.text, specifier: item.from.text, from: file.source };
      const module = world.foreign(request);
      if (module) tables.foreign.set(module.specifier, module);
      else bag.report(foreignMissing, { source: file.source, span: item.from.span }, request);
    }
  }
}

/** Asks for each TypeScript module once, however often it is named. */
function readOnce(read: (request: ForeignRequest) => ForeignModule | null): World["foreign"] {
  const known = new Map<string, ForeignModule | null>();
  return (request) => {
    const key = JSON.stringify([request.name, request.specifier, request.from?.path ?? null]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const module = read(request);
    known.set(key, module);
    return module;
  };
}

function countUp(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}
