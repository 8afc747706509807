/** What an item of a workflow waits for and which workflows it calls, be it in functions of the project. */
import type { Call, Expr, WorkflowItem } from "../ast/nodes.ts";
import { type CallSite, callSitesOf } from "../flow/call-sites.ts";
import { defaultRef } from "../flow/default-ref.ts";
import { optionOf } from "../resolve/options/call.ts";
import type { ResolvedProgram, ResolvedWorkflow } from "../resolve/resolved.ts";
import { durationOf, nameOf, sourceOf } from "./text.ts";

export interface ChildCall {
  readonly child: ResolvedWorkflow;
  readonly kind: "call" | "start";
  /** A line each: its ref, its timeout, whether it is in a loop. */
  readonly label: readonly string[];
}

export interface ItemCalls {
  /** A line for each wait. */
  readonly waits: readonly string[];
  readonly children: readonly ChildCall[];
}

/** By item, in the order of the source; a function that is called twice counts once for its item. */
export function callsByItem(
  workflow: ResolvedWorkflow,
  program: ResolvedProgram,
): ReadonlyMap<WorkflowItem, ItemCalls> {
  const sites = callSitesOf(workflow, program, {
    isWanted: ({ effect }) => effect === "suspends" || effect === "starts",
    acts: () => true,
  });
  const byItem = new Map<WorkflowItem, Map<Call, CallSite>>();
  for (const site of sites) {
    const known = byItem.get(site.item) ?? new Map<Call, CallSite>();
    byItem.set(site.item, known.set(site.call, known.get(site.call) ?? site));
  }
  return new Map([...byItem].map(([item, found]) => [item, itemCalls([...found.values()], program)]));
}

function itemCalls(sites: readonly CallSite[], program: ResolvedProgram): ItemCalls {
  return {
    waits: [...new Set(sites.flatMap((site) => waitOf(site, program) ?? []))],
    children: sites.flatMap((site) => childOf(site, program) ?? []),
  };
}

function childOf(site: CallSite, program: ResolvedProgram): ChildCall | null {
  const child = program.children.get(site.call);
  if (!child) return null;
  const ref = optionOf(site.call, "ref");
  const label = [
    `ref ${ref ? nameOf(ref, site.module, program) : defaultRef(child)}`,
    ...limit(site, program),
    ...(site.repeated ? ["in a loop"] : []),
  ];
  return { child, kind: site.call.name.text === "start_workflow" ? "start" : "call", label };
}

type Describe = (first: Expr | undefined, site: CallSite, program: ResolvedProgram) => string;

const quoted: Describe = (first, { module }, program) => (first ? `"${nameOf(first, module, program)}"` : "…");

const several: Describe = (first, site, program) =>
  first?.kind === "list" && !first.tail
    ? first.items.map((item) => quoted(item, site, program)).join(", ")
    : quoted(first, site, program);

const asks =
  (what: string): Describe =>
  (first, site, program) =>
    `asks for ${what} ${quoted(first, site, program)}`;

const descriptions: { readonly [name: string]: Describe | undefined } = {
  sleep: (first, { module }, program) => `sleeps ${first ? durationOf(first, module, program) : "…"}`,
  schedule_at: (first, { module }) => `waits until ${first ? sourceOf(first.span, module) : "…"}`,
  wait_for_event: (...given) => `waits for ${quoted(...given)}`,
  wait_for_any: (...given) => `waits for any of ${several(...given)}`,
  wait_for_all: (...given) => `waits for all of ${several(...given)}`,
  wait_for_input: asks("the input"),
  wait_for_approval: asks("the approval"),
  wait_for_choice: asks("the choice"),
  wait_for_text: asks("the text"),
  wait_for_form: asks("the form"),
};

/** Null for a call of a workflow, which is an edge of its own. */
function waitOf(site: CallSite, program: ResolvedProgram): string | null {
  const describe = descriptions[site.call.name.text];
  if (!describe) return null;
  const parts = [describe(site.call.args[0], site, program), ...limit(site, program)];
  return `${parts.join(", ")}${site.repeated ? ", in a loop" : ""}`;
}

function limit({ call, module }: CallSite, program: ResolvedProgram): string[] {
  const timeout = optionOf(call, "timeout");
  return timeout ? [`timeout ${durationOf(timeout, module, program)}`] : [];
}
