/** What a body still needs after a wait is stored meanwhile: no function can be among it. */
import type { Expr } from "../ast/nodes.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { notSerializable } from "../diagnostics/catalog/flow-values.ts";
import type { Facts } from "../ir/lower/facts.ts";
import type { ResumeIr, StateIr, Statement } from "../ir/machine.ts";
import { partsOf } from "../ir/statements.ts";
import type { Local, ResolvedWorkflow } from "../resolve/resolved.ts";
import type { Span } from "../source/source.ts";
import { holdsFunction } from "../types/shape.ts";

/** Of the states that a part of the workflow has become. */
export function checkSaved(
  states: readonly StateIr[],
  workflow: ResolvedWorkflow,
  facts: Facts,
  bag: DiagnosticBag,
): void {
  const saved = states.flatMap(savedLocals);
  if (saved.length === 0) return;
  const isFunction = functionsAmong(states, facts);
  const reported = new Set<string>();
  for (const { state, local } of saved) {
    const place = `${local.name}@${local.span.start}`;
    if (reported.has(place) || !isFunction(local)) continue;
    reported.add(place);
    report(workflow, states, state, local, bag);
  }
}

/** A parameter of a function that was lowered into its caller has no type of its own; it holds what it was given. */
function functionsAmong(states: readonly StateIr[], facts: Facts): (local: Local) => boolean {
  const values = new Map<Local, Expr>();
  const note = (statement: Statement): void => {
    if (statement.kind === "let") values.set(statement.local, statement.value);
    partsOf(statement).statements.forEach(note);
  };
  for (const state of states) if (state.kind === "step" || state.kind === "resume") state.body.statements.forEach(note);
  const holds = (local: Local): boolean => {
    const value = values.get(local);
    const given = value?.kind === "variable" ? facts.localOf(value) : null;
    if (given && given !== local) return holds(given);
    return holdsFunction(value ? facts.typeOf(value) : facts.typeOfLocal(local));
  };
  return holds;
}

function savedLocals(state: StateIr): { readonly state: ResumeIr; readonly local: Local }[] {
  return state.kind === "resume" ? state.saved.map((local) => ({ state, local })) : [];
}

/** What a function of the project binds is reported at the step that calls it: its text may be another file's. */
function report(
  { ast, module }: ResolvedWorkflow,
  states: readonly StateIr[],
  { step, reason }: ResumeIr,
  local: Local,
  bag: DiagnosticBag,
): void {
  const owner = states.find((state) => state.kind === "step" && state.id === step);
  const span = contains(ast.span, local.span) || owner?.kind !== "step" ? local.span : owner.ast.name.span;
  const params = { what: `\`${local.name}\` is a function that`, why: `is still needed after ${reason.what}` };
  bag.report(notSerializable, { source: module.file.source, span }, params);
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
