/** Binds patterns: what they mention is looked up outside of them, what they bind is visible after them. */
import type { Pattern, VariablePattern } from "../../ast/nodes.ts";
import type { Local } from "../resolved.ts";
import { define, type Scope } from "../scope.ts";
import { bind } from "./expression.ts";
import { bindConstant } from "./variable.ts";

/** Binds patterns that are matched together, as the parameters of a function: a repeated name means equal values. */
export function bindPatterns(patterns: readonly Pattern[], scope: Scope): void {
  const bound = new Map<string, Local>();
  for (const pattern of patterns) visit(pattern, scope, bound);
  for (const local of bound.values()) define(scope, local);
}

type Visitors = {
  readonly [K in Pattern["kind"]]: (
    pattern: Extract<Pattern, { kind: K }>,
    scope: Scope,
    bound: Map<string, Local>,
  ) => void;
};

const visitors: Visitors = {
  variablePattern: bindVariablePattern,
  pinPattern: (pattern, scope) => bind(pattern.value, scope),
  literalPattern: ({ value }, scope) => {
    if (value.kind === "constantRef") bindConstant(value, scope);
  },
  tuplePattern: (pattern, scope, bound) => visitAll(pattern.items, scope, bound),
  listPattern: ({ items, tail }, scope, bound) => visitAll(tail ? [...items, tail] : items, scope, bound),
  mapPattern: ({ entries }, scope, bound) => {
    for (const { key } of entries) bind(key, scope);
    visitAll(
      entries.map(({ pattern }) => pattern),
      scope,
      bound,
    );
  },
  bothPattern: ({ left, right }, scope, bound) => visitAll([left, right], scope, bound),
  prefixPattern: ({ rest }, scope, bound) => visit(rest, scope, bound),
  invalidPattern: ({ names }, scope, bound) => {
    scope.unit.usage.broken = true;
    visitAll(names, scope, bound);
  },
  wildcardPattern: () => {},
};

function visit(pattern: Pattern, scope: Scope, bound: Map<string, Local>): void {
  const visitor = visitors[pattern.kind] as (pattern: Pattern, scope: Scope, bound: Map<string, Local>) => void;
  visitor(pattern, scope, bound);
}

function visitAll(patterns: readonly Pattern[], scope: Scope, bound: Map<string, Local>): void {
  for (const pattern of patterns) visit(pattern, scope, bound);
}

function bindVariablePattern(pattern: VariablePattern, scope: Scope, bound: Map<string, Local>): void {
  const { unit } = scope;
  const repeated = bound.get(pattern.name);
  if (repeated) unit.usage.read.add(repeated);
  const local = repeated ?? createLocal(pattern.name, pattern.span, scope);
  bound.set(pattern.name, local);
  unit.tables.locals.set(pattern, local);
}

function createLocal(name: string, span: VariablePattern["span"], scope: Scope): Local {
  const { usage, nextLocalId } = scope.unit;
  const local = { id: nextLocalId(), name, span };
  usage.bound.push(local);
  return local;
}
