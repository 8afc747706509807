/**
 * How code comes to wait: the wait itself, or the calls that lead to one, through functions and through workflows that
 * are called. Each body is looked through once; from the waits the graph of calls is then followed backwards, so that
 * every function and workflow knows its shortest way to a wait.
 */
import type { Call, FunctionRef, Node, Parallel } from "../ast/nodes.ts";
import { visit } from "../ast/walk.ts";
import type { FunctionDefinition, ResolvedModule, ResolvedProgram, ResolvedWorkflow } from "../resolve/resolved.ts";

type Body = FunctionDefinition | ResolvedWorkflow;

/** One link of the way to a wait. */
export interface Link {
  readonly node: Call | FunctionRef | Parallel;
  /** Whose text the link stands in. */
  readonly module: ResolvedModule;
  /** What is called; null when this is the wait. */
  readonly to: Body | null;
}

/** `called` looks into workflows that are called; for `itself` a call of a workflow is a wait of its own. */
export type ChildWaits = "called" | "itself";

export interface Waits {
  /** The shortest way from code to a wait, beginning in the code; null when it does not wait. */
  readonly in: (code: Node, module: ResolvedModule) => readonly Link[] | null;
}

export function findWaits(program: ResolvedProgram, children: ChildWaits): Waits {
  const next = nextLinks(program, children);
  const wayOf = (link: Link): readonly Link[] | null => {
    if (!link.to) return [link];
    const rest = next.get(link.to);
    const way = rest && wayOf(rest);
    return way ? [link, ...way] : null;
  };
  return {
    in: (code, module) => {
      const ways = linksIn(code, module, program, children).flatMap((link) => {
        const way = wayOf(link);
        return way ? [way] : [];
      });
      return ways.reduce<readonly Link[] | null>((best, way) => (best && best.length <= way.length ? best : way), null);
    },
  };
}

/** For each body that waits, the first link of its shortest way. */
function nextLinks(program: ResolvedProgram, children: ChildWaits): ReadonlyMap<Body, Link> {
  const next = new Map<Body, Link>();
  const callers = new Map<Body, { readonly body: Body; readonly link: Link }[]>();
  const reached: Body[] = [];
  const settle = (body: Body, link: Link) => {
    if (next.has(body)) return;
    next.set(body, link);
    reached.push(body);
  };
  for (const [body, links] of linksOfBodies(program, children)) {
    for (const link of links) {
      if (!link.to) settle(body, link);
      else callers.set(link.to, [...(callers.get(link.to) ?? []), { body, link }]);
    }
  }
  // The list grows while it is gone through: breadth first, so that the first way found is a shortest one.
  for (const waiting of reached) for (const { body, link } of callers.get(waiting) ?? []) settle(body, link);
  return next;
}

function linksOfBodies(program: ResolvedProgram, children: ChildWaits): [Body, Link[]][] {
  return [...program.modules.values()].flatMap((module) => [
    ...[...module.functions.values()].map((definition): [Body, Link[]] => [
      definition,
      definition.clauses.flatMap((clause) => linksIn(clause, module, program, children)),
    ]),
    ...module.workflows.map((workflow): [Body, Link[]] => [workflow, linksIn(workflow.ast, module, program, children)]),
  ]);
}

/** What may not wait at all, compensations and inline parallel blocks, is judged where it stands. */
function linksIn(code: Node, module: ResolvedModule, program: ResolvedProgram, children: ChildWaits): Link[] {
  const links: Link[] = [];
  visit(code, (node) => {
    if (node.kind === "compensate") return false;
    if (node.kind === "parallel") {
      if (program.parallelOptions.get(node)?.run === "queued") links.push({ node, module, to: null });
      return false;
    }
    if (node.kind === "call" || node.kind === "functionRef") links.push(...linkOf(node, module, program, children));
    return true;
  });
  return links;
}

function linkOf(
  node: Call | FunctionRef,
  module: ResolvedModule,
  program: ResolvedProgram,
  children: ChildWaits,
): Link[] {
  const target = program.calls.get(node);
  if (target?.kind === "function") return [{ node, module, to: target.function }];
  if (target?.kind !== "prelude" || target.function.effect !== "suspends") return [];
  if (node.kind === "functionRef" || children === "itself" || target.function.name !== "call_workflow")
    return [{ node, module, to: null }];
  const child = program.children.get(node);
  return child ? [{ node, module, to: child }] : [];
}
