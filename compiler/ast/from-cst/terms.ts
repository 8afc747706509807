/**
 * Operator precedence. The parser leaves an expression as a flat list of operands and operators; here it becomes a tree
 * of terms, in which an operand is still concrete syntax. Expressions, patterns and types are all read from terms.
 */
import { binaryOperator, type CstNode, type IToken, unaryPrecedence } from "@durablec/grammar";
import type { Span } from "../../source/source.ts";
import { spanOf, valueIn } from "./cst.ts";

export type Term = OperandTerm | PrefixTerm | InfixTerm;

/** A value without operators; its prefix operators have become terms around it. */
export interface OperandTerm {
  readonly kind: "operand";
  readonly node: CstNode;
  readonly span: Span;
}

export interface PrefixTerm {
  readonly kind: "prefix";
  readonly operator: IToken;
  readonly operand: Term;
  readonly span: Span;
}

export interface InfixTerm {
  readonly kind: "infix";
  readonly symbol: string;
  readonly operator: IToken;
  readonly left: Term;
  readonly right: Term;
  readonly span: Span;
}

/** A walk over operands and the operators between them: which part comes next, and how many prefixes of it have been taken. */
interface Cursor {
  readonly parts: CstNode["parts"];
  next: number;
  prefixes: number;
}

export function termOf({ parts }: CstNode): Term {
  return climb({ parts, next: 0, prefixes: 0 }, 0);
}

/** Reads operators that bind at least as tightly as `floor`. */
function climb(cursor: Cursor, floor: number): Term {
  let left = prefixed(cursor);
  for (;;) {
    const operator = cursor.parts[cursor.next] as IToken | undefined;
    if (!operator) return left;
    const { symbol, precedence, associativity } = binaryOperator(operator.image);
    if (precedence < floor) return left;
    cursor.next++;
    const right = climb(cursor, associativity === "left" ? precedence + 1 : precedence);
    left = infix(symbol, operator, left, right);
  }
}

function prefixed(cursor: Cursor): Term {
  const operand = cursor.parts[cursor.next] as CstNode;
  const prefix = prefixAt(operand, cursor.prefixes);
  if (!prefix) {
    cursor.next++;
    cursor.prefixes = 0;
    return { kind: "operand", node: operand, span: bareSpan(operand) };
  }
  cursor.prefixes++;
  const inner = climb(cursor, unaryPrecedence(prefix.image));
  return { kind: "prefix", operator: prefix, operand: inner, span: { start: prefix.startOffset, end: inner.span.end } };
}

/** Elixir reads `not a in b` as `a not in b`, and `!a in b` as `!(a in b)`. */
function infix(symbol: string, operator: IToken, left: Term, right: Term): Term {
  const span = { start: left.span.start, end: right.span.end };
  const negation = symbol === "in" && left.kind === "prefix" ? left : null;
  if (negation?.operator.image === "not") {
    return { kind: "infix", symbol: "not in", operator, left: negation.operand, right, span };
  }
  if (negation?.operator.image === "!")
    return { ...negation, operand: infix(symbol, operator, negation.operand, right), span };
  return { kind: "infix", symbol, operator, left, right, span };
}

function prefixAt({ labels, parts }: CstNode, index: number): IToken | null {
  return labels[index] === "UnaryOperator" ? (parts[index] as IToken) : null;
}

function bareSpan(operand: CstNode): Span {
  return prefixAt(operand, 0) ? { start: spanOf(valueIn(operand)).start, end: operand.span.end } : operand.span;
}
