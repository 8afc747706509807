/** The tree without knowledge of its kinds: what a node consists of, in the order of evaluation. */
import type { Block, Compensate, Expr, Node, Option, Param, Pattern, Step } from "./nodes.ts";

/** Told of each part. */
type Go = (node: Node) => void;

/** Parts are told one by one, for to make lists of them is what walks of a large tree spent their time on. */
type Parts = { readonly [K in Node["kind"]]: (node: Extract<Node, { kind: K }>, go: Go) => void };

interface AnyClause {
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: Block;
}

const leaf = (): void => {};

function each(nodes: readonly Node[], go: Go): void {
  for (const node of nodes) go(node);
}

function maybe(node: Node | null, go: Go): void {
  if (node !== null) go(node);
}

function clauses(all: readonly AnyClause[], go: Go): void {
  for (const { pattern, guard, body } of all) {
    go(pattern);
    maybe(guard, go);
    go(body);
  }
}

function params(all: readonly Param[], go: Go): void {
  for (const { pattern, default: fallback } of all) {
    go(pattern);
    maybe(fallback, go);
  }
}

function texts(parts: readonly (string | Expr)[], go: Go): void {
  for (const part of parts) if (typeof part !== "string") go(part);
}

function options(all: readonly Option[], go: Go): void {
  for (const { value } of all) go(value);
}

function declaration(node: Step | Compensate, go: Go): void {
  options(node.options, go);
  go(node.body);
}

const table: Parts = {
  module: (node, go) => each(node.items, go),
  use: leaf,
  alias: leaf,
  require: leaf,
  foreignImport: leaf,
  constant: (node, go) => go(node.value),
  typeDefinition: leaf,
  spec: leaf,
  functionClause: (node, go) => {
    params(node.params, go);
    maybe(node.guard, go);
    maybe(node.body, go);
  },
  schedule: (node, go) => options(node.options, go),
  workflow: (node, go) => {
    options(node.options, go);
    each(node.items, go);
  },

  step: declaration,
  branch: (node, go) => {
    go(node.on);
    for (const arm of node.clauses) {
      go(arm.pattern);
      maybe(arm.guard, go);
      each(arm.items, go);
    }
  },
  parallel: (node, go) => {
    options(node.options, go);
    each(node.items, go);
    maybe(node.into, go);
  },
  compensate: declaration,

  literal: leaf,
  interpolation: (node, go) => texts(node.parts, go),
  sigil: (node, go) => texts(node.parts, go),
  variable: leaf,
  constantRef: leaf,
  moduleRef: leaf,
  list: (node, go) => {
    each(node.items, go);
    maybe(node.tail, go);
  },
  tuple: (node, go) => each(node.items, go),
  map: (node, go) => {
    maybe(node.base, go);
    for (const { key, value } of node.entries) {
      go(key);
      go(value);
    }
  },
  unary: (node, go) => go(node.operand),
  binary: (node, go) => {
    go(node.left);
    go(node.right);
  },
  match: (node, go) => {
    go(node.value);
    go(node.pattern);
  },
  call: (node, go) => {
    maybe(node.module, go);
    each(node.args, go);
  },
  apply: (node, go) => {
    go(node.fn);
    each(node.args, go);
  },
  field: (node, go) => go(node.object),
  access: (node, go) => {
    go(node.object);
    go(node.key);
  },
  fn: (node, go) => {
    for (const { params, guard, body } of node.clauses) {
      each(params, go);
      maybe(guard, go);
      go(body);
    }
  },
  capture: (node, go) => go(node.body),
  captureArgument: leaf,
  functionRef: (node, go) => maybe(node.module, go),
  case: (node, go) => {
    go(node.subject);
    clauses(node.clauses, go);
  },
  cond: (node, go) => {
    for (const { condition, body } of node.clauses) {
      go(condition);
      go(body);
    }
  },
  if: (node, go) => {
    go(node.condition);
    go(node.then);
    maybe(node.else, go);
  },
  with: (node, go) => {
    for (const binding of node.bindings) {
      go(binding.value);
      if (binding.kind !== "arrow") continue;
      go(binding.pattern);
      maybe(binding.guard, go);
    }
    go(node.body);
    clauses(node.else, go);
  },
  for: (node, go) => {
    for (const qualifier of node.qualifiers) {
      if (qualifier.kind === "filter") go(qualifier.condition);
      else {
        go(qualifier.source);
        go(qualifier.pattern);
        maybe(qualifier.guard, go);
      }
    }
    for (const option of [node.into, node.uniq, node.reduce]) maybe(option, go);
    clauses(node.reducer, go);
    maybe(node.body, go);
  },
  try: (node, go) => {
    go(node.body);
    for (const { variable, body } of node.rescue) {
      maybe(variable, go);
      go(body);
    }
    clauses(node.else, go);
    maybe(node.after, go);
  },
  matchTest: (node, go) => {
    go(node.value);
    go(node.pattern);
    maybe(node.guard, go);
  },
  block: (node, go) => each(node.expressions, go),
  invalid: leaf,

  wildcardPattern: leaf,
  variablePattern: leaf,
  pinPattern: (node, go) => go(node.value),
  literalPattern: (node, go) => go(node.value),
  tuplePattern: (node, go) => each(node.items, go),
  listPattern: (node, go) => {
    each(node.items, go);
    maybe(node.tail, go);
  },
  mapPattern: (node, go) => {
    for (const { key, pattern } of node.entries) {
      go(key);
      go(pattern);
    }
  },
  bothPattern: (node, go) => {
    go(node.left);
    go(node.right);
  },
  prefixPattern: (node, go) => go(node.rest),
  invalidPattern: (node, go) => each(node.names, go),
};

/** Calls `go` on each node directly below, in the order in which they are evaluated. */
export function eachChild(node: Node, go: Go): void {
  (table[node.kind] as (node: Node, go: Go) => void)(node, go);
}

/** The nodes directly below, in the order in which they are evaluated. */
export function children(node: Node): Node[] {
  const found: Node[] = [];
  eachChild(node, (child) => {
    found.push(child);
  });
  return found;
}

/** The node itself and everything below it, outermost first. */
export function descendants(node: Node): Node[] {
  const found: Node[] = [];
  visit(node, (inner) => {
    found.push(inner);
    return true;
  });
  return found;
}

/** Calls `enter` on the node and all below it, outermost first; returning false leaves out what is below. */
export function visit(node: Node, enter: (node: Node) => boolean | undefined): void {
  const go: Go = (inner) => {
    if (enter(inner) !== false) eachChild(inner, go);
  };
  go(node);
}

/** Whether it holds for the node itself or anything below it. */
export function some(node: Node, holds: (node: Node) => boolean): boolean {
  let found = false;
  visit(node, (inner) => {
    found ||= holds(inner);
    return !found;
  });
  return found;
}
