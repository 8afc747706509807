/** Steps that are retried because of a child's failure, though every attempt gets the same failed child. */
import type { Block, Call, Clause, Expr, Pattern, Step } from "../ast/nodes.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { retrySameChild } from "../diagnostics/catalog/flow-values.ts";
import { optionOf } from "../resolve/options/call.ts";
import type { ResolvedModule, ResolvedProgram, ResolvedWorkflow } from "../resolve/resolved.ts";
import { stepsOf } from "../resolve/rules/compensations.ts";
import { constantValue } from "./constants.ts";
import { defaultRef } from "./default-ref.ts";

export function checkRetries({ ast, module }: ResolvedWorkflow, program: ResolvedProgram, bag: DiagnosticBag): void {
  for (const step of stepsOf(ast.items)) {
    const attempts = program.stepOptions.get(step)?.retry?.maxAttempts ?? 1;
    if (attempts > 1) checkStep(step, module, program, bag);
  }
}

function checkStep(step: Step, module: ResolvedModule, program: ResolvedProgram, bag: DiagnosticBag): void {
  for (const call of step.body.clauses.flatMap(({ body }) => failuresOf(body, program))) {
    const ref = fixedRef(call, module, program);
    if (ref === null) continue;
    const location = { source: module.file.source, span: call.name.span };
    bag.report(retrySameChild, location, { ref: `:${ref}` });
  }
}

/** The calls whose failure is the value of a body. */
function failuresOf(expr: Expr, program: ResolvedProgram): Call[] {
  switch (expr.kind) {
    case "block":
      return expr.expressions.slice(-1).flatMap((last) => failuresOf(last, program));
    case "if":
      return [expr.then, expr.else].flatMap((arm) => (arm ? failuresOf(arm, program) : []));
    case "cond":
      return expr.clauses.flatMap(({ body }) => failuresOf(body, program));
    case "case": {
      const inner = expr.clauses.flatMap(({ body }) => failuresOf(body, program));
      const isPassedOn = expr.clauses.some(passesFailureOn);
      return isPassedOn ? [...childCall(expr.subject, program), ...inner] : inner;
    }
    case "with": {
      const values = expr.bindings.filter(({ kind }) => kind === "arrow").map(({ value }) => value);
      const failing = expr.else.length === 0 ? values.flatMap((value) => childCall(value, program)) : [];
      return [...failing, ...failuresOf(expr.body, program)];
    }
    default:
      return childCall(expr, program);
  }
}

/** `{:error, reason} -> {:error, …}`, or a raise. */
function passesFailureOn({ pattern, body }: Clause): boolean {
  return isErrorPattern(pattern) && endsInFailure(body);
}

function isErrorPattern(pattern: Pattern): boolean {
  const [tag] = pattern.kind === "tuplePattern" ? pattern.items : [];
  return tag?.kind === "literalPattern" && tag.value.kind === "literal" && tag.value.value === "error";
}

function endsInFailure({ expressions }: Block): boolean {
  const last = expressions.at(-1);
  if (last?.kind === "call") return last.module === null && last.name.text === "raise";
  const [tag] = last?.kind === "tuple" ? last.items : [];
  return tag?.kind === "literal" && tag.value === "error";
}

function childCall(expr: Expr, program: ResolvedProgram): Call[] {
  return expr.kind === "call" && expr.name.text === "call_workflow" && program.children.has(expr) ? [expr] : [];
}

/** Null when the ref is computed: it may be another one in every attempt. */
function fixedRef(call: Call, module: ResolvedModule, program: ResolvedProgram): string | null {
  const option = optionOf(call, "ref");
  const value = option && constantValue(option, module, program)?.value;
  if (option) return typeof value === "string" ? value : null;
  const child = program.children.get(call);
  return child ? defaultRef(child) : null;
}
