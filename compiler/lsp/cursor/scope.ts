/** The variables that can be read at a place. */
import type { Clause, Expr, Node, Pattern, SourceFile } from "../../ast/nodes.ts";
import { children, descendants } from "../../ast/walk.ts";
import type { Local, TypedProgram } from "../../resolve/resolved.ts";
import { contains } from "../names/name-span.ts";
import { pathTo } from "../tree.ts";

/** By name, the newest binding of each. */
export function localsAt(file: SourceFile, offset: number, { resolved }: TypedProgram): ReadonlyMap<string, Local> {
  const found = new Map<string, Local>();
  for (const pattern of pathTo(file, offset).flatMap((node) => boundBy(node, offset))) {
    for (const node of descendants(pattern)) {
      const local = node.kind === "variablePattern" ? resolved.locals.get(node) : undefined;
      if (local) found.set(local.name, local);
    }
  }
  return found;
}

/** What a construct around the place has bound before it. */
function boundBy(node: Node, offset: number): readonly Pattern[] {
  switch (node.kind) {
    case "functionClause":
      return node.body && node.body.span.start <= offset ? node.params.map(({ pattern }) => pattern) : [];
    case "fn":
      return around(node.clauses, offset).flatMap(({ params }) => params);
    case "case":
      return ofClauses(node.clauses, offset);
    case "block":
      return node.expressions.filter(({ span }) => span.end < offset).flatMap(matchesIn);
    case "with": {
      const before = node.bindings.filter(({ span }) => span.end < offset);
      const bound = before.flatMap((each) => (each.kind === "arrow" ? [each.pattern] : matchesIn(each.value)));
      const inElse = ofClauses(node.else, offset);
      return inElse.length > 0 ? inElse : bound;
    }
    case "for": {
      const before = node.qualifiers.filter(({ span }) => span.end < offset);
      const bound = before.flatMap((each) => (each.kind === "generator" ? [each.pattern] : []));
      return [...bound, ...ofClauses(node.reducer, offset)];
    }
    case "try": {
      const rescued = around(node.rescue, offset).flatMap(({ variable }) => (variable ? [variable] : []));
      return [...rescued, ...ofClauses(node.else, offset)];
    }
    default:
      return [];
  }
}

function around<C extends { readonly span: Node["span"] }>(clauses: readonly C[], offset: number): C[] {
  return clauses.filter(({ span }) => contains(span, offset));
}

function ofClauses(clauses: readonly Clause[], offset: number): Pattern[] {
  return around(clauses, offset).map(({ pattern }) => pattern);
}

/** These keep what they bind to themselves. */
const closed: ReadonlySet<Node["kind"]> = new Set([
  "fn",
  "case",
  "cond",
  "if",
  "with",
  "for",
  "try",
  "capture",
  "matchTest",
]);

function matchesIn(expr: Expr): Pattern[] {
  if (closed.has(expr.kind)) return [];
  const own = expr.kind === "match" ? [expr.pattern] : [];
  return [...own, ...children(expr).filter(isExpr).flatMap(matchesIn)];
}

function isExpr(node: Node): node is Expr {
  return !node.kind.endsWith("Pattern");
}
