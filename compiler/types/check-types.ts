/**
 * Type checking. Takes `ResolvedProgram`, gives `TypedProgram`: every expression has a type, `dynamic` where nothing is
 * known. Functions and workflows are checked once each, when first asked for, so that a call knows what it gives.
 */
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { mismatch } from "../diagnostics/catalog/type.ts";
import type { FunctionDefinition, ResolvedProgram, ResolvedWorkflow, TypedProgram } from "../resolve/resolved.ts";
import { checkFunction, unknownSummary } from "./check/definitions.ts";
import type { Checker, FunctionSummary } from "./check/frame.ts";
import { createTypeNames, type TypeNames } from "./check/names.ts";
import { checkWorkflow } from "./check/workflow.ts";
import { dynamic, openRecord } from "./construct.ts";
import { show } from "./show.ts";
import type { RecordOf } from "./type.ts";

export function checkTypes(resolved: ResolvedProgram, bag: DiagnosticBag): TypedProgram {
  const names = createTypeNames(resolved, bag);
  const checker = createChecker(resolved, names, bag);
  for (const module of resolved.modules.values()) {
    for (const definition of module.types.values()) names.read(definition.type, module);
    for (const definition of module.functions.values()) checker.functionOf(definition);
    for (const workflow of module.workflows) checker.resultOf(workflow);
  }
  return {
    resolved,
    typeOf: (expr) => checker.types.get(expr) ?? dynamic,
    typeOfLocal: (local) => checker.locals.get(local) ?? dynamic,
    dataAt: (item) => checker.data.get(item) ?? openRecord,
    dataAfter: (step) => checker.after.get(step) ?? null,
    exitsOf: (item) => checker.exits.get(item) ?? { goesOn: true, targets: [] },
    isCovered: (branch) => checker.covered.has(branch),
    signatureOf: checker.functionOf,
    inputOf: checker.inputOf,
    eventsOf: checker.eventsOf,
    resultOf: checker.resultOf,
  };
}

function createChecker(resolved: ResolvedProgram, names: TypeNames, bag: DiagnosticBag): Checker {
  const checker: Checker = {
    resolved,
    bag,
    types: new Map(),
    locals: new Map(),
    data: new Map(),
    discarded: new Set(),
    after: new Map(),
    exits: new Map(),
    covered: new Set(),
    timeoutValues: new Map(),
    childFailures: new Set(),
    sites: { known: new Map(), open: [], circles: 0 },
    functionOf: once(
      (definition: FunctionDefinition): FunctionSummary => checkFunction(definition, checker, names),
      unknownSummary,
    ),
    inputOf: once(
      (workflow: ResolvedWorkflow): RecordOf => inputOf(workflow, names),
      () => openRecord,
    ),
    eventsOf: once(
      (workflow: ResolvedWorkflow): RecordOf | null => eventsOf(workflow, names, bag),
      () => null,
    ),
    resultOf: once(
      (workflow: ResolvedWorkflow): RecordOf => checkWorkflow(workflow, checker),
      () => openRecord,
    ),
  };
  return checker;
}

/** Without a declaration, the input is any map. */
function inputOf(workflow: ResolvedWorkflow, names: TypeNames): RecordOf {
  const declared = workflow.ast.input ? names.read(workflow.ast.input, workflow.module) : openRecord;
  return declared.kind === "record" ? declared : openRecord;
}

/** What each event brings. */
function eventsOf({ ast, module }: ResolvedWorkflow, names: TypeNames, bag: DiagnosticBag): RecordOf | null {
  if (!ast.events) return null;
  const declared = names.read(ast.events, module);
  if (declared.kind === "record") return declared;
  if (declared.kind !== "dynamic") {
    const location = { source: module.file.source, span: ast.events.span };
    const expected = "a map of events and what they bring, `%{paid: %{receipt: String.t()}}`";
    bag.report(mismatch, location, { what: "`events:`", expected, actual: show(declared) });
  }
  return null;
}

/** Computes each answer once; `inCircle` is the answer to a question that arises while it is being computed. */
function once<Key, Answer>(compute: (key: Key) => Answer, inCircle: (key: Key) => Answer): (key: Key) => Answer {
  const known = new Map<Key, Answer>();
  const open = new Set<Key>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (open.has(key)) return inCircle(key);
    open.add(key);
    const answer = compute(key);
    open.delete(key);
    known.set(key, answer);
    return answer;
  };
}
