/** Collects the modules of all sources: their functions, types, constants and workflows, each name once. */
import type { Constant, FunctionClause, Module, Schedule, SourceFile, Spec, TypeDefinition } from "../ast/nodes.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { duplicateConstant, duplicateModule, duplicateWorkflow } from "../diagnostics/catalog/flow-duplicates.ts";
import { scheduleWithoutWorkflow } from "../diagnostics/catalog/schedule.ts";
import type { FunctionDefinition, ResolvedModule, ResolvedWorkflow } from "./resolved.ts";

/** A module as its text declares it. */
export interface DeclaredModule {
  readonly file: SourceFile;
  readonly ast: Module;
}

/** A module with what was found when its definitions were gathered. */
export interface ReadModule {
  readonly module: ResolvedModule;
  readonly ast: Module;
  readonly outwardNames: string;
  readonly bag: DiagnosticBag;
}

/** By name, in the order of the sources. A module's second definition is reported and left out. */
export function declaredModules(files: readonly SourceFile[], bag: DiagnosticBag): Map<string, DeclaredModule> {
  const modules = new Map<string, DeclaredModule>();
  for (const file of files) {
    for (const ast of file.modules) {
      if (ast.implicit && !definesAnything(ast)) continue;
      const first = modules.get(ast.name.text);
      if (first) reportDuplicateModule(file, ast, first, bag);
      else modules.set(ast.name.text, { file, ast });
    }
  }
  return modules;
}

const definitions: ReadonlySet<string> = new Set([
  "workflow",
  "functionClause",
  "typeDefinition",
  "constant",
  "schedule",
]);

function definesAnything(module: Module): boolean {
  return module.items.some((item) => definitions.has(item.kind));
}

function reportDuplicateModule(file: SourceFile, ast: Module, first: DeclaredModule, bag: DiagnosticBag): void {
  bag.report(duplicateModule, { source: file.source, span: ast.name.span }, { name: ast.name.text }, [
    { message: "first defined here", location: { source: first.file.source, span: first.ast.name.span } },
  ]);
}

/** `before` is what was last read under the name: its definitions live on where they can. */
export function readModule(
  declared: DeclaredModule,
  before: ReadModule | null,
  createBag: () => DiagnosticBag,
): ReadModule {
  if (before?.ast === declared.ast) return before;
  const bag = createBag();
  const fresh = createModule(declared, bag);
  const names = outwardNames(fresh);
  const lives = before?.outwardNames === names;
  if (lives) renew(before.module, fresh);
  return { module: lives ? before.module : fresh, ast: declared.ast, outwardNames: names, bag };
}

function createModule({ file, ast }: DeclaredModule, bag: DiagnosticBag): ResolvedModule {
  const constants = ast.items.filter((item): item is Constant => item.kind === "constant");
  reportDuplicateConstants(file, constants, bag);
  const types = ast.items.filter((item): item is TypeDefinition => item.kind === "typeDefinition");
  const functions = new Map<string, FunctionDefinition>();
  const workflows: ResolvedWorkflow[] = [];
  const module: ResolvedModule = {
    name: ast.name.text,
    file,
    ast,
    constants: new Map(constants.map((constant) => [constant.name.text, constant])),
    types: new Map(types.map((type) => [type.name.text, type])),
    functions,
    workflows,
  };
  for (const definition of collectFunctions(module))
    functions.set(`${definition.name}/${definition.arity}`, definition);
  workflows.push(...collectWorkflows(module, bag));
  return module;
}

function reportDuplicateConstants({ source }: SourceFile, constants: readonly Constant[], bag: DiagnosticBag): void {
  const known = new Map<string, Constant>();
  for (const constant of constants) {
    const { text, span } = constant.name;
    const first = known.get(text);
    if (!first) known.set(text, constant);
    else {
      const related = [{ message: "first defined here", location: { source, span: first.name.span } }];
      bag.report(duplicateConstant, { source, span }, { name: text }, related);
    }
  }
}

function collectFunctions(module: ResolvedModule): FunctionDefinition[] {
  const specs = module.ast.items.filter((item): item is Spec => item.kind === "spec");
  const grouped = new Map<string, FunctionClause[]>();
  for (const item of module.ast.items) {
    if (item.kind !== "functionClause") continue;
    const key = `${item.name.text}/${item.params.length}`;
    grouped.set(key, [...(grouped.get(key) ?? []), item]);
  }
  return [...grouped.values()].flatMap((clauses) => {
    const [first] = clauses;
    return first ? [createFunction(module, first, clauses, specs)] : [];
  });
}

function createFunction(
  module: ResolvedModule,
  first: FunctionClause,
  clauses: readonly FunctionClause[],
  specs: readonly Spec[],
): FunctionDefinition {
  const arity = first.params.length;
  return {
    module,
    name: first.name.text,
    arity,
    visibility: first.visibility,
    clauses,
    spec: specs.find((spec) => spec.name.text === first.name.text && spec.params.length === arity) ?? null,
    doc: clauses.find((clause) => clause.doc !== null)?.doc ?? null,
  };
}

/**
 * What other modules can refer to by name. While it stays the same, they go on meaning the same definitions, whatever
 * becomes of what is in them.
 */
function outwardNames({ functions, workflows }: ResolvedModule): string {
  const callable = [...functions].map(([key, found]) => `${key}-${minArity(found)}${found.visibility}`);
  return JSON.stringify([callable, workflows.map(({ name }) => name)]);
}

/**
 * Gives a module and its definitions the content of another that has the same outward names. Definitions are known by
 * their identity, so what other modules have found out by name goes on holding.
 */
function renew(module: ResolvedModule, { file, ast, constants, types, functions, workflows }: ResolvedModule): void {
  Object.assign(module, { file, ast, constants, types });
  for (const [key, found] of functions) Object.assign(module.functions.get(key)!, found, { module });
  for (const [index, found] of workflows.entries()) Object.assign(module.workflows[index]!, found, { module });
}

/** Every arity the module's functions can be called with, by `name/arity`. */
export function callableArities(module: ResolvedModule): ReadonlyMap<string, FunctionDefinition> {
  const callable = new Map<string, FunctionDefinition>();
  for (const definition of module.functions.values()) {
    for (let arity = minArity(definition); arity <= definition.arity; arity += 1) {
      callable.set(`${definition.name}/${arity}`, definition);
    }
  }
  return callable;
}

/** How many arguments a call must give: those without a default. */
export function minArity(definition: FunctionDefinition): number {
  const defaults = definition.clauses.map((clause) => clause.params.filter((param) => param.default !== null).length);
  return definition.arity - Math.max(0, ...defaults);
}

/** A schedule belongs to the workflow that follows it. */
function collectWorkflows(module: ResolvedModule, bag: DiagnosticBag): ResolvedWorkflow[] {
  const workflows = new Map<string, ResolvedWorkflow>();
  let schedules: Schedule[] = [];
  for (const item of module.ast.items) {
    if (item.kind === "schedule") schedules.push(item);
    if (item.kind !== "workflow") continue;
    const workflow = { module, name: item.name.text, ast: item, schedules, options: {} };
    const first = workflows.get(workflow.name);
    if (first) reportDuplicateWorkflow(workflow, first, bag);
    else workflows.set(workflow.name, workflow);
    schedules = [];
  }
  for (const schedule of schedules) {
    bag.report(scheduleWithoutWorkflow, { source: module.file.source, span: schedule.span }, undefined);
  }
  return [...workflows.values()];
}

function reportDuplicateWorkflow(second: ResolvedWorkflow, first: ResolvedWorkflow, bag: DiagnosticBag): void {
  const source = second.module.file.source;
  bag.report(duplicateWorkflow, { source, span: second.ast.name.span }, { name: second.name }, [
    { message: "first defined here", location: { source, span: first.ast.name.span } },
  ]);
}
