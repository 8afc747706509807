/** The way from the file down to a place in it. */
import type { Expr, Module, Node, SourceFile } from "../ast/nodes.ts";
import { children } from "../ast/walk.ts";
import { contains } from "./names/name-span.ts";

/** The nodes around an offset, outermost first; just behind a node's last letter still is in it. */
export function pathTo(file: SourceFile, offset: number): Node[] {
  const path: Node[] = [];
  // What a module holds is looked at in the innermost one: a nested module lies within the text of another.
  let nodes: readonly Node[] = innermost(file.modules, offset);
  for (let node = inside(nodes, offset); node; node = inside(nodes, offset)) {
    path.push(node);
    nodes = children(node);
  }
  return path;
}

function innermost(modules: readonly Module[], offset: number): Module[] {
  const around = modules.filter(({ span }) => contains(span, offset));
  return around.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start)).slice(0, 1);
}

/** Of neighbours that meet at the offset, the one that begins there. */
function inside(nodes: readonly Node[], offset: number): Node | undefined {
  return (
    nodes.findLast(({ span }) => span.start <= offset && offset < span.end) ??
    nodes.find(({ span }) => contains(span, offset))
  );
}

export function expressionAt(file: SourceFile, offset: number): Expr | null {
  const last = pathTo(file, offset).at(-1);
  return last && isExpr(last) ? last : null;
}

const notExpressions: ReadonlySet<Node["kind"]> = new Set([
  "module",
  "use",
  "alias",
  "require",
  "foreignImport",
  "constant",
  "typeDefinition",
  "spec",
  "functionClause",
  "schedule",
  "workflow",
  "step",
  "branch",
  "parallel",
  "compensate",
]);

function isExpr(node: Node): node is Expr {
  return !notExpressions.has(node.kind) && !node.kind.endsWith("Pattern");
}
