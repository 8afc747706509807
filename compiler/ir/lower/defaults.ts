/**
 * Default arguments. A call's arguments go to the parameters in order; as many of those with a default are passed over as
 * arguments are missing, the last ones first. A default is computed in the function, when the call left it out.
 */
import type { Expr } from "../../ast/nodes.ts";
import type { FunctionDefinition, Local } from "../../resolve/resolved.ts";
import { boolean } from "../../types/construct.ts";
import type { FunctionIr, Statement } from "../machine.ts";
import type { BodyContext } from "./context.ts";
import { thenDo } from "./continuation.ts";
import { lower } from "./expression.ts";
import { isSimple } from "./simple.ts";

/** By parameter; a head without a body may declare them for all clauses. */
export function defaultsOf({ clauses, arity }: FunctionDefinition): readonly (Expr | null)[] {
  const head = clauses.find(({ params }) => params.some((param) => param.default !== null));
  return head ? head.params.map((param) => param.default) : Array.from({ length: arity }, () => null);
}

/** The arguments by parameter, `null` for those that a call of this many leaves out. */
export function placeArguments<T>(definition: FunctionDefinition, args: readonly T[]): readonly (T | null)[] {
  let given = args.length - defaultsOf(definition).filter((value) => value === null).length;
  let next = 0;
  return defaultsOf(definition).map((value) => (value === null || given-- > 0 ? args[next++]! : null));
}

type LoweredDefaults = Pick<FunctionIr, "defaults" | "statements">;

/** A default that needs statements is computed by those given here, to stand before the others. */
export function lowerDefaults(
  definition: FunctionDefinition,
  params: readonly Local[],
  context: BodyContext,
): LoweredDefaults {
  const { facts } = context;
  const defaults = defaultsOf(definition).flatMap((value, i) => (value ? [{ local: params[i]!, value }] : []));
  const inPlace = (value: Expr) => isSimple(value, facts) && !facts.effectsOf(value).async;
  const compute = (local: Local, value: Expr): Statement => ({
    kind: "if",
    condition: facts.operation("isMissing", [facts.read(local, value.span)], boolean, value.span),
    negated: false,
    then: lower(
      value,
      thenDo((result) => [{ kind: "assign", local, value: result }]),
      context,
    ),
    else: [],
  });
  return {
    defaults: new Map(defaults.map(({ local, value }) => [local, inPlace(value) ? value : null])),
    statements: defaults.flatMap(({ local, value }) => (inPlace(value) ? [] : [compute(local, value)])),
  };
}
