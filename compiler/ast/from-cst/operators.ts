/** The operators that are an operation and nothing more, written as signs or called by name: `a + b`, `Kernel.+(a, b)`. */
import type { Span } from "../../source/source.ts";
import type { Binary, BinaryOperator, Expr, Name, Unary, UnaryOperator } from "../nodes.ts";

const plainOperators: ReadonlySet<string> = new Set<BinaryOperator>([
  "**",
  "*",
  "/",
  "+",
  "-",
  "++",
  "--",
  "..",
  "..//",
  "<>",
  "in",
  "not in",
  "<",
  ">",
  "<=",
  ">=",
  "==",
  "!=",
  "===",
  "!==",
  "=~",
  "&&",
  "and",
  "||",
  "or",
]);

export function isPlainOperator(symbol: string): symbol is BinaryOperator {
  return plainOperators.has(symbol);
}

const unaryOperators: ReadonlySet<string> = new Set<UnaryOperator>(["-", "+", "!", "not"]);

export function isUnaryOperator(symbol: string): symbol is UnaryOperator {
  return unaryOperators.has(symbol);
}

/** What calling an operator of Kernel computes, as it has no function of its own; null for any other name. */
export function operationOf(
  { text, span: operatorSpan }: Name,
  args: readonly Expr[],
  span: Span,
): Unary | Binary | null {
  const [first, second, third] = args;
  if (!first || third) return null;
  if (second && isPlainOperator(text)) {
    return { kind: "binary", span, operator: text, operatorSpan, left: first, right: second };
  }
  return !second && isUnaryOperator(text) ? { kind: "unary", span, operator: text, operand: first } : null;
}
