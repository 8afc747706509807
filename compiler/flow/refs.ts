/** Refs: each means one child in an execution, so no two calls that can both run may share one. */
import type { Call, Expr, Node } from "../ast/nodes.ts";
import { descendants } from "../ast/walk.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { refCollision, refConstantInLoop, refInvalid, refUnstable } from "../diagnostics/catalog/ref.ts";
import { optionOf } from "../resolve/options/call.ts";
import type {
  FunctionDefinition,
  PreludeFunction,
  ResolvedProgram,
  ResolvedWorkflow,
  TypedProgram,
} from "../resolve/resolved.ts";
import type { Location, Span } from "../source/source.ts";
import { type CallSite, callSitesOf, canBothRun, constantIn, isOrchestration } from "./call-sites.ts";
import { defaultRef } from "./default-ref.ts";
import { orderOf } from "./order.ts";
import { callsReachedFrom } from "./reached.ts";

/** A ref as it is written: known, or computed at run time. */
interface Ref {
  readonly value: unknown;
  /** Null when the ref is the default. */
  readonly expr: Expr | null;
}

export function checkRefs(
  workflow: ResolvedWorkflow,
  program: TypedProgram,
  acts: (definition: FunctionDefinition) => boolean,
  bag: DiagnosticBag,
): void {
  const follows = orderOf(workflow.ast.items, program);
  const known = new Map<string, CallSite[]>();
  for (const site of callSitesOf(workflow, program.resolved, { isWanted: isOrchestration, acts })) {
    const ref = refOf(site, program.resolved);
    if (!ref || !isStable(site, ref, workflow, program.resolved, bag)) continue;
    if (site.repeated && isSameEveryRound(site, ref, program.resolved)) {
      const shown = textOf(ref, site);
      report(bag, refConstantInLoop, site, ref.expr?.span, { ref: shown });
      continue;
    }
    if (typeof ref.value !== "string") continue;
    const before = known.get(ref.value) ?? [];
    const other = before.find((earlier) => canBothRun(earlier, site, follows));
    if (other) reportCollision(other, site, ref, bag);
    else known.set(ref.value, [...before, site]);
  }
}

/** Null when the workflow that is called is not known, which has been reported. */
function refOf(site: CallSite, program: ResolvedProgram): Ref | null {
  const expr = optionOf(site.call, "ref");
  if (expr) return { value: constantIn(expr, site.module, program, site.known.values)?.value, expr };
  const child = program.children.get(site.call);
  return child ? { value: defaultRef(child), expr: null } : null;
}

const longest = 200;

function isStable(
  site: CallSite,
  { value, expr }: Ref,
  workflow: ResolvedWorkflow,
  program: ResolvedProgram,
  bag: DiagnosticBag,
): boolean {
  if (!expr) return true;
  if (value !== undefined) {
    const why = whyInvalid(value);
    if (why !== null) report(bag, refInvalid, site, expr.span, { why });
    return why === null;
  }
  const source = sourcesOf(expr, site, program).find((node) => changesBetweenAttempts(node, workflow, program));
  if (!source) return true;
  const isPart = source.span.start >= expr.span.start && source.span.end <= expr.span.end;
  report(bag, refUnstable, site, isPart ? source.span : expr.span, { source: sourceText(site, source.span) });
  return false;
}

function whyInvalid(value: unknown): string | null {
  if (value === null) return "nil";
  if (typeof value === "object") return Array.isArray(value) ? "a list or a tuple" : "a map";
  if (typeof value !== "string") return String(value);
  if (value === "") return "empty";
  return value.length > longest ? `${value.length} characters long` : null;
}

/** The parts of an expression, and of what the variables in it were computed from. */
function sourcesOf(expr: Expr, { known }: CallSite, program: ResolvedProgram): readonly Node[] {
  const computed = new Set<Expr>([expr]);
  for (const one of computed) {
    for (const node of descendants(one)) {
      const local = node.kind === "variable" ? program.locals.get(node) : undefined;
      const origin = local && known.computed.get(local);
      if (origin) computed.add(origin);
    }
  }
  return [...computed].flatMap(descendants);
}

/** Of the functions that are called, those of the workflow's own module are looked into. */
function changesBetweenAttempts(node: Node, workflow: ResolvedWorkflow, program: ResolvedProgram): node is Call {
  const target = node.kind === "call" ? program.calls.get(node) : undefined;
  if (target?.kind === "foreign") return true;
  if (target?.kind === "prelude") return isChance(target.function);
  if (target?.kind !== "function") return false;
  const { module } = workflow;
  const inOwnModule = (definition: FunctionDefinition) => definition.module === module;
  if (!inOwnModule(target.function)) return false;
  const called = callsReachedFrom(node, module, program, inOwnModule).flatMap(({ call }) => {
    const inner = program.calls.get(call);
    return inner?.kind === "prelude" ? [inner.function] : [];
  });
  // What is computed before a wait is kept by it.
  return called.some(isChance) && !called.some(({ effect }) => effect === "suspends");
}

function isChance({ effect }: PreludeFunction): boolean {
  return effect === "clock" || effect === "random";
}

/** In a function called per item nothing is said of a computed ref: its arguments may well be the item. */
function isSameEveryRound({ loop, call }: CallSite, { value, expr }: Ref, program: ResolvedProgram): boolean {
  if (value !== undefined || !expr) return true;
  if (!loop) return false;
  const round = { start: roundStart(loop, call), end: loop.span.end };
  return !descendants(expr).some((node) => isOfTheRound(node, round, program));
}

/** Where a loop binds what each round is about: of several generators, in the last one before the call. */
function roundStart(loop: Node, call: Call): number {
  const generators = loop.kind === "for" ? loop.qualifiers.filter(({ kind }) => kind === "generator") : [];
  const inner = generators.findLast(({ span }) => span.end <= call.span.start);
  return (inner ?? loop).span.start;
}

/** What is bound in the round, or read by something that is not a plain computation. */
function isOfTheRound(node: Node, round: Span, program: ResolvedProgram): boolean {
  if (node.kind === "captureArgument") return true;
  if (node.kind === "call") {
    const target = program.calls.get(node);
    return target?.kind !== "prelude" || target.function.effect !== "pure";
  }
  if (node.kind !== "variable") return false;
  const local = program.locals.get(node);
  return !local || (local.span.start >= round.start && local.span.end <= round.end);
}

function reportCollision(other: CallSite, site: CallSite, ref: Ref, bag: DiagnosticBag): void {
  const sameText = other.call === site.call;
  const related = sameText
    ? [other, site].map(({ via }, index) => ({
        message: index === 0 ? "once from here" : "and once from here",
        location: locate(site, via[0]?.name.span ?? site.call.name.span),
      }))
    : [{ message: "the other call", location: locate(other, other.call.name.span) }];
  const params = { ref: textOf(ref, site), isDefault: ref.expr === null, sameText };
  bag.report(refCollision, locate(site, ref.expr?.span ?? site.call.name.span), params, related);
}

function textOf({ value, expr }: Ref, site: CallSite): string {
  return typeof value === "string" ? `:${value}` : expr ? sourceText(site, expr.span) : "";
}

function sourceText({ module }: CallSite, span: Span): string {
  return module.file.source.text.slice(span.start, span.end);
}

function locate({ module }: CallSite, span: Span): Location {
  return { source: module.file.source, span };
}

function report<Params>(
  bag: DiagnosticBag,
  rule: Parameters<typeof bag.report<Params>>[0],
  site: CallSite,
  span: Span | undefined,
  params: Params,
): void {
  bag.report(rule, locate(site, span ?? site.call.name.span), params);
}
