/** Binds the names in expressions, in the order of evaluation. One small function for each kind of node. */
import type { Block, Case, Cond, Expr, Fn, For, If, MapExpr, Match, MatchTest, Try, With } from "../../ast/nodes.ts";
import { absorb, innerScope, type Scope } from "../scope.ts";
import { bindCall, bindFunctionRef } from "./call.ts";
import { bindModuleValue } from "./module.ts";
import { bindPatterns } from "./pattern.ts";
import { bindRescue } from "./rescue.ts";
import { bindConstant, bindVariable } from "./variable.ts";

type Binders = { readonly [K in Expr["kind"]]: (node: Extract<Expr, { kind: K }>, scope: Scope) => void };

const binders: Binders = {
  literal: () => {},
  interpolation: (node, scope) => bindSiblings(node.parts.filter(isExpr), scope),
  sigil: (node, scope) => bindSiblings(node.parts.filter(isExpr), scope),
  variable: bindVariable,
  constantRef: bindConstant,
  moduleRef: bindModuleValue,
  list: (node, scope) => bindSiblings(node.tail ? [...node.items, node.tail] : node.items, scope),
  tuple: (node, scope) => bindSiblings(node.items, scope),
  map: bindMap,
  unary: (node, scope) => bind(node.operand, scope),
  binary: (node, scope) =>
    lazyOperators.has(node.operator)
      ? bindLazy(node.left, node.right, scope)
      : bindSiblings([node.left, node.right], scope),
  match: bindMatch,
  call: bindCall,
  apply: (node, scope) => bindSiblings([node.fn, ...node.args], scope),
  field: (node, scope) => bind(node.object, scope),
  access: (node, scope) => bindSiblings([node.object, node.key], scope),
  fn: bindFn,
  capture: (node, scope) => bind(node.body, innerScope(scope)),
  captureArgument: () => {},
  functionRef: bindFunctionRef,
  case: bindCase,
  cond: bindCond,
  if: bindIf,
  with: bindWith,
  for: bindFor,
  try: bindTry,
  matchTest: bindMatchTest,
  block: bindBlock,
  invalid: (_node, scope) => {
    scope.unit.usage.broken = true;
  },
};

/** Binds an expression; what it binds itself is visible in `scope` from then on. */
export function bind<E extends Expr>(expr: E, scope: Scope): void {
  const binder = binders[expr.kind] as (node: Expr, scope: Scope) => void;
  binder(expr, scope);
}

/** Binds expressions that do not see each other's names, such as the arguments of a call. */
export function bindSiblings(exprs: readonly Expr[], scope: Scope): void {
  const [first] = exprs;
  if (first && exprs.length === 1) {
    bind(first, scope);
    return;
  }
  const inner = exprs.map((expr) => {
    const own = innerScope(scope);
    bind(expr, own);
    return own;
  });
  for (const own of inner) absorb(scope, own);
}

/** Binds a block whose names end with it. */
export function bindInner(block: Block | null, scope: Scope): void {
  if (block) bindBlock(block, innerScope(scope));
}

function isExpr(part: string | Expr): part is Expr {
  return typeof part !== "string";
}

const lazyOperators: ReadonlySet<string> = new Set(["&&", "||", "and", "or"]);

function bindLazy(left: Expr, right: Expr, scope: Scope): void {
  bind(left, scope);
  bind(right, innerScope(scope));
}

function bindBlock(block: Block, scope: Scope): void {
  for (const expr of block.expressions) bind(expr, scope);
}

function bindMap(node: MapExpr, scope: Scope): void {
  const parts = node.entries.flatMap((entry) => [entry.key, entry.value]);
  bindSiblings(node.base ? [node.base, ...parts] : parts, scope);
}

function bindMatch(node: Match, scope: Scope): void {
  bind(node.value, scope);
  bindPatterns([node.pattern], scope);
}

function bindMatchTest(node: MatchTest, scope: Scope): void {
  bind(node.value, scope);
  const inner = innerScope(scope);
  bindPatterns([node.pattern], inner);
  if (node.guard) bind(node.guard, inner);
}

interface AnyClause {
  readonly guard: Expr | null;
  readonly body: Block;
}

function bindClause(patterns: Parameters<typeof bindPatterns>[0], clause: AnyClause, scope: Scope): void {
  const inner = innerScope(scope);
  bindPatterns(patterns, inner);
  if (clause.guard) bind(clause.guard, inner);
  bindBlock(clause.body, inner);
}

export function bindFn(node: Fn, scope: Scope): void {
  for (const clause of node.clauses) bindClause(clause.params, clause, scope);
}

function bindCase(node: Case, scope: Scope): void {
  bind(node.subject, scope);
  for (const clause of node.clauses) bindClause([clause.pattern], clause, scope);
}

function bindCond(node: Cond, scope: Scope): void {
  for (const clause of node.clauses) {
    const inner = innerScope(scope);
    bind(clause.condition, inner);
    bindBlock(clause.body, inner);
  }
}

function bindIf(node: If, scope: Scope): void {
  bind(node.condition, scope);
  bindInner(node.then, scope);
  bindInner(node.else, scope);
}

function bindWith(node: With, scope: Scope): void {
  const inner = innerScope(scope);
  for (const binding of node.bindings) {
    bind(binding.value, inner);
    if (binding.kind === "plain") continue;
    bindPatterns([binding.pattern], inner);
    if (binding.guard) bind(binding.guard, inner);
  }
  bindBlock(node.body, inner);
  for (const clause of node.else) bindClause([clause.pattern], clause, scope);
}

function bindFor(node: For, scope: Scope): void {
  const inner = innerScope(scope);
  for (const qualifier of node.qualifiers) {
    if (qualifier.kind === "filter") {
      bind(qualifier.condition, inner);
      continue;
    }
    bind(qualifier.source, inner);
    bindPatterns([qualifier.pattern], inner);
    if (qualifier.guard) bind(qualifier.guard, inner);
  }
  for (const option of [node.into, node.uniq, node.reduce]) if (option) bind(option, innerScope(scope));
  for (const clause of node.reducer) bindClause([clause.pattern], clause, inner);
  bindInner(node.body, inner);
}

function bindTry(node: Try, scope: Scope): void {
  bindInner(node.body, scope);
  for (const clause of node.rescue) bindRescue(clause, scope);
  for (const clause of node.else) bindClause([clause.pattern], clause, scope);
  bindInner(node.after, scope);
}
