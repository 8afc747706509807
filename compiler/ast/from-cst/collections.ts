/** Lists, tuples and maps. */
import type { CstNode } from "@durablec/grammar";
import * as expressionRules from "../../diagnostics/catalog/syntax-expressions.ts";
import * as unsupportedRules from "../../diagnostics/catalog/syntax-unsupported.ts";
import type { Expr, ListExpr, MapEntry, MapExpr, Name, TupleExpr } from "../nodes.ts";
import { argumentsOf, atomOf, keyOf, keywordList, pairOf, refuseOpenCall } from "./arguments.ts";
import { type Context, report } from "./context.ts";
import { node, nodes, spanOf, theNode, token } from "./cst.ts";
import { buildExpr, exprOf, readTerm } from "./expressions.ts";
import type { Term } from "./terms.ts";

/** The terms of a list's positional items and of what follows its bar. */
export interface ListShape {
  readonly items: readonly Term[];
  readonly tail: Term | null;
}

export function listShape(context: Context, positional: readonly CstNode[]): ListShape {
  const items = positional.map((item) => readTerm(context, item)).filter((item) => item !== null);
  const last = items.at(-1);
  if (last?.kind !== "infix" || last.symbol !== "|") return { items, tail: null };
  return { items: [...items.slice(0, -1), last.left], tail: last.right };
}

export function listOf(context: Context, list: CstNode): ListExpr {
  const { positional, keywords } = argumentsOf(context, theNode(list, "items"));
  const { items, tail } = listShape(context, positional);
  return {
    kind: "list",
    span: spanOf(list),
    items: [...items.map((item) => exprOf(context, item)), ...keywords.map((keyword) => pairOf(context, keyword))],
    tail: tail && exprOf(context, tail),
    keyword: positional.length === 0 && keywords.length > 0,
  };
}

export function tupleOf(context: Context, tuple: CstNode): TupleExpr {
  const { positional, keywords } = argumentsOf(context, theNode(tuple, "items"));
  const items: Expr[] = positional.map((item) => buildExpr(context, item));
  if (keywords.length > 0) items.push(keywordList(context, keywords));
  return { kind: "tuple", span: spanOf(tuple), items };
}

/** What a map holds, before its keys and values are read as expressions, patterns or types. */
export interface MapShape {
  readonly base: Term | null;
  readonly entries: readonly RawEntry[];
}

export interface RawEntry {
  readonly key: Name | Term;
  /** The key of a pair as an expression when it interpolates. */
  readonly computed: Expr | null;
  readonly value: CstNode;
}

export function isName(key: Name | Term): key is Name {
  return "text" in key;
}

/** The shape of a map of values or patterns, whose `key: value` pairs come last. */
export function orderedMapShape(context: Context, map: CstNode): MapShape | null {
  const shape = mapShape(context, map);
  const entries = shape?.entries ?? [];
  const firstPair = entries.findIndex(({ key }) => isName(key));
  const misplaced = entries.find(({ key }, index) => firstPair >= 0 && index > firstPair && !isName(key));
  if (misplaced) report(context, expressionRules.keywordsLast, misplaced.key.span, undefined);
  return shape;
}

/** The shape of a `map` node, or null for a struct, which is reported. */
export function mapShape(context: Context, map: CstNode): MapShape | null {
  if (token(map, "Percent")) {
    const name = token(map, "ModuleName") ?? token(map, "Name");
    report(context, unsupportedRules.unsupportedStruct, spanOf(map), { name: name?.image ?? "" });
    return null;
  }
  let base: Term | null = null;
  const entries: RawEntry[] = [];
  nodes(map, "entry").forEach((entry, index) => {
    const read = entryShape(context, entry, index === 0);
    base = read.base ?? base;
    entries.push(...read.entries);
  });
  return { base, entries };
}

function entryShape(context: Context, entry: CstNode, first: boolean): MapShape {
  const expressions = nodes(entry, "expression");
  for (const expression of expressions) refuseOpenCall(context, expression);
  const [left, right] = expressions;
  const key = node(entry, "key");
  const bar = token(entry, "Bar");
  if (key && bar && left && right) {
    if (!first) report(context, expressionRules.misplacedOperator, spanOf(bar), { operator: "|" });
    return { base: readTerm(context, left), entries: [{ ...keyOf(context, key), value: right }] };
  }
  if (key && left) return { base: null, entries: [{ ...keyOf(context, key), value: left }] };
  const term = left ? readTerm(context, left) : null;
  if (!term) return { base: null, entries: [] };
  return token(entry, "FatArrow") && right ? arrowEntry(term, right, first) : keyless(context, term);
}

/** In `%{base | key => value}` the bar binds looser than the arrow. */
function arrowEntry(term: Term, value: CstNode, first: boolean): MapShape {
  if (first && term.kind === "infix" && term.symbol === "|") {
    return { base: term.left, entries: [{ key: term.right, computed: null, value }] };
  }
  return { base: null, entries: [{ key: term, computed: null, value }] };
}

function keyless(context: Context, term: Term): MapShape {
  const built = exprOf(context, term);
  if (built.kind !== "invalid") report(context, expressionRules.mapEntry, term.span, undefined);
  return { base: null, entries: [] };
}

export function mapOf(context: Context, map: CstNode): MapExpr | Expr {
  const shape = orderedMapShape(context, map);
  const span = spanOf(map);
  if (!shape) return { kind: "invalid", span };
  const entries: MapEntry[] = shape.entries.map(({ key, computed, value }) => ({
    key: computed ?? (isName(key) ? atomOf(key) : exprOf(context, key)),
    value: buildExpr(context, value),
  }));
  return { kind: "map", span, base: shape.base && exprOf(context, shape.base), entries };
}
