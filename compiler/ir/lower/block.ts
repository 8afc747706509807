import type { Expr, Literal } from "../../ast/nodes.ts";
import type { Span } from "../../source/source.ts";
import type { Statement } from "../machine.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, discard } from "./continuation.ts";
import { lower } from "./expression.ts";
import { addResumePoint } from "./resume.ts";

/** A block's value is that of its last expression; the others are run for what they do and bind. */
export function lowerBlock(expressions: readonly Expr[], k: Continuation, context: BodyContext): Statement[] {
  const [first, ...rest] = expressions;
  if (!first) return k.use(nil({ start: 0, end: 0 }));
  if (rest.length === 0) return lower(first, k, context);
  const goOn = () => lowerBlock(rest, k, context);
  const next = needsCheckpoint(first, rest, context) ? () => checkpoint(first, goOn, context) : goOn;
  return lower(first, discard(next), context);
}

/** A child that foreign code may be told of must exist before that code runs (see ids.ts for where this is planned). */
export function needsCheckpoint(
  first: Expr,
  rest: readonly Expr[],
  { facts, step }: Pick<BodyContext, "facts" | "step">,
): boolean {
  return step !== null && facts.effectsOf(first).starts && rest.some((expr) => facts.effectsOf(expr).async);
}

function checkpoint(after: Expr, goOn: () => Statement[], context: BodyContext): Statement[] {
  const id = context.facts.idOf(after, "after");
  const reason = { kind: "wait", what: "the checkpoint" } as const;
  const saved = addResumePoint({ id, node: after, reason, received: null, saved: null }, goOn, context);
  const operation = { method: "checkpoint", workflow: null, args: [], options: [] } as const;
  return [{ kind: "suspend", span: after.span, operation, resume: id, saved }];
}

export function nil(span: Span): Literal {
  return { kind: "literal", span, type: "nil", value: null };
}
