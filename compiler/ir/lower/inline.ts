/** A function that suspends is lowered into each of its callers, so that its waits are resume points of the step. */
import type { Call, FnClause } from "../../ast/nodes.ts";
import type { FunctionDefinition } from "../../resolve/resolved.ts";
import type { Statement } from "../machine.ts";
import { lowerClauses } from "./body.ts";
import { cannotSuspend } from "./cannot-suspend.ts";
import type { BodyContext } from "./context.ts";
import type { Continuation } from "./continuation.ts";
import { copyNode } from "./copy.ts";
import { defaultsOf, placeArguments } from "./defaults.ts";
import type { Facts } from "./facts.ts";
import { withArms } from "./join.ts";
import { lowerAll } from "./operands.ts";
import { paramLocals } from "./params.ts";

/** The function that a call must be replaced by, if it suspends. */
export function suspendingTarget(call: Call, facts: Facts): FunctionDefinition | null {
  const target = facts.targetOf(call);
  return target?.kind === "function" && facts.effectsOfFunction(target.function).suspends ? target.function : null;
}

/** The function's clauses with locals of their own. */
export function copyClauses(definition: FunctionDefinition, facts: Facts): FnClause[] {
  const clauses = definition.clauses.flatMap(({ span, params, guard, body }) =>
    body ? [{ span, params: params.map(({ pattern }) => pattern), guard, body }] : [],
  );
  const copy = copyNode({ kind: "fn", span: definition.clauses[0]!.span, clauses }, facts, { captureArguments: [] });
  return [...copy.clauses];
}

export function lowerInlined(
  call: Call,
  definition: FunctionDefinition,
  k: Continuation,
  context: BodyContext,
): Statement[] {
  const { facts } = context;
  const clauses = facts.inlined(call);
  if (!clauses) return cannotSuspend(call, k, context, "recursion");
  const placed = placeArguments(definition, call.args);
  const waiting = defaultsOf(definition).find((value, i) => placed[i] === null && facts.effectsOf(value!).suspends);
  if (waiting) return cannotSuspend(waiting, k, context, "default");
  const args = placed.map((arg, i) => arg ?? defaultsOf(definition)[i]!);
  const name = `${definition.module.name}.${definition.name}/${definition.arity}`;
  return lowerAll(args, context, (values) =>
    withArms(
      call,
      clauses.map(({ body }) => body),
      k,
      context,
      (arm) => {
        const params = paramLocals(clauses, call.span, facts);
        const lets = params.map((local, i): Statement => ({ kind: "let", local, value: values[i]! }));
        return [...lets, ...lowerClauses(clauses, params, arm, context, name)];
      },
    ),
  );
}
