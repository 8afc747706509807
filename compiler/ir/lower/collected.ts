/** The list that a comprehension fills, whether its loop stays within a segment or is a state of its own. */
import type { Expr, For } from "../../ast/nodes.ts";
import type { Span } from "../../source/source.ts";
import { dynamic, listOf } from "../../types/construct.ts";
import type { Statement } from "../machine.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";

export function emptyList(span: Span): Expr {
  return { kind: "list", span, items: [], tail: null, keyword: false };
}

/** `uniq: true` and `into:` are applied to the list that the loops have filled. */
export function useCollected(expr: For, collected: Expr, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  const isUnique = expr.uniq?.kind === "literal" && expr.uniq.value === true;
  const list = isUnique ? facts.operation("uniq", [collected], listOf(dynamic), expr.span) : collected;
  if (!expr.into) return k.use(list);
  return lower(
    expr.into,
    thenDo((into) => k.use(facts.operation("into", [list, into], dynamic, expr.span))),
    context,
  );
}
