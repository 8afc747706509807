/** What a workflow's text says it may call, start and wait for: static facts about the machine. */
import type { Call, Expr, Node } from "../../ast/nodes.ts";
import { descendants } from "../../ast/walk.ts";
import type { FunctionDefinition, ResolvedWorkflow } from "../../resolve/resolved.ts";
import { isStart, workflowNamed } from "./child.ts";
import type { Facts } from "./facts.ts";
import { isSuspension } from "./suspension.ts";
import { waitForms } from "./waits.ts";

export interface Mentions {
  readonly children: readonly ResolvedWorkflow[];
  readonly events: readonly string[];
  readonly inputs: readonly string[];
}

/** Follows calls into the project's functions, each once. */
export function collectMentions(root: Node, facts: Facts): Mentions {
  const found = { children: new Set<ResolvedWorkflow>(), events: new Set<string>(), inputs: new Set<string>() };
  const seen = new Set<FunctionDefinition>();
  const visit = (node: Node): void => {
    for (const inner of descendants(node)) {
      if (inner.kind !== "call") continue;
      note(inner, found, facts);
      const target = facts.targetOf(inner);
      if (target?.kind !== "function" || seen.has(target.function)) continue;
      seen.add(target.function);
      target.function.clauses.forEach(visit);
    }
  };
  visit(root);
  return { children: [...found.children], events: [...found.events], inputs: [...found.inputs] };
}

interface Found {
  readonly children: Set<ResolvedWorkflow>;
  readonly events: Set<string>;
  readonly inputs: Set<string>;
}

function note(call: Call, found: Found, facts: Facts): void {
  if (isStart(call, facts)) found.children.add(workflowNamed(call, facts));
  if (!isSuspension(call, { facts })) return;
  const { word } = waitForms[call.name.text]!;
  if (word === "call") found.children.add(workflowNamed(call, facts));
  if (word === "event") for (const name of awaited(call.args[0])) found.events.add(name);
  if (word === "input") for (const name of awaited(call.args[0])) found.inputs.add(name);
}

function awaited(expr: Expr | undefined): string[] {
  if (expr?.kind === "list" && !expr.tail) return expr.items.flatMap(awaited);
  return expr?.kind === "literal" && typeof expr.value === "string" ? [expr.value] : ["*"];
}
