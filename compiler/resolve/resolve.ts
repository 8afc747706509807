/**
 * Name resolution. Takes syntax trees, gives `ResolvedProgram`; reports what names mean nothing, and what stands where
 * it must not. Does not look at types. A resolver can be asked again and again: a module is bound anew only when its own
 * text has changed, or what one of the names in it leads to, and of it only the parts that are not as they were.
 */
import type { ForeignImport, ModuleItem, Node, SourceFile } from "../ast/nodes.ts";
import { isSameList } from "../calls/bottom-up.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { foreignMissing } from "../diagnostics/catalog/name.ts";
import type { CompileInput } from "../input.ts";
import { bindConstantValue, bindFunctionClause } from "./bind/function.ts";
import { bindWorkflow } from "./bind/workflow.ts";
import { createEnvironment, type Environment, type World } from "./environment.ts";
import { createLookout, type Lookout } from "./lookout.ts";
import { callableArities, declaredModules, type ReadModule, readModule } from "./modules.ts";
import {
  type BoundPart,
  createPartBinder,
  frameOf,
  keptParts,
  type Part,
  type PartBinder,
  type Parts,
  unkeptIn,
} from "./parts.ts";
import type { Prelude } from "./prelude.ts";
import type { FunctionDefinition, Local, ResolvedModule, ResolvedProgram } from "./resolved.ts";
import { checkUnusedFunctions } from "./rules/unused-functions.ts";
import { createTables, forget, type Tables, type Unit } from "./unit.ts";
import { createUsage } from "./unused.ts";

/** `foreign` gives the same answer whenever it is asked the same. */
export interface ResolveInput extends Pick<CompileInput, "foreign" | "modules"> {
  readonly prelude: Prelude;
  readonly createBag: () => DiagnosticBag;
}

export interface Resolution {
  readonly program: ResolvedProgram;
  /** In the order of the sources. */
  readonly modules: readonly BoundModule[];
  /** What was found that concerns no single module. */
  readonly bag: DiagnosticBag;
  /** What has gone out of the program since the last time. */
  readonly dropped: Dropped;
}

/** A module whose names are resolved. Each time that it is bound it is another object. */
export interface BoundModule {
  readonly module: ResolvedModule;
  readonly environment: Environment;
  readonly bag: DiagnosticBag;
  readonly boundPart: (part: Part) => BoundPart;
  /** The other modules that the names in it lead to. */
  readonly mentions: () => readonly ResolvedModule[];
}

export interface Dropped {
  readonly trees: readonly Node[];
  readonly locals: readonly Local[];
}

interface Binding extends BoundModule {
  readonly read: ReadModule;
  readonly lookout: Lookout;
  readonly frame: readonly ModuleItem[];
  readonly parts: Parts;
}

export interface Resolver {
  /** Its tables: they are what the last resolution has made of them. */
  readonly program: ResolvedProgram;
  readonly resolve: (files: readonly SourceFile[]) => Resolution;
}

export function createResolver(input: ResolveInput): Resolver {
  const tables = createTables();
  const world: World = {
    prelude: input.prelude,
    modules: tables.modules,
    callable: rememberCallable(),
    configured: input.modules,
    foreign: input.foreign,
  };
  const nextLocalId = countUp();
  let bindings: ReadonlyMap<string, Binding> = new Map();

  const bind = (read: ReadModule, before: Kept | null): Binding => {
    const { module, ast } = read;
    const { lookout, environment, parts: kept } = before ?? beginning(module);
    const bag = input.createBag();
    bag.add(read.bag);
    const unit = { tables, environment, bag, nextLocalId, usage: createUsage() };
    const { bindPart, parts } = createPartBinder(kept, unit, input.createBag);
    bindModule(unit, bindPart);
    checkUnusedFunctions((part) => parts.get(part)?.bound, unit);
    const boundPart = (part: Part) => parts.get(part)!.bound;
    return { module, environment, bag, boundPart, mentions: lookout.found, read, lookout, frame: frameOf(ast), parts };
  };

  const beginning = (module: ResolvedModule): Kept => {
    const lookout = createLookout(tables.modules);
    const environment = createEnvironment({ ...world, modules: lookout.modules }, module);
    return { lookout, environment, parts: new Map() };
  };

  const resolve = (files: readonly SourceFile[]): Resolution => {
    const bag = input.createBag();
    const declared = declaredModules(files, bag);
    const read = [...declared].map(([name, one]) => readModule(one, bindings.get(name)?.read ?? null, input.createBag));
    tables.modules.clear();
    for (const { module } of read) tables.modules.set(module.name, module);

    const holds = new Set(
      [...bindings.values()].filter((binding) => read.includes(binding.read) && binding.lookout.holds()),
    );
    const kept = new Map<Binding, Kept | null>();
    for (const one of read) {
      const before = bindings.get(one.module.name);
      if (before && !holds.has(before)) kept.set(before, keptOf(before, one));
    }
    const trees = [...bindings.values()]
      .filter((binding) => !holds.has(binding))
      .flatMap((binding) => droppedFrom(binding, kept.get(binding) ?? null));
    const locals = trees.flatMap((tree) => forget(tree, tables));
    const next = read.map((one) => {
      const before = bindings.get(one.module.name);
      if (before && holds.has(before)) return before;
      return bind(one, (before && kept.get(before)) ?? null);
    });
    bindings = new Map(next.map((binding) => [binding.module.name, binding]));
    reportUnreadableImports(files, world, tables, bag);
    return { program: tables, modules: next, bag, dropped: { trees, locals } };
  };
  return { program: tables, resolve };
}

/** What of a module stays bound while its text changes around that. */
type Kept = Pick<Binding, "lookout" | "environment" | "parts">;

/** Null when names may mean something else. A missing `use` is reported at the first place, which may be another now. */
function keptOf({ read, lookout, environment, frame, parts }: Binding, now: ReadModule): Kept | null {
  const holds = read.module === now.module && lookout.holds() && environment.missingUses.size === 0;
  if (!holds || !isSameList(frame, frameOf(now.ast))) return null;
  return { lookout, environment, parts: keptParts(parts, now.module) };
}

function droppedFrom({ read: { ast }, parts }: Binding, kept: Kept | null): readonly Node[] {
  if (kept === null) return [ast];
  return [...unkeptIn(ast), ...[...parts.keys()].filter((part) => !kept.parts.has(part))];
}

function bindModule(unit: Unit, bindPart: PartBinder["bindPart"]): void {
  const { module } = unit.environment;
  for (const constant of module.constants.values()) bindPart(constant, (its) => bindConstantValue(constant, its));
  for (const definition of module.functions.values()) {
    for (const clause of definition.clauses) bindPart(clause, (its) => bindFunctionClause(clause, its));
  }
  for (const workflow of module.workflows) bindWorkflow(workflow, unit, bindPart);
}

/** Every `import` is read, used or not, so that a wrong path is found where it stands. */
function reportUnreadableImports(files: readonly SourceFile[], world: World, tables: Tables, bag: DiagnosticBag): void {
  for (const file of files) {
    for (const item of importsOf(file)) {
      const request = { name: item.name.text, specifier: item.from.text, from: file.source };
      const module = world.foreign(request);
      if (module) tables.foreign.set(module.specifier, module);
      else bag.report(foreignMissing, { source: file.source, span: item.from.span }, request);
    }
  }
}

const knownImports = new WeakMap<SourceFile, readonly ForeignImport[]>();

/** Each once, though what stands at the top of a file is part of each of its modules. */
function importsOf(file: SourceFile): readonly ForeignImport[] {
  const isImport = (item: ModuleItem): item is ForeignImport => item.kind === "foreignImport";
  const found = knownImports.get(file) ?? [...new Set(file.modules.flatMap(({ items }) => items.filter(isImport)))];
  knownImports.set(file, found);
  return found;
}

function rememberCallable(): World["callable"] {
  const known = new WeakMap<ResolvedModule, ReadonlyMap<string, FunctionDefinition>>();
  return (module) => {
    const found = known.get(module) ?? callableArities(module);
    known.set(module, found);
    return found;
  };
}

function countUp(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}
