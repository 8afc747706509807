/** Terms to patterns. What cannot be matched against is reported, and matches nothing. */
import type { CstNode } from "@durablec/grammar";
import * as patternRules from "../../diagnostics/catalog/syntax-patterns.ts";
import type { Span } from "../../source/source.ts";
import type { Expr, InvalidPattern, Literal, Pattern, VariablePattern } from "../nodes.ts";
import { type Arguments, argumentsOf, atomOf } from "./arguments.ts";
import { isName, listShape, mapShape, refusesPairs } from "./collections.ts";
import { type Context, excerpt, report } from "./context.ts";
import { isEmpty, node, nodes, spanOf, theNode, token } from "./cst.ts";
import { exprOf, readTerm } from "./expressions.ts";
import type { InfixTerm, OperandTerm, PrefixTerm, Term } from "./terms.ts";

/** Whatever the words in it were meant to bind is bound, so that nothing more is said about them. */
export function invalidPattern({ source }: Context, span: Span): InvalidPattern {
  const words = source.text.slice(span.start, span.end).matchAll(/\b[a-z_]\w*/g);
  const names = [...words].map(({ 0: name, index }): VariablePattern => {
    const start = span.start + index;
    return { kind: "variablePattern", span: { start, end: start + name.length }, name };
  });
  return { kind: "invalidPattern", span, names };
}

export function patternOf(context: Context, term: Term): Pattern {
  switch (term.kind) {
    case "operand":
      return operandPattern(context, term);
    case "prefix":
      return prefixPattern(context, term);
    case "infix":
      return infixPattern(context, term);
  }
}

export function buildPattern(context: Context, expression: CstNode): Pattern {
  const term = readTerm(context, expression);
  return term ? patternOf(context, term) : invalidPattern(context, spanOf(expression));
}

function refuse(context: Context, span: Span): InvalidPattern {
  report(context, patternRules.notAPattern, span, { text: excerpt(context, span) });
  return invalidPattern(context, span);
}

function operandPattern(context: Context, term: OperandTerm): Pattern {
  const alone = ["suffix", "bareArguments", "doBlock"].every((part) => node(term.node, part) === null);
  const compound = alone ? compoundPattern(context, term.node) : null;
  return compound ?? leafPattern(context, exprOf(context, term));
}

function compoundPattern(context: Context, operand: CstNode): Pattern | null {
  const list = node(operand, "list");
  if (list) return listPattern(context, list);
  const tuple = node(operand, "tuple");
  if (tuple) return tuplePattern(context, tuple);
  const map = node(operand, "map");
  if (map) return mapPattern(context, map);
  const group = node(operand, "group");
  return group && groupPattern(context, group);
}

function leafPattern(context: Context, expr: Expr): Pattern {
  switch (expr.kind) {
    case "variable":
      return expr.name === "_"
        ? { kind: "wildcardPattern", span: expr.span }
        : { kind: "variablePattern", span: expr.span, name: expr.name };
    case "literal":
    case "constantRef":
    case "sigil":
      return { kind: "literalPattern", span: expr.span, value: expr };
    case "invalid":
      return invalidPattern(context, expr.span);
    default:
      return refuse(context, expr.span);
  }
}

/** Keyword items are two-tuples whose key is an atom. */
function sequenceOf(context: Context, { positional, keywords }: Arguments) {
  const pairs = keywords.map(({ key, computed, value, span }): Pattern => {
    const first = leafPattern(context, computed ?? atomOf(key));
    return { kind: "tuplePattern", span, items: [first, buildPattern(context, value)] };
  });
  return { positional, pairs };
}

function listPattern(context: Context, list: CstNode): Pattern {
  const { positional, pairs } = sequenceOf(context, argumentsOf(context, theNode(list, "items")));
  const { items, tail } = listShape(context, positional);
  return {
    kind: "listPattern",
    span: spanOf(list),
    items: [...items.map((item) => patternOf(context, item)), ...pairs],
    tail: tail && patternOf(context, tail),
  };
}

function tuplePattern(context: Context, tuple: CstNode): Pattern {
  const args = argumentsOf(context, theNode(tuple, "items"));
  const span = spanOf(tuple);
  if (refusesPairs(context, args, span)) return invalidPattern(context, span);
  const { positional, pairs } = sequenceOf(context, args);
  return { kind: "tuplePattern", span, items: [...positional.map((item) => buildPattern(context, item)), ...pairs] };
}

function mapPattern(context: Context, map: CstNode): Pattern {
  const span = spanOf(map);
  const shape = mapShape(context, map);
  if (!shape) return invalidPattern(context, span);
  if (shape.base) return refuse(context, span);
  const entries = shape.entries.map(({ key, computed, value }) => ({
    key: computed ?? (isName(key) ? atomOf(key) : keyExpr(context, key)),
    pattern: buildPattern(context, value),
  }));
  return { kind: "mapPattern", span, entries };
}

/** `%{^key => value}` looks under the value of a variable. */
function keyExpr(context: Context, key: Term): Expr {
  const pinned = key.kind === "prefix" && key.operator.image === "^";
  return exprOf(context, pinned ? key.operand : key);
}

function groupPattern(context: Context, group: CstNode): Pattern {
  const block = theNode(group, "block");
  const [statement, another] = isEmpty(block) ? [] : nodes(block, "statement");
  const [inner, more] = statement ? nodes(statement, "expression") : [];
  if (!statement || !inner || another || more || token(statement, "Arrow")) return refuse(context, spanOf(group));
  return buildPattern(context, inner);
}

function prefixPattern(context: Context, term: PrefixTerm): Pattern {
  if (term.operator.image === "^") return { kind: "pinPattern", span: term.span, value: exprOf(context, term.operand) };
  const negated = term.operator.image === "-" ? negative(exprOf(context, term.operand), term.span) : null;
  return negated ? { kind: "literalPattern", span: term.span, value: negated } : refuse(context, term.span);
}

/** A negative number is one literal in a pattern or type. */
export function negative(expr: Expr, span: Span): Literal | null {
  if (expr.kind !== "literal" || typeof expr.value !== "number") return null;
  return { kind: "literal", span, type: expr.type, value: -expr.value };
}

function infixPattern(context: Context, term: InfixTerm): Pattern {
  if (term.symbol === "=") {
    const left = patternOf(context, term.left);
    return { kind: "bothPattern", span: term.span, left, right: patternOf(context, term.right) };
  }
  if (term.symbol === ".." || term.symbol === "//") {
    report(context, patternRules.rangePattern, term.span, undefined);
    return invalidPattern(context, term.span);
  }
  const prefix = term.symbol === "<>" ? exprOf(context, term.left) : null;
  if (prefix?.kind === "literal" && prefix.type === "string") {
    return {
      kind: "prefixPattern",
      span: term.span,
      prefix: String(prefix.value),
      rest: patternOf(context, term.right),
    };
  }
  return prefix?.kind === "invalid" ? invalidPattern(context, term.span) : refuse(context, term.span);
}
