/** The calls that run when some code runs: its own, and those of the project's acting functions that it calls. */
import type { Call, Node } from "../ast/nodes.ts";
import { visit } from "../ast/walk.ts";
import type { FunctionDefinition, ResolvedModule, ResolvedProgram } from "../resolve/resolved.ts";

export interface ReachedCall {
  readonly call: Call;
  /** Whose text the call stands in. */
  readonly module: ResolvedModule;
}

/** Each call once, own ones first. */
export function callsReachedFrom(
  code: Node,
  module: ResolvedModule,
  program: ResolvedProgram,
  acts: (definition: FunctionDefinition) => boolean,
): ReachedCall[] {
  const calls: ReachedCall[] = [];
  const entered = new Set<FunctionDefinition>();
  const collect = (node: Node, owner: ResolvedModule) =>
    visit(node, (inner) => {
      if (inner.kind === "call") calls.push({ call: inner, module: owner });
      const target = inner.kind === "call" || inner.kind === "functionRef" ? program.calls.get(inner) : undefined;
      if (target?.kind === "function" && acts(target.function)) entered.add(target.function);
      return true;
    });
  collect(code, module);
  // Grows while it is gone through.
  for (const definition of entered) for (const clause of definition.clauses) collect(clause, definition.module);
  return calls;
}
