/** Functions of the project: each is checked once, by its `@spec` or for any arguments. */
import type { Block, FunctionClause } from "../../ast/nodes.ts";
import { mismatch } from "../../diagnostics/catalog/type.ts";
import type { FunctionDefinition } from "../../resolve/resolved.ts";
import { compatible } from "../assignable.ts";
import { dynamic, openRecord } from "../construct.ts";
import { compared } from "../explain.ts";
import { joinWrites, noWrites, startOfBody, type Writes, writeAnywhere } from "../flow.ts";
import { union } from "../join.ts";
import type { Type } from "../type.ts";
import { assume } from "./conditions.ts";
import type { Checker, Frame, FunctionSummary } from "./frame.ts";
import { infer } from "./infer.ts";
import type { TypeNames } from "./names.ts";
import { bindPattern, mayMatch } from "./patterns.ts";

export function checkFunction(definition: FunctionDefinition, checker: Checker, names: TypeNames): FunctionSummary {
  const { spec, module } = definition;
  const params = spec
    ? spec.params.map((param) => names.read(param, module))
    : Array.from({ length: definition.arity }, () => dynamic);
  const declared = spec ? names.read(spec.result, module) : null;
  const ends = definition.clauses.map((clause) => {
    const end = checkClause(clause, params, definition, checker);
    if (declared && clause.body) checkResult(clause.body, end.type, declared, definition, checker);
    return end;
  });
  return summaryOf(params, ends, declared);
}

export function summaryOf(params: readonly Type[], ends: readonly ClauseEnd[], declared: Type | null): FunctionSummary {
  return {
    params,
    result: declared ?? union(...ends.map((end) => end.type)),
    writes: ends.map((end) => end.writes).reduce(joinWrites, ends[0]?.writes ?? noWrites),
  };
}

/** A function in a circle of calls: it may give and write anything. */
export function unknownSummary(definition: FunctionDefinition): FunctionSummary {
  return {
    params: Array.from({ length: definition.arity }, () => dynamic),
    result: dynamic,
    writes: writeAnywhere(noWrites, dynamic),
  };
}

/** Wrong only when no value that the clause gives is one that the `@spec` promises. */
function checkResult(
  body: Block,
  actual: Type,
  declared: Type,
  { name, arity, module }: FunctionDefinition,
  { bag }: Checker,
): void {
  if (compatible(actual, declared)) return;
  const location = { source: module.file.source, span: (body.expressions.at(-1) ?? body).span };
  bag.report(mismatch, location, { what: `The result of \`${name}/${arity}\``, ...compared(actual, declared) });
}

/** What a clause gives, after what it has written to the context. */
export interface ClauseEnd {
  readonly type: Type;
  readonly writes: Writes;
}

export function checkClause(
  clause: FunctionClause,
  params: readonly Type[],
  definition: FunctionDefinition,
  checker: Checker,
): ClauseEnd {
  const frame = createFrame(definition, checker);
  for (const [index, param] of clause.params.entries()) {
    if (param.default) infer(param.default, frame);
    const type = params[index] ?? dynamic;
    bindPattern(param.pattern, mayMatch(param.pattern, type, frame) ? type : dynamic, frame);
  }
  if (clause.guard) {
    infer(clause.guard, frame);
    assume(clause.guard, true, frame);
  }
  const type = clause.body ? infer(clause.body, frame) : union();
  return { type, writes: frame.flow.writes };
}

/** Whose workflow and which step it is called from is not known here. */
export function createFrame(definition: FunctionDefinition, checker: Checker): Frame {
  return {
    checker,
    module: definition.module,
    input: dynamic,
    events: null,
    data: openRecord,
    unknownKeys: null,
    captured: [],
    returns: [],
    flow: startOfBody,
    loops: 0,
  };
}
