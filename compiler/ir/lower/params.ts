/** Parameters: a clause that stands alone lends its variables, several lend names for those of the compiler. */
import type { FnClause, Pattern } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import type { Span } from "../../source/source.ts";
import { dynamic } from "../../types/construct.ts";
import type { Facts } from "./facts.ts";

/** The local of a pattern that is nothing but a variable. */
export function ownLocal(pattern: Pattern, facts: Facts): Local | null {
  return pattern.kind === "variablePattern" ? facts.localOf(pattern) : null;
}

export function paramLocals(clauses: readonly FnClause[], span: Span, facts: Facts): Local[] {
  const [first, ...others] = clauses;
  const alone = others.length === 0 && first?.guard === null;
  const patterns = first?.params ?? [];
  const named = (index: number) => {
    const names = clauses.map(({ params }) => params[index]).filter((pattern) => pattern?.kind === "variablePattern");
    const wish = names.find(({ name }) => !name.startsWith("_"))?.name ?? "value";
    return facts.fresh(wish, dynamic, span);
  };
  return patterns.map((pattern, i) => (alone && ownLocal(pattern, facts)) || named(i));
}
