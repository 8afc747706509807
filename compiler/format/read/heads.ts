/** What stands before an arrow. */
import type { CstNode } from "@durablec/grammar";
import { isEmpty, node, nodes, theNode, token } from "../../ast/from-cst/cst.ts";
import { type InfixTerm, type Term, termOf } from "../../ast/from-cst/terms.ts";
import type { Form, Guard } from "../forms.ts";
import { formOf, formOfTerm } from "./expressions.ts";
import { around, beginsLine, endOf, endsLine, lineOf } from "./lines.ts";

export interface Head {
  readonly params: readonly Form[];
  readonly guard: Guard | null;
}

/** `(a, b) -> …` is `a, b -> …`. A guard after the last parameter is one of all. */
export function headOf(source: string, heads: readonly CstNode[]): Head {
  const terms = heads.map(termOf);
  const last = terms.at(-1);
  if (last?.kind !== "infix" || last.symbol !== "when") {
    return { params: withoutParentheses(source, terms), guard: null };
  }
  return {
    params: withoutParentheses(source, [...terms.slice(0, -1), last.left]),
    guard: guardOf(source, last),
  };
}

function guardOf(source: string, { operator, right }: InfixTerm): Guard {
  const condition = formOfTerm(source, right);
  const newline = beginsLine(source, operator) || endsLine(source, endOf(operator));
  return { condition, newline, ...around(lineOf(operator), condition) };
}

function withoutParentheses(source: string, terms: readonly Term[]): readonly Form[] {
  const [only] = terms;
  const inner = terms.length === 1 && only?.kind === "operand" ? listed(only.node) : null;
  return inner ? inner.map((expression) => formOf(source, expression)) : terms.map((term) => formOfTerm(source, term));
}

/** What a group holds that stands alone: `(a, b)`. */
function listed(operand: CstNode): readonly CstNode[] | null {
  const group = node(operand, "group");
  if (!group || operand.parts.length > 1) return null;
  const block = theNode(group, "block");
  if (isEmpty(block)) return [];
  const [statement, another] = nodes(block, "statement");
  if (!statement || another || token(statement, "Arrow")) return null;
  return nodes(statement, "expression");
}
