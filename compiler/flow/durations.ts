/** Timeouts against the time that things take: of children, which may sleep longer, and of what is around a wait. */
import type { Call } from "../ast/nodes.ts";
import { visit } from "../ast/walk.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { timeoutAlwaysExpires, timeoutExceedsEnclosing } from "../diagnostics/catalog/timeout-durations.ts";
import { optionOf } from "../resolve/options/call.ts";
import type { FunctionDefinition, ResolvedModule, ResolvedProgram, ResolvedWorkflow } from "../resolve/resolved.ts";
import { stepsOf } from "../resolve/rules/compensations.ts";
import type { Location, Span } from "../source/source.ts";
import { constantValue } from "./constants.ts";
import type { PathAlgebra } from "./paths.ts";
import { callsReachedFrom, type ReachedCall } from "./reached.ts";

/** Milliseconds that a workflow takes at least, by the sleeps on its shortest path. */
type LeastTime = (workflow: ResolvedWorkflow) => number;

export function leastTimes(resolved: ResolvedProgram): PathAlgebra<number> {
  return {
    nothing: 0,
    never: Number.POSITIVE_INFINITY,
    sequence: (first, second) => first + second,
    either: Math.min,
    beside: Math.max,
    same: Object.is,
    call: (call, module, ofWorkflow) => {
      const target = resolved.calls.get(call);
      if (target?.kind !== "prelude" || target.function.effect !== "suspends") return 0;
      if (target.function.name === "sleep") return constantMs(call.args[0], module, resolved) ?? 0;
      const child = resolved.children.get(call);
      if (!child) return 0;
      return Math.min(ofWorkflow(child), timeoutOf(call, module, resolved) ?? Number.POSITIVE_INFINITY);
    },
  };
}

/** Every call of a workflow in a module, in its steps and its functions. */
export function checkExpiry(
  module: ResolvedModule,
  program: ResolvedProgram,
  leastTime: LeastTime,
  bag: DiagnosticBag,
): void {
  visit(module.ast, (node) => {
    const child = node.kind === "call" ? program.children.get(node) : undefined;
    if (node.kind !== "call" || node.name.text !== "call_workflow" || !child) return true;
    const timeout = timeoutOf(node, module, program);
    const least = timeout === null ? 0 : leastTime(child);
    if (timeout !== null && timeout > 0 && least >= timeout && Number.isFinite(least)) {
      const params = { workflow: child.name, least, timeout };
      bag.report(timeoutAlwaysExpires, locate(module, timeoutSpan(node)), params);
    }
    return true;
  });
}

/** A limit that is around another: of the step or of the whole workflow. */
interface Limit {
  readonly ms: number;
  readonly whose: string;
  readonly span: Span;
}

export function checkEnclosing(
  workflow: ResolvedWorkflow,
  program: ResolvedProgram,
  acts: (definition: FunctionDefinition) => boolean,
  bag: DiagnosticBag,
): void {
  const { ast, module, options } = workflow;
  const reported = new Set<Call>();
  const outer = limitOf(options.timeoutMs, "the workflow's", ast.options);
  for (const step of stepsOf(ast.items)) {
    const own = limitOf(program.stepOptions.get(step)?.timeoutMs, "the step's", step.options);
    const limits = [own, outer].filter((limit) => limit !== null);
    if (limits.length === 0) continue;
    for (const reached of callsReachedFrom(step.body, module, program, acts)) {
      if (reported.has(reached.call) || !exceeds(reached, limits, module, program, bag)) continue;
      reported.add(reached.call);
    }
  }
}

function limitOf(
  ms: number | undefined,
  whose: string,
  options: readonly { readonly name: { readonly text: string }; readonly value: { readonly span: Span } }[],
): Limit | null {
  const option = options.find(({ name }) => name.text === "timeout");
  return ms !== undefined && option ? { ms, whose, span: option.value.span } : null;
}

function exceeds(
  { call, module }: ReachedCall,
  limits: readonly Limit[],
  outer: ResolvedModule,
  program: ResolvedProgram,
  bag: DiagnosticBag,
): boolean {
  const timeout = timeoutOf(call, module, program);
  const limit = timeout === null ? undefined : limits.find(({ ms }) => timeout >= ms);
  if (timeout === null || !limit) return false;
  const related = [{ message: "this one ends first", location: locate(outer, limit.span) }];
  const params = { timeout, limit: limit.ms, whose: limit.whose };
  bag.report(timeoutExceedsEnclosing, locate(module, timeoutSpan(call)), params, related);
  return true;
}

/** Of a call of a workflow or a wait; null where there is none, or it is only known at run time. */
function timeoutOf(call: Call, module: ResolvedModule, program: ResolvedProgram): number | null {
  const target = program.calls.get(call);
  if (target?.kind !== "prelude" || target.function.effect !== "suspends") return null;
  return constantMs(optionOf(call, "timeout") ?? undefined, module, program);
}

function timeoutSpan(call: Call): Span {
  return optionOf(call, "timeout")?.span ?? call.name.span;
}

function constantMs(expr: Call["args"][number] | undefined, module: ResolvedModule, program: ResolvedProgram) {
  const value = expr && constantValue(expr, module, program)?.value;
  return typeof value === "number" ? value : null;
}

function locate(module: ResolvedModule, span: Span): Location {
  return { source: module.file.source, span };
}
