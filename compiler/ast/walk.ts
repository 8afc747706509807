/** The tree without knowledge of its kinds: what a node consists of, in the order of evaluation. */
import type { Block, Expr, Node, Param, Pattern, WorkflowItem } from "./nodes.ts";

type Nodes = readonly (Node | null)[];

type Children = { readonly [K in Node["kind"]]: (node: Extract<Node, { kind: K }>) => Nodes };

interface AnyClause {
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: Block;
}

const leaf = (): Nodes => [];
const clause = ({ pattern, guard, body }: AnyClause): Nodes => [pattern, guard, body];
const param = ({ pattern, default: fallback }: Param): Nodes => [pattern, fallback];
const texts = (parts: readonly (string | Expr)[]): Nodes => parts.filter((part) => typeof part !== "string");
const options = (node: { readonly options: readonly { readonly value: Expr }[] }): Nodes =>
  node.options.map(({ value }) => value);
const items = (node: { readonly items: readonly WorkflowItem[] }): Nodes => node.items;

const table: Children = {
  module: (node) => node.items,
  use: leaf,
  alias: leaf,
  require: leaf,
  foreignImport: leaf,
  constant: (node) => [node.value],
  typeDefinition: leaf,
  spec: leaf,
  functionClause: (node) => [...node.params.flatMap(param), node.guard, node.body],
  schedule: options,
  workflow: (node) => [...options(node), ...items(node)],

  step: (node) => [...options(node), node.body],
  branch: (node) => [node.on, ...node.clauses.flatMap((arm) => [arm.pattern, arm.guard, ...arm.items])],
  parallel: (node) => [...options(node), ...items(node), node.into],
  compensate: (node) => [...options(node), node.body],

  literal: leaf,
  interpolation: (node) => texts(node.parts),
  sigil: (node) => texts(node.parts),
  variable: leaf,
  constantRef: leaf,
  moduleRef: leaf,
  list: (node) => [...node.items, node.tail],
  tuple: (node) => node.items,
  map: (node) => [node.base, ...node.entries.flatMap(({ key, value }) => [key, value])],
  unary: (node) => [node.operand],
  binary: (node) => [node.left, node.right],
  match: (node) => [node.value, node.pattern],
  call: (node) => [node.module, ...node.args],
  apply: (node) => [node.fn, ...node.args],
  field: (node) => [node.object],
  access: (node) => [node.object, node.key],
  fn: (node) => node.clauses.flatMap(({ params, guard, body }) => [...params, guard, body]),
  capture: (node) => [node.body],
  captureArgument: leaf,
  functionRef: (node) => [node.module],
  case: (node) => [node.subject, ...node.clauses.flatMap(clause)],
  cond: (node) => node.clauses.flatMap(({ condition, body }) => [condition, body]),
  if: (node) => [node.condition, node.then, node.else],
  with: (node) => [
    ...node.bindings.flatMap(
      (binding): Nodes =>
        binding.kind === "arrow" ? [binding.value, binding.pattern, binding.guard] : [binding.value],
    ),
    node.body,
    ...node.else.flatMap(clause),
  ],
  for: (node) => [
    ...node.qualifiers.flatMap(
      (qualifier): Nodes =>
        qualifier.kind === "filter" ? [qualifier.condition] : [qualifier.source, qualifier.pattern, qualifier.guard],
    ),
    node.into,
    node.uniq,
    node.reduce,
    ...node.reducer.flatMap(clause),
    node.body,
  ],
  try: (node) => [
    node.body,
    ...node.rescue.flatMap(({ variable, body }) => [variable, body]),
    ...node.else.flatMap(clause),
    node.after,
  ],
  matchTest: (node) => [node.value, node.pattern, node.guard],
  block: (node) => node.expressions,
  invalid: leaf,

  wildcardPattern: leaf,
  variablePattern: leaf,
  pinPattern: (node) => [node.value],
  literalPattern: (node) => [node.value],
  tuplePattern: (node) => node.items,
  listPattern: (node) => [...node.items, node.tail],
  mapPattern: (node) => node.entries.flatMap(({ key, pattern }) => [key, pattern]),
  bothPattern: (node) => [node.left, node.right],
  prefixPattern: (node) => [node.rest],
  invalidPattern: (node) => node.names,
};

/** The nodes directly below, in the order in which they are evaluated. */
export function children(node: Node): Node[] {
  const list = table[node.kind] as (node: Node) => Nodes;
  return list(node).filter((child) => child !== null);
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
  if (enter(node) === false) return;
  for (const child of children(node)) visit(child, enter);
}

/** Whether it holds for the node itself or anything below it. */
export function some(node: Node, holds: (node: Node) => boolean): boolean {
  return holds(node) || children(node).some((child) => some(child, holds));
}
