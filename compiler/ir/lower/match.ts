import type { Expr, Match, Pattern } from "../../ast/nodes.ts";
import type { Local } from "../../resolve/resolved.ts";
import type { Statement } from "../machine.ts";
import { nil } from "./block.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { isStable } from "./simple.ts";

/** `pattern = value`. The value of the match itself is the whole value. */
export function lowerMatch(match: Match, k: Continuation, context: BodyContext): Statement[] {
  const local = match.pattern.kind === "variablePattern" ? context.facts.localOf(match.pattern) : null;
  if (local) return lowerBinding(match, local, k, context);
  const use = (value: Expr): Statement[] => {
    if (!k.wanted) return [bind(match.pattern, value), ...k.use(nil(match.span))];
    return named(value, "value", context, (stable) => [bind(match.pattern, stable), ...k.use(stable)]);
  };
  return lower(match.value, thenDo(use), context);
}

function lowerBinding(match: Match, local: Local, k: Continuation, context: BodyContext): Statement[] {
  const { facts } = context;
  const use = (value: Expr): Statement[] => {
    const read = facts.read(local, match.pattern.span);
    if (value.kind === "variable" && facts.localOf(value) === local) return k.use(read);
    const statement: Statement = { kind: "let", local, value };
    if (isRecomputable(value, context)) context.recomputable.set(local, statement);
    return [statement, ...k.use(read)];
  };
  return lower(match.value, thenDo(use, local), context);
}

/** Literals, constants and paths into the data cost nothing to compute again, so they are not saved. */
export function isRecomputable(value: Expr, context: BodyContext): boolean {
  switch (value.kind) {
    case "literal":
    case "constantRef":
      return true;
    case "variable":
      return isRecomputableLocal(context.facts.localOf(value), context);
    case "field":
      return isRecomputable(value.object, context);
    case "access":
      return isRecomputable(value.object, context) && isRecomputable(value.key, context);
    default:
      return false;
  }
}

function isRecomputableLocal(local: Local | null, context: BodyContext): boolean {
  return local !== null && (local === context.data || context.recomputable.has(local));
}

export function bind(pattern: Pattern, value: Expr): Statement {
  return { kind: "bind", pattern, value };
}

/** Makes a value safe to read more than once, naming it if need be. */
export function named(
  value: Expr,
  name: string,
  context: BodyContext,
  use: (stable: Expr) => Statement[],
): Statement[] {
  if (isStable(value, context.facts)) return use(value);
  const local = context.facts.fresh(nameOf(value) ?? name, context.facts.typeOf(value), value.span);
  return [{ kind: "let", local, value }, ...use(context.facts.read(local, value.span))];
}

/** What a person would call it: `data[:kind]` is the kind, what a call gives is its result. */
function nameOf(value: Expr): string | null {
  if (value.kind === "call") return "result";
  if (value.kind === "field") return value.key.text;
  if (value.kind !== "access" || value.key.kind !== "literal") return null;
  const key = String(value.key.value);
  return /^[a-z][a-z0-9_]*$/.test(key) ? key : null;
}
