/** Terms to types. */
import type { CstNode } from "@durablec/grammar";
import * as expressionRules from "../../diagnostics/catalog/syntax-expressions.ts";
import type { Span } from "../../source/source.ts";
import type { Expr, InvalidType, MapType, Name, TypeExpr } from "../nodes.ts";
import { argumentsOf } from "./arguments.ts";
import { foldStatements, type RawClause } from "./clauses.ts";
import { isName, mapShape, type RawEntry } from "./collections.ts";
import { type Context, excerpt, report } from "./context.ts";
import { isEmpty, node, nodes, spanOf, theNode, theToken, token } from "./cst.ts";
import { exprOf, readTerm } from "./expressions.ts";
import { negative } from "./patterns.ts";
import type { InfixTerm, OperandTerm, Term } from "./terms.ts";

export function buildType(context: Context, expression: CstNode): TypeExpr {
  const term = readTerm(context, expression);
  return term ? typeOf(context, term) : invalidType(spanOf(expression));
}

function invalidType(span: Span): InvalidType {
  return { kind: "invalidType", span };
}

function refuse(context: Context, span: Span): InvalidType {
  report(context, expressionRules.notAType, span, { text: excerpt(context, span) });
  return invalidType(span);
}

export function typeOf(context: Context, term: Term): TypeExpr {
  if (term.kind === "operand") return operandType(context, term);
  if (term.kind === "prefix") return literalType(context, term);
  if (term.symbol === "|") return { kind: "unionType", span: term.span, members: membersOf(context, term) };
  return term.symbol === "::" ? annotated(context, term) : refuse(context, term.span);
}

/** `id :: integer()`, which names a parameter for the reader only. */
function annotated(context: Context, { left, right }: InfixTerm): TypeExpr {
  const name = typeOf(context, left);
  if (name.kind !== "typeVariable" && name.kind !== "invalidType") refuse(context, left.span);
  return typeOf(context, right);
}

function membersOf(context: Context, term: Term): readonly TypeExpr[] {
  if (term.kind !== "infix" || term.symbol !== "|") return [typeOf(context, term)];
  return [...membersOf(context, term.left), ...membersOf(context, term.right)];
}

function operandType(context: Context, term: OperandTerm): TypeExpr {
  const operand = term.node;
  const suffixes = nodes(term.node, "suffix");
  if (node(term.node, "bareArguments") || node(term.node, "doBlock")) return refuse(context, term.span);
  if (token(operand, "Name") || token(operand, "ModuleName")) return namedType(context, term, suffixes);
  if (suffixes.length > 0) return refuse(context, term.span);
  return compoundType(context, operand) ?? literalType(context, term);
}

function namedType(context: Context, term: OperandTerm, suffixes: readonly CstNode[]): TypeExpr {
  const local = token(term.node, "Name");
  const [first, ...others] = suffixes;
  if (local) {
    if (!first) return { kind: "typeVariable", span: term.span, name: local.image };
    const args = node(first, "callArguments");
    if (!args || token(first, "Dot") || others.length > 0) return refuse(context, term.span);
    return { kind: "namedType", span: term.span, module: null, name: local.image, args: typesIn(context, args) };
  }
  const word = first && token(first, "Name");
  const [called, ...more] = others;
  const args = called && !token(called, "Dot") ? node(called, "callArguments") : null;
  if (!word || more.length > 0 || (called && !args)) return refuse(context, term.span);
  const module = theToken(term.node, "ModuleName").image;
  return { kind: "namedType", span: term.span, module, name: word.image, args: args ? typesIn(context, args) : [] };
}

/** Types in parentheses after a name, or in a tuple. */
export function typesIn(context: Context, parent: CstNode): readonly TypeExpr[] {
  const { positional, keywords } = argumentsOf(context, parent);
  const [keyword] = keywords;
  if (keyword) refuse(context, keyword.span);
  return positional.map((type) => buildType(context, type));
}

function compoundType(context: Context, operand: CstNode): TypeExpr | null {
  const tuple = node(operand, "tuple");
  if (tuple) return { kind: "tupleType", span: spanOf(tuple), items: typesIn(context, theNode(tuple, "items")) };
  const list = node(operand, "list");
  if (list) return listType(context, list);
  const map = node(operand, "map");
  if (map) return mapType(context, map);
  const group = node(operand, "group");
  return group && groupType(context, group);
}

function listType(context: Context, list: CstNode): TypeExpr {
  const items = typesIn(context, theNode(list, "items"));
  const [element, more] = items;
  if (!element || more) return refuse(context, spanOf(list));
  return { kind: "listType", span: spanOf(list), element };
}

/** `(a, b -> c)` is a function's type, `(a | b)` only a group. */
function groupType(context: Context, group: CstNode): TypeExpr {
  const block = theNode(group, "block");
  const { loose, clauses } = isEmpty(block) ? { loose: [], clauses: [] } : foldStatements(block);
  const [clause, another] = clauses;
  const [inner, more] = loose.flat();
  if (clause && !another && loose.length === 0) return fnType(context, clause, spanOf(group));
  if (clause || !inner || more) return refuse(context, spanOf(group));
  return buildType(context, inner);
}

function fnType(context: Context, { heads, body }: RawClause, span: Span): TypeExpr {
  const [result, more] = body.flat();
  if (!result || more) return refuse(context, span);
  const params = heads.flatMap((head) => (isUnit(head) ? [] : [buildType(context, head)]));
  return { kind: "fnType", span, params, result: buildType(context, result) };
}

/** `(() -> t)` takes nothing. */
function isUnit(head: CstNode): boolean {
  const [operand] = nodes(head, "operand");
  const group = operand && node(operand, "group");
  return group ? isEmpty(theNode(group, "block")) : false;
}

function literalType(context: Context, term: Term): TypeExpr {
  const expr = term.kind === "prefix" ? exprOf(context, term.operand) : exprOf(context, term);
  if (expr.kind === "invalid") return invalidType(term.span);
  const value = term.kind === "prefix" ? negativeOf(term.operator.image, expr, term.span) : expr;
  return value?.kind === "literal" ? { kind: "literalType", span: term.span, value } : refuse(context, term.span);
}

function negativeOf(operator: string, expr: Expr, span: Span): Expr | null {
  return operator === "-" ? negative(expr, span) : null;
}

function mapType(context: Context, map: CstNode): TypeExpr {
  const span = spanOf(map);
  const shape = mapShape(context, map);
  if (!shape) return invalidType(span);
  if (shape.base) return refuse(context, span);
  const fields: MapType["fields"][number][] = [];
  let rest: MapType["rest"] = null;
  for (const entry of shape.entries) {
    const type = buildType(context, entry.value);
    const { key, optional } = keyOf(context, entry);
    if ("text" in key) fields.push({ name: key.text, optional, type });
    else if (rest) refuse(context, key.span);
    else rest = { key, value: type };
  }
  return { kind: "mapType", span, fields, rest };
}

interface TypeKey {
  readonly key: Name | TypeExpr;
  readonly optional: boolean;
}

/** `k:`, `:k =>`, `"k" =>` name a field; `optional(…)` makes it optional; a type stands for every further key. */
function keyOf(context: Context, { key, computed }: RawEntry): TypeKey {
  if (computed) return { key: refuse(context, computed.span), optional: false };
  if (isName(key)) return { key, optional: false };
  const type = typeOf(context, key);
  const marked = type.kind === "namedType" && type.module === null && markers.has(type.name);
  const inner = marked && type.args.length === 1 ? type.args[0]! : type;
  const optional = marked && type.name === "optional";
  if (inner.kind !== "literalType") return { key: inner, optional };
  return { key: { text: String(inner.value.value), span: inner.span }, optional };
}

const markers = new Set(["optional", "required"]);
