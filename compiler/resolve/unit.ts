import type {
  Call,
  Compensate,
  FunctionRef,
  ModuleRef,
  Node,
  Parallel,
  Step,
  Variable,
  VariablePattern,
} from "../ast/nodes.ts";
import { visit } from "../ast/walk.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { Rule } from "../diagnostics/diagnostic.ts";
import type { Location, Span } from "../source/source.ts";
import type { Environment } from "./environment.ts";
import type {
  CallTarget,
  ForeignModule,
  Local,
  ParallelOptions,
  ResolvedModule,
  ResolvedProgram,
  ResolvedWorkflow,
  StepOptions,
} from "./resolved.ts";
import type { Usage } from "./unused.ts";

/** The tables of `ResolvedProgram` while they are being filled. */
export interface Tables extends ResolvedProgram {
  readonly modules: Map<string, ResolvedModule>;
  readonly foreign: Map<string, ForeignModule>;
  readonly locals: Map<Variable | VariablePattern, Local>;
  readonly calls: Map<Call | FunctionRef, CallTarget>;
  readonly moduleRefs: Map<ModuleRef, ResolvedModule>;
  readonly children: Map<Call, ResolvedWorkflow>;
  readonly stepOptions: Map<Step | Compensate, StepOptions>;
  readonly parallelOptions: Map<Parallel, ParallelOptions>;
}

/** One module on its way through binding. */
export interface Unit {
  readonly tables: Tables;
  readonly environment: Environment;
  readonly bag: DiagnosticBag;
  /** Ids of locals are unique in the program. */
  readonly nextLocalId: () => number;
  /** Of the body that is being bound. */
  usage: Usage;
}

export function createTables(): Tables {
  return {
    modules: new Map(),
    foreign: new Map(),
    locals: new Map(),
    calls: new Map(),
    moduleRefs: new Map(),
    children: new Map(),
    stepOptions: new Map(),
    parallelOptions: new Map(),
  };
}

/** Takes everything about a tree out of the tables; gives the locals that are gone with it. */
export function forget(tree: Node, tables: Tables): Local[] {
  const locals = new Set<Local>();
  visit(tree, (node) => {
    switch (node.kind) {
      case "variable":
      case "variablePattern": {
        const local = tables.locals.get(node);
        if (local) locals.add(local);
        tables.locals.delete(node);
        break;
      }
      case "call":
        tables.calls.delete(node);
        tables.children.delete(node);
        break;
      case "functionRef":
        tables.calls.delete(node);
        break;
      case "moduleRef":
        tables.moduleRefs.delete(node);
        break;
      case "step":
      case "compensate":
        tables.stepOptions.delete(node);
        break;
      case "parallel":
        tables.parallelOptions.delete(node);
        break;
    }
    return true;
  });
  return [...locals];
}

/** A place in the unit's file. */
export function at(unit: Unit, span: Span): Location {
  return { source: unit.environment.module.file.source, span };
}

export function report<Params>(unit: Unit, rule: Rule<Params>, span: Span, params: Params): void {
  unit.bag.report(rule, at(unit, span), params);
}
