import type { FunctionDefinition, ResolvedWorkflow } from "../resolve/resolved.ts";

/** What has a body of its own and can be called. */
export type Definition = FunctionDefinition | ResolvedWorkflow;

export function isWorkflow(definition: Definition): definition is ResolvedWorkflow {
  return "ast" in definition;
}
