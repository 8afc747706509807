/** Parallel blocks: where branches run inline nothing may wait; where they are queued, no two may wait for one event. */
import type { Call, Expr, Parallel, Step, WorkflowItem } from "../ast/nodes.ts";
import { linksIn } from "../calls/outline.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { notAllowedHere } from "../diagnostics/catalog/flow.ts";
import { ambiguousWait, waitsInParallel } from "../diagnostics/catalog/flow-waits.ts";
import { keywordOptions } from "../resolve/options/read.ts";
import type { FunctionDefinition, ResolvedModule, ResolvedProgram, ResolvedWorkflow } from "../resolve/resolved.ts";
import type { Location, Span } from "../source/source.ts";
import { constantValue } from "./constants.ts";
import { callsReachedFrom, type ReachedCall } from "./reached.ts";
import type { Unwaiting } from "./unwaiting.ts";
import { relatedOf, wayText } from "./way.ts";

interface Context {
  readonly module: ResolvedModule;
  readonly program: ResolvedProgram;
  readonly acts: (definition: FunctionDefinition) => boolean;
  readonly bag: DiagnosticBag;
}

export function checkParallels(
  workflow: ResolvedWorkflow,
  program: ResolvedProgram,
  acts: (definition: FunctionDefinition) => boolean,
  bag: DiagnosticBag,
): void {
  const context = { module: workflow.module, program, acts, bag };
  for (const parallel of parallelsOf(workflow.ast.items)) {
    const branches = branchesOf(parallel);
    if (isQueued(parallel, program)) checkQueued(branches, context);
    else for (const branch of branches) checkInlineOptions(branch, context);
  }
}

/** The branches that run inline, in which nothing may wait. */
export function inlineBranchesOf({ ast, module }: ResolvedWorkflow, program: ResolvedProgram): Unwaiting[] {
  const inline = parallelsOf(ast.items).filter((parallel) => !isQueued(parallel, program));
  return inline.flatMap(branchesOf).map(({ body }) => ({
    links: linksIn(body, module, program),
    children: "called",
    report: (first, way, bag) =>
      bag.report(waitsInParallel, locate(module, first.node.span), wayText(way), relatedOf(way)),
  }));
}

function isQueued(parallel: Parallel, program: ResolvedProgram): boolean {
  return program.parallelOptions.get(parallel)?.run === "queued";
}

function branchesOf({ items }: Parallel): Step[] {
  return items.filter((item) => item.kind === "step");
}

function parallelsOf(items: readonly WorkflowItem[]): Parallel[] {
  return items.flatMap((item) => {
    if (item.kind === "parallel") return [item];
    return item.kind === "branch" ? item.clauses.flatMap((clause) => parallelsOf(clause.items)) : [];
  });
}

const queuedOnly: readonly string[] = ["queue", "priority", "on_timeout"];

/** The child runs in the same worker, beside its parent: what says how it is queued has no meaning. */
function checkInlineOptions(branch: Step, context: Context): void {
  const { module, program, acts } = context;
  for (const reached of callsReachedFrom(branch.body, module, program, acts)) checkInlineCall(reached, context);
}

function checkInlineCall({ call, module }: ReachedCall, { program, bag }: Context): void {
  if (orchestrates(call, program) !== "call_workflow") return;
  const options = keywordOptions(call.args.at(-1)!) ?? [];
  for (const { name } of options.filter((option) => queuedOnly.includes(option.name.text))) {
    bag.report(notAllowedHere, locate(module, name.span), {
      what: `\`${name.text}:\``,
      where: "on a call in a parallel block, where the child runs inline",
      help: "Leave it out, or write `parallel run: :queued do`.",
    });
  }
}

function orchestrates(call: Call, program: ResolvedProgram): string | null {
  const target = program.calls.get(call);
  return target?.kind === "prelude" && target.function.module === "Durable.Orchestration" ? target.function.name : null;
}

function checkQueued(branches: readonly Step[], context: Context): void {
  const awaited = new Map<string, { readonly branch: Step; readonly location: Location }>();
  for (const branch of branches) {
    for (const { name, location } of eventsOf(branch, context)) {
      const other = awaited.get(name);
      if (!other) awaited.set(name, { branch, location });
      else if (other.branch !== branch) {
        const related = [{ message: "the other branch waits for it here", location: other.location }];
        context.bag.report(ambiguousWait, location, { event: name }, related);
      }
    }
  }
}

const eventWaits: ReadonlySet<string> = new Set(["wait_for_event", "wait_for_any", "wait_for_all"]);

function eventsOf(branch: Step, { module, program, acts }: Context) {
  return callsReachedFrom(branch.body, module, program, acts).flatMap(({ call, module: owner }) => {
    const target = program.calls.get(call);
    const [event] = call.args;
    if (target?.kind !== "prelude" || target.function.module !== "Durable.Wait" || !event) return [];
    if (!eventWaits.has(target.function.name)) return [];
    return namesIn(event, owner, program).map((name) => ({ name, location: locate(owner, event.span) }));
  });
}

function namesIn(event: Expr, module: ResolvedModule, program: ResolvedProgram): string[] {
  const value = constantValue(event, module, program)?.value;
  return (Array.isArray(value) ? value : [value]).filter((name) => typeof name === "string");
}

function locate(module: ResolvedModule, span: Span): Location {
  return { source: module.file.source, span };
}
