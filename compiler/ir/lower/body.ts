/** Bodies and functions: clauses on the parameters, then the expressions. */
import type { Fn, FnClause, Pattern } from "../../ast/nodes.ts";
import { calm, joinAll } from "../../flow/effects.ts";
import type { Local } from "../../resolve/resolved.ts";
import type { Type } from "../../types/type.ts";
import type { BodyIr, FailStatement, MatchClause, Statement } from "../machine.ts";
import { nodesOf } from "../statements.ts";
import type { BodyContext } from "./context.ts";
import { type Continuation, returning } from "./continuation.ts";
import { lower } from "./expression.ts";

export const returned: Continuation = returning((value) => [{ kind: "return", value }]);

/** Lowers the body of a step, condition or compensation: a fn of one parameter, the data. */
export function lowerBody(fn: Fn, k: Continuation, context: BodyContext): BodyIr {
  return bodyOf(lowerClauses(fn.clauses, [context.data!], k, context, "fn/1"), context);
}

/** What `context.data` has to be for a body: the variable it gives its parameter, or one of our own. */
export function dataLocalOf(fn: Fn, type: Type, facts: BodyContext["facts"]): Local {
  const [clause, ...others] = fn.clauses;
  const pattern = clause?.params[0];
  const plain = others.length === 0 && clause?.guard === null && pattern?.kind === "variablePattern";
  return (plain && facts.localOf(pattern)) || facts.fresh("data", type, fn.span);
}

export function bodyOf(statements: readonly Statement[], { data, facts }: BodyContext): BodyIr {
  const effects = joinAll(nodesOf(statements).map((node) => facts.effectsOf(node)));
  const suspends = statements.some(endsInSuspension);
  return { data, statements, effects: suspends ? joinAll([effects, { ...calm, io: true, suspends: true }]) : effects };
}

function endsInSuspension(statement: Statement): boolean {
  switch (statement.kind) {
    case "suspend":
      return true;
    case "if":
      return [...statement.then, ...statement.else].some(endsInSuspension);
    case "match":
      return [...statement.clauses.flatMap(({ body }) => body), ...statement.otherwise].some(endsInSuspension);
    case "try":
      return [...statement.body, ...statement.rescue.flatMap(({ body }) => body), ...statement.after].some(
        endsInSuspension,
      );
    default:
      return false;
  }
}

/**
 * Clauses of a function over parameters that are already locals. A clause whose patterns are those very locals needs no
 * test; several parameters are matched one inside the other.
 */
export function lowerClauses(
  clauses: readonly FnClause[],
  params: readonly Local[],
  k: Continuation,
  context: BodyContext,
  name: string,
): Statement[] {
  const [only, ...others] = clauses;
  if (only && others.length === 0 && !only.guard && isPlain(only.params, params, context))
    return lower(only.body, k, context);
  const fail: FailStatement = {
    kind: "fail",
    error: "FunctionClauseError",
    value: params[0] ? context.facts.read(params[0], only!.span) : null,
    name,
  };
  if (params.length === 1) return [matchOne(clauses, params[0]!, k, context, fail)];
  return [...clauses.flatMap((clause) => matchAll(clause, params, k, context)), fail];
}

function isPlain(patterns: readonly Pattern[], params: readonly Local[], { facts }: BodyContext): boolean {
  return patterns.every((pattern, i) =>
    pattern.kind === "variablePattern" ? facts.localOf(pattern) === params[i] : pattern.kind === "wildcardPattern",
  );
}

function matchOne(
  clauses: readonly FnClause[],
  param: Local,
  k: Continuation,
  context: BodyContext,
  fail: FailStatement,
): Statement {
  const toClause = ({ span, params, guard, body }: FnClause): MatchClause => ({
    span,
    pattern: params[0]!,
    guard,
    body: lower(body, k, context),
  });
  const subject = context.facts.read(param, clauses[0]!.span);
  return { kind: "match", subject, clauses: clauses.map(toClause), otherwise: [fail] };
}

/** A clause over several parameters as a match on the list of them. */
function matchAll(clause: FnClause, params: readonly Local[], k: Continuation, context: BodyContext): Statement[] {
  const { span, guard } = clause;
  const pattern: Pattern = { kind: "tuplePattern", span, items: clause.params };
  const subject = {
    kind: "tuple",
    span,
    items: params.map((param) => context.facts.read(param, span)),
  } as const;
  return [
    {
      kind: "match",
      subject,
      clauses: [{ span, pattern, guard, body: lower(clause.body, k, context) }],
      otherwise: [],
    },
  ];
}
