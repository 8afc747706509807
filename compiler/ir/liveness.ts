/**
 * Which locals a piece of code needs from outside. Locals are bound once and scoped by the text, so what is live at a
 * point is what the code after it reads and does not bind itself; no fixpoint is needed.
 */
import type { Node } from "../ast/nodes.ts";
import { eachChild } from "../ast/walk.ts";
import type { Local } from "../resolve/resolved.ts";
import type { Facts } from "./lower/facts.ts";
import type { Statement } from "./machine.ts";
import { partsOf } from "./statements.ts";

export function freeLocals(statements: readonly Statement[], facts: Facts): Set<Local> {
  const { read, bound } = find(statements, facts);
  return new Set([...read].filter((local) => !bound.has(local)));
}

/** Every local that the code reads, bound in it or not. */
export function readLocals(statements: readonly Statement[], facts: Facts): ReadonlySet<Local> {
  return find(statements, facts).read;
}

function find(statements: readonly Statement[], facts: Facts): Found {
  const found: Found = { read: new Set(), bound: new Set() };
  for (const statement of statements) visitStatement(statement, facts, found);
  return found;
}

interface Found {
  readonly read: Set<Local>;
  readonly bound: Set<Local>;
}

function visitStatement(statement: Statement, facts: Facts, found: Found): void {
  const { nodes, statements, binds, reads } = partsOf(statement);
  for (const local of binds) found.bound.add(local);
  for (const local of reads) found.read.add(local);
  for (const node of nodes) visitNode(node, facts, found);
  for (const inner of statements) visitStatement(inner, facts, found);
}

function visitNode(node: Node, facts: Facts, found: Found): void {
  if (node.kind === "variable" || node.kind === "variablePattern") {
    const local = facts.localOf(node);
    if (local) found[node.kind === "variable" ? "read" : "bound"].add(local);
    return;
  }
  eachChild(node, (child) => visitNode(child, facts, found));
}
