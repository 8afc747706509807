/** Terms to expressions: what each operator means, and the operands behind them. */
import type { CstNode } from "@durablec/grammar";
import * as callRules from "../../diagnostics/catalog/syntax-calls.ts";
import * as expressionRules from "../../diagnostics/catalog/syntax-expressions.ts";
import * as patternRules from "../../diagnostics/catalog/syntax-patterns.ts";
import * as textRules from "../../diagnostics/catalog/syntax-text.ts";
import * as unsupportedRules from "../../diagnostics/catalog/syntax-unsupported.ts";
import type { Span } from "../../source/source.ts";
import type { Block, Expr, InvalidExpr } from "../nodes.ts";
import { captureOf } from "./captures.ts";
import { foldStatements } from "./clauses.ts";
import { type Context, report } from "./context.ts";
import { countOf, isEmpty, isToken, spanOf } from "./cst.ts";
import { buildOperand } from "./operands.ts";
import { isPlainOperator, isUnaryOperator } from "./operators.ts";
import { patternOf } from "./patterns.ts";
import { type InfixTerm, type PrefixTerm, type Term, termOf } from "./terms.ts";

/** Later phases walk the tree by recursion, so one expression may not be an endless chain. */
const longestChain = 1000;

export function invalid(span: Span): InvalidExpr {
  return { kind: "invalid", span };
}

/** The expression an `expression` node holds. */
export function buildExpr(context: Context, node: CstNode): Expr {
  const term = readTerm(context, node);
  return term ? exprOf(context, term) : invalid(spanOf(node));
}

/** The term of an `expression` node, or null when it is too long to be walked, which is then reported. */
export function readTerm(context: Context, node: CstNode): Term | null {
  const length = lengthOf(node);
  if (length <= longestChain) return termOf(node);
  report(context, textRules.tooDeep, spanOf(node), { what: `${length} operators in one expression` });
  return null;
}

/** Operands, and the operators before them. */
function lengthOf(expression: CstNode): number {
  let length = 0;
  for (const part of expression.parts) if (!isToken(part)) length += 1 + countOf(part, "UnaryOperator");
  return length;
}

export function exprOf(context: Context, term: Term): Expr {
  switch (term.kind) {
    case "operand":
      return buildOperand(context, term.node, term.span, null);
    case "prefix":
      return prefixOf(context, term);
    case "infix":
      return infixOf(context, term);
  }
}

function prefixOf(context: Context, term: PrefixTerm): Expr {
  const operator = term.operator.image;
  if (operator === "&") return captureOf(context, term);
  if (isUnaryOperator(operator)) {
    return { kind: "unary", span: term.span, operator, operand: exprOf(context, term.operand) };
  }
  report(context, expressionRules.misplacedOperator, spanOf(term.operator), { operator: "^" });
  return invalid(term.span);
}

/** Operators with a meaning of their own; every other is a plain binary operation. */
function infixOf(context: Context, term: InfixTerm): Expr {
  switch (term.symbol) {
    case "=":
      return {
        kind: "match",
        span: term.span,
        pattern: patternOf(context, term.left),
        value: exprOf(context, term.right),
      };
    case "|>":
      return pipeOf(context, term);
    case "//":
      return steppedRange(context, term);
    default:
      return binaryOf(context, term, term.symbol);
  }
}

function binaryOf(context: Context, term: InfixTerm, symbol: string): Expr {
  if (!isPlainOperator(symbol)) {
    const rule = onlyElsewhere.has(symbol) ? expressionRules.misplacedOperator : unsupportedRules.unsupportedOperator;
    report(context, rule, spanOf(term.operator), { operator: symbol });
    return invalid(term.span);
  }
  return {
    kind: "binary",
    span: term.span,
    operator: symbol,
    operatorSpan: spanOf(term.operator),
    left: exprOf(context, term.left),
    right: exprOf(context, term.right),
  };
}

/** These are read as operators everywhere but have a meaning in patterns, types, lists or clauses only. */
const onlyElsewhere = new Set(["<-", "\\\\", "when", "::", "|"]);

function steppedRange(context: Context, term: InfixTerm): Expr {
  if (term.left.kind === "infix" && term.left.symbol === "..") return binaryOf(context, term, "..//");
  report(context, expressionRules.misplacedOperator, spanOf(term.operator), { operator: "//" });
  return invalid(term.span);
}

function pipeOf(context: Context, term: InfixTerm): Expr {
  const piped = exprOf(context, term.left);
  if (term.right.kind === "operand") return buildOperand(context, term.right.node, term.span, piped);
  report(context, callRules.badPipe, term.right.span, { target: null });
  return invalid(term.span);
}

/** The expressions of a `block` node; `around` is where an empty one stands. */
export function buildBlock(context: Context, block: CstNode, around: Span): Block {
  if (isEmpty(block)) return { kind: "block", span: around, expressions: [] };
  const { loose, clauses } = foldStatements(block);
  const [unexpected] = clauses;
  if (unexpected) report(context, patternRules.unexpectedArrow, spanOf(unexpected.arrow), undefined);
  return blockOf(context, loose, spanOf(block));
}

/** Statements after each other become a block; `around` is where an empty one stands. */
export function blockOf(context: Context, statements: readonly (readonly CstNode[])[], around: Span): Block {
  const first = statements.find((statement) => statement.length > 0)?.[0];
  const last = statements.findLast((statement) => statement.length > 0)?.at(-1);
  const span = first && last ? { start: spanOf(first).start, end: spanOf(last).end } : around;
  return { kind: "block", span, expressions: statements.flatMap((statement) => looseOf(context, statement)) };
}

/** A statement without an arrow is one expression; commas belong into calls, lists and heads of clauses. */
function looseOf(context: Context, [first, second]: readonly CstNode[]): readonly Expr[] {
  if (!first) return [];
  if (second) report(context, expressionRules.unexpectedComma, spanOf(second), undefined);
  return [buildExpr(context, first)];
}
