import type { Pattern, WorkflowItem } from "../../ast/nodes.ts";

/** A branch's clause in a state id: its literal, or `default` for `_`. */
export function clauseName(pattern: Pattern): string {
  if (pattern.kind === "literalPattern" && pattern.value.kind === "literal")
    return String(pattern.value.value ?? "nil");
  return pattern.kind === "variablePattern" ? pattern.name : pattern.kind === "wildcardPattern" ? "default" : "match";
}

/** Blocks have no name of their own; they are known by the first step inside. */
export function firstStepName(items: readonly WorkflowItem[]): string {
  const [item, ...rest] = items;
  if (!item) return "empty";
  switch (item.kind) {
    case "step":
      return item.name.text;
    case "branch":
      return firstStepName([...item.clauses.flatMap((clause) => clause.items), ...rest]);
    case "parallel":
      return firstStepName([...item.items, ...rest]);
    case "compensate":
      return firstStepName(rest);
  }
}
