/** `def` and `defp`: one clause each. */
import type { CstNode } from "@durablec/grammar";
import * as declarationRules from "../../diagnostics/catalog/syntax-declarations.ts";
import type { Block, FunctionClause, Name, Param } from "../nodes.ts";
import { argumentsOf, declaredArguments } from "./arguments.ts";
import { type Context, report } from "./context.ts";
import { nameOf, node, nodes, spanOf, token } from "./cst.ts";
import { exprOf, readTerm } from "./expressions.ts";
import { refuseOptions } from "./forms/conditions.ts";
import { partBlock, partsOf } from "./forms/parts.ts";
import { tryOf } from "./forms/try.ts";
import { guardedOf } from "./guards.ts";
import { buildPattern, patternOf } from "./patterns.ts";
import type { Term } from "./terms.ts";

export function definitionOf(context: Context, definition: CstNode): FunctionClause | null {
  const args = declaredArguments(context, definition);
  const [first, second] = args.positional;
  const term = first ? readTerm(context, first) : null;
  const { term: named = null, guard = null } = term ? guardedOf(context, term) : {};
  const head = headOf(context, named);
  if (!head || second) {
    const place = second ?? first ?? definition;
    report(context, declarationRules.badDefinition, spanOf(place), undefined);
    return null;
  }
  return {
    kind: "functionClause",
    span: spanOf(definition),
    name: head.name,
    visibility: token(definition, "Defp") ? "private" : "public",
    doc: null,
    params: head.params,
    guard,
    body: bodyOf(context, definition, head.name, args),
  };
}

interface FunctionHead {
  readonly name: Name;
  readonly params: readonly Param[];
}

/** `name` or `name(params)`. */
function headOf(context: Context, term: Term | null): FunctionHead | null {
  if (term?.kind !== "operand") return null;
  const name = token(term.node, "Name");
  const [suffix, more] = nodes(term.node, "suffix");
  if (!name || more || node(term.node, "bareArguments")) return null;
  if (!suffix) return { name: nameOf(name), params: [] };
  const called = node(suffix, "callArguments");
  if (!called || token(suffix, "Dot")) return null;
  const { positional, keywords } = argumentsOf(context, called);
  for (const { span } of keywords) report(context, declarationRules.badDefinition, span, undefined);
  return { name: nameOf(name), params: positional.map((param) => paramOf(context, param)) };
}

function paramOf(context: Context, param: CstNode): Param {
  const term = readTerm(context, param);
  if (term?.kind !== "infix" || term.symbol !== "\\\\") return { pattern: buildPattern(context, param), default: null };
  return { pattern: patternOf(context, term.left), default: exprOf(context, term.right) };
}

/** Null for a head without a body. A function's block may rescue like a `try`. */
function bodyOf(
  context: Context,
  definition: CstNode,
  name: Name,
  args: ReturnType<typeof declaredArguments>,
): Block | null {
  const span = spanOf(definition);
  const given = { args, block: node(definition, "doBlock"), piped: null, parentheses: false, span };
  const { parts, options } = partsOf(context, name, given, ["do", "rescue", "else", "after"]);
  refuseOptions(context, name, options);
  const body = parts.get("do");
  if (!body) return null;
  const block = partBlock(context, body);
  if (parts.size === 1) return block;
  const whole = { start: body.word.start, end: span.end };
  return { kind: "block", span: whole, expressions: [tryOf(context, parts, whole)] };
}
