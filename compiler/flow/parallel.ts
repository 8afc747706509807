/** Parallel blocks: where branches run inline nothing may wait; where they are queued, no two may wait for one event. */
import type { Call, Expr, Parallel, Step, WorkflowItem } from "../ast/nodes.ts";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { notAllowedHere } from "../diagnostics/catalog/flow.ts";
import { ambiguousWait, waitsInParallel } from "../diagnostics/catalog/flow-waits.ts";
import { keywordOptions } from "../resolve/options/read.ts";
import type { ResolvedModule, ResolvedProgram, ResolvedWorkflow } from "../resolve/resolved.ts";
import type { Location, Span } from "../source/source.ts";
import { constantValue } from "./constants.ts";
import { callsReachedFrom, type ReachedCall } from "./reached.ts";
import type { Waits } from "./waits.ts";
import { relatedOf, wayText } from "./way.ts";

interface Context {
  readonly module: ResolvedModule;
  readonly program: ResolvedProgram;
  readonly waits: Waits;
  readonly bag: DiagnosticBag;
}

export function checkParallels(
  workflow: ResolvedWorkflow,
  program: ResolvedProgram,
  waits: Waits,
  bag: DiagnosticBag,
): void {
  for (const parallel of parallelsOf(workflow.ast.items)) {
    const context = { module: workflow.module, program, waits, bag };
    const branches = parallel.items.filter((item) => item.kind === "step");
    if (program.parallelOptions.get(parallel)?.run === "queued") checkQueued(branches, context);
    else for (const branch of branches) checkInline(branch, context);
  }
}

function parallelsOf(items: readonly WorkflowItem[]): Parallel[] {
  return items.flatMap((item) => {
    if (item.kind === "parallel") return [item];
    return item.kind === "branch" ? item.clauses.flatMap((clause) => parallelsOf(clause.items)) : [];
  });
}

function checkInline(branch: Step, context: Context): void {
  const { module, program, waits, bag } = context;
  const way = waits.in(branch.body, module);
  const [first] = way ?? [];
  if (way && first) bag.report(waitsInParallel, locate(module, first.node.span), wayText(way), relatedOf(way));
  for (const reached of callsReachedFrom(branch.body, module, program)) checkInlineOptions(reached, context);
}

const queuedOnly: readonly string[] = ["queue", "priority", "on_timeout"];

/** The child runs in the same worker, beside its parent: what says how it is queued has no meaning. */
function checkInlineOptions({ call, module }: ReachedCall, { program, bag }: Context): void {
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

function eventsOf(branch: Step, { module, program }: Context) {
  return callsReachedFrom(branch.body, module, program).flatMap(({ call, module: owner }) => {
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
