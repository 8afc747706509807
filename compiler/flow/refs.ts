/** Refs: each means one child in an execution, so no two calls that can both run may share one. */
import type { Call, Expr, Node } from "../ast/nodes.ts";
import { descendants } from "../ast/walk.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { refCollision, refConstantInLoop, refInvalid, refUnstable } from "../diagnostics/catalog/ref.ts";
import { optionOf } from "../resolve/options/call.ts";
import type { FunctionDefinition, ResolvedProgram, ResolvedWorkflow, TypedProgram } from "../resolve/resolved.ts";
import type { Location, Span } from "../source/source.ts";
import { type CallSite, callSitesOf, canBothRun, isOrchestration } from "./call-sites.ts";
import { constantValue } from "./constants.ts";
import { defaultRef } from "./default-ref.ts";
import { orderOf } from "./order.ts";

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
    if (!ref || !isStable(site, ref, program.resolved, bag)) continue;
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
  if (expr) return { value: constantValue(expr, site.module, program)?.value, expr };
  const child = program.children.get(site.call);
  return child ? { value: defaultRef(child), expr: null } : null;
}

const longest = 200;

function isStable(site: CallSite, { value, expr }: Ref, program: ResolvedProgram, bag: DiagnosticBag): boolean {
  if (!expr) return true;
  if (value !== undefined) {
    const why = whyInvalid(value);
    if (why !== null) report(bag, refInvalid, site, expr.span, { why });
    return why === null;
  }
  const source = descendants(expr).find((node) => changesBetweenAttempts(node, program));
  if (source) report(bag, refUnstable, site, source.span, { source: sourceText(site, source.span) });
  return !source;
}

function whyInvalid(value: unknown): string | null {
  if (typeof value !== "string") return JSON.stringify(value);
  if (value === "") return "empty";
  return value.length > longest ? `${value.length} characters long` : null;
}

function changesBetweenAttempts(node: Node, program: ResolvedProgram): node is Call {
  const target = node.kind === "call" ? program.calls.get(node) : undefined;
  if (target?.kind === "foreign") return true;
  return target?.kind === "prelude" && (target.function.effect === "clock" || target.function.effect === "random");
}

/** In a function called per item nothing is said of a computed ref: its arguments may well be the item. */
function isSameEveryRound({ loop }: CallSite, { value, expr }: Ref, program: ResolvedProgram): boolean {
  if (value !== undefined || !expr) return true;
  return loop !== null && !descendants(expr).some((node) => isOfTheRound(node, loop, program));
}

/** What is bound in the loop, or read by something that is not a plain computation. */
function isOfTheRound(node: Node, loop: Node, program: ResolvedProgram): boolean {
  if (node.kind === "call" || node.kind === "captureArgument") return true;
  if (node.kind !== "variable") return false;
  const local = program.locals.get(node);
  return !local || (local.span.start >= loop.span.start && local.span.end <= loop.span.end);
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
