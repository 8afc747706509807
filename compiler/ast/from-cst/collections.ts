/** Lists, tuples and maps. */
import type { CstNode } from "@durablec/grammar";
import * as expressionRules from "../../diagnostics/catalog/syntax-expressions.ts";
import * as unsupportedRules from "../../diagnostics/catalog/syntax-unsupported.ts";
import type { Edit } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../source/source.ts";
import type { Expr, InvalidExpr, ListExpr, MapEntry, MapExpr, Name, TupleExpr } from "../nodes.ts";
import { type Arguments, argumentsOf, atomOf, keyOf, pairOf, refuseOpenCall, valuesOf } from "./arguments.ts";
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

export function tupleOf(context: Context, tuple: CstNode): TupleExpr | InvalidExpr {
  const args = argumentsOf(context, theNode(tuple, "items"));
  const span = spanOf(tuple);
  if (refusesPairs(context, args, span)) return { kind: "invalid", span };
  return { kind: "tuple", span, items: valuesOf(context, args) };
}

/** `{a: 1}`, which Elixir refuses, was meant as a map. */
export function refusesPairs(context: Context, { positional, keywords }: Arguments, span: Span): boolean {
  if (positional.length > 0 || keywords.length === 0) return false;
  report(context, expressionRules.pairsInTuple, span, undefined);
  return true;
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

/** The shape of a `map` node, or null for a struct; this is reported, and so are arrows after `key: value` pairs. */
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
  refuseLateArrow(context, entries);
  return { base, entries };
}

/** Elixir takes `key: value` pairs only at the end of a map. */
function refuseLateArrow(context: Context, entries: readonly RawEntry[]): void {
  const firstPair = entries.findIndex(({ key }) => isName(key));
  if (firstPair < 0) return;
  const mixed = entries.slice(firstPair);
  const late = mixed.find(({ key }) => !isName(key));
  if (late) report(context, expressionRules.arrowAfterPair, late.key.span, { edits: arrowsFirst(context, mixed) });
}

/** The entries in another order, each in the place of one, so that commas, lines and comments stay where they are. */
function arrowsFirst({ source }: Context, entries: readonly RawEntry[]): readonly Edit[] {
  const ordered = [...entries.filter(({ key }) => !isName(key)), ...entries.filter(({ key }) => isName(key))];
  return entries.flatMap((place, index) => {
    const { start, end } = entrySpan(ordered[index]!);
    return ordered[index] === place ? [] : [{ span: entrySpan(place), text: source.text.slice(start, end) }];
  });
}

function entrySpan({ key, value }: RawEntry): Span {
  return { start: key.span.start, end: spanOf(value).end };
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
  const shape = mapShape(context, map);
  const span = spanOf(map);
  if (!shape) return { kind: "invalid", span };
  const entries: MapEntry[] = shape.entries.map(({ key, computed, value }) => ({
    key: computed ?? (isName(key) ? atomOf(key) : exprOf(context, key)),
    value: buildExpr(context, value),
  }));
  return { kind: "map", span, base: shape.base && exprOf(context, shape.base), entries };
}
