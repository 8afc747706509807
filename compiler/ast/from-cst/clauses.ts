/**
 * Clauses out of statements. The parser reads the inside of a block as a sequence of statements, some with an arrow; a
 * statement with an arrow begins a clause, and the ones after it are its body.
 */
import type { CstNode, IToken } from "@durablec/grammar";
import * as expressionRules from "../../diagnostics/catalog/syntax-expressions.ts";
import * as patternRules from "../../diagnostics/catalog/syntax-patterns.ts";
import type { Span } from "../../source/source.ts";
import type { Block, Clause, CondClause, Expr, FnClause, Pattern, RescueClause } from "../nodes.ts";
import { type Context, report } from "./context.ts";
import { isEmpty, node, nodes, spanOf, theNode, token } from "./cst.ts";
import { blockOf, buildExpr, readTerm } from "./expressions.ts";
import { guardedOf } from "./guards.ts";
import { invalidPattern, patternOf } from "./patterns.ts";
import { rescueHead } from "./rescue.ts";
import type { Term } from "./terms.ts";

/** A clause before its head is understood. */
export interface RawClause {
  readonly heads: readonly CstNode[];
  readonly arrow: IToken;
  /** Statements, each with its expressions. */
  readonly body: readonly (readonly CstNode[])[];
  readonly span: Span;
}

interface Folded {
  /** Statements before the first arrow, each with its expressions. */
  readonly loose: readonly (readonly CstNode[])[];
  readonly clauses: readonly RawClause[];
}

export function foldStatements(block: CstNode): Folded {
  const loose: CstNode[][] = [];
  const clauses: { heads: CstNode[]; arrow: IToken; body: CstNode[][] }[] = [];
  for (const statement of nodes(block, "statement")) {
    const expressions = nodes(statement, "expression");
    const arrow = token(statement, "Arrow");
    const current = clauses.at(-1);
    if (arrow) {
      const heads = expressions.filter((expression) => spanOf(expression).start < arrow.startOffset);
      clauses.push({ heads, arrow, body: expressions.slice(heads.length).map((expression) => [expression]) });
    } else (current?.body ?? loose).push([...expressions]);
  }
  return { loose, clauses: clauses.map(withSpan) };
}

function withSpan(clause: Omit<RawClause, "span">): RawClause {
  const start = clause.heads[0] ? spanOf(clause.heads[0]).start : clause.arrow.startOffset;
  const last = clause.body.at(-1)?.at(-1);
  const { heads, arrow, body } = clause;
  return { heads, arrow, body, span: { start, end: last ? spanOf(last).end : spanOf(arrow).end } };
}

/** The clauses of a block that must hold nothing else; what stands before the first arrow is reported. */
function rawClauses(context: Context, block: CstNode, form: string, around: Span): readonly RawClause[] {
  const { loose, clauses } = isEmpty(block) ? { loose: [], clauses: [] } : foldStatements(block);
  const [stray] = loose.flat();
  if (stray) {
    const built = buildExpr(context, stray);
    if (built.kind !== "invalid") report(context, patternRules.missingArrow, built.span, { form });
  } else if (clauses.length === 0) report(context, patternRules.missingClauses, around, { form });
  return clauses;
}

/** A head's last expression may carry the guard of all: `a, b when a > b`. */
interface Head {
  readonly terms: readonly Term[];
  readonly guard: Expr | null;
}

function headOf(context: Context, heads: readonly CstNode[]): Head {
  const terms = heads.map((head) => readTerm(context, head)).filter((term) => term !== null);
  const last = terms.at(-1);
  if (!last) return { terms, guard: null };
  const { term, guard } = guardedOf(context, last);
  return { terms: [...terms.slice(0, -1), term], guard };
}

/** `fn (a, b) -> …` is `fn a, b -> …`. */
function unwrapped(terms: readonly Term[]): readonly CstNode[] | null {
  const [only] = terms;
  if (terms.length !== 1 || only?.kind !== "operand") return null;
  const group = node(only.node, "group");
  if (!group || only.node.parts.length > 1) return null;
  const block = theNode(group, "block");
  if (isEmpty(block)) return [];
  const [statement, ...others] = nodes(block, "statement");
  if (!statement || others.length > 0 || token(statement, "Arrow")) return null;
  return nodes(statement, "expression");
}

export function fnClauses(context: Context, block: CstNode, form: string, around: Span): FnClause[] {
  const raw = rawClauses(context, block, form, around);
  const clauses = raw.map((clause) => fnClauseOf(context, clause));
  const first = clauses[0]?.params.length ?? 0;
  clauses.slice(1).forEach(({ params, span }, index) => {
    const arrow = spanOf(raw[index + 1]!.arrow);
    if (params.length === 0) report(context, patternRules.missingPattern, arrow, { form });
    else if (params.length !== first) {
      const heads = { start: span.start, end: params.at(-1)!.span.end };
      report(context, patternRules.clauseArity, heads, { count: params.length, first });
    }
  });
  return clauses;
}

function fnClauseOf(context: Context, clause: RawClause): FnClause {
  const { terms, guard } = headOf(context, clause.heads);
  const inner = unwrapped(terms);
  const params = inner
    ? inner.map((expression) => patternIn(context, expression))
    : terms.map((term) => patternOf(context, term));
  return { span: clause.span, params, guard, body: bodyOf(context, clause) };
}

function patternIn(context: Context, expression: CstNode): Pattern {
  const term = readTerm(context, expression);
  return term ? patternOf(context, term) : invalidPattern(context, spanOf(expression));
}

/** The clauses of `case`, of an `else`, of a reducing `for`: one pattern each. */
export function patternClauses(context: Context, block: CstNode, form: string, around: Span): Clause[] {
  return rawClauses(context, block, form, around).map((clause) => ({
    span: clause.span,
    ...onePattern(context, clause, form),
    body: bodyOf(context, clause),
  }));
}

/** The single pattern and guard before an arrow. */
export function onePattern(
  context: Context,
  clause: Pick<RawClause, "heads" | "arrow">,
  form: string,
): { readonly pattern: Pattern; readonly guard: Expr | null } {
  const { terms, guard } = headOf(context, clause.heads);
  const [first, second] = terms;
  if (!first) {
    report(context, patternRules.missingPattern, spanOf(clause.arrow), { form });
    return { pattern: invalidPattern(context, spanOf(clause.arrow)), guard };
  }
  if (!second) return { pattern: patternOf(context, first), guard };
  report(context, patternRules.severalPatterns, second.span, { form });
  return { pattern: invalidPattern(context, { start: first.span.start, end: second.span.end }), guard };
}

export function condClauses(context: Context, block: CstNode, around: Span): CondClause[] {
  return rawClauses(context, block, "cond", around).map((clause) => {
    const [first, second] = clause.heads;
    if (second) report(context, patternRules.severalPatterns, spanOf(second), { form: "cond" });
    if (!first) report(context, patternRules.missingPattern, spanOf(clause.arrow), { form: "cond" });
    const condition = first ? buildExpr(context, first) : ({ kind: "invalid", span: spanOf(clause.arrow) } as const);
    return { span: clause.span, condition, body: bodyOf(context, clause) };
  });
}

export function rescueClauses(context: Context, block: CstNode, around: Span): RescueClause[] {
  return rawClauses(context, block, "rescue", around).map((clause) => {
    const { terms, guard } = headOf(context, clause.heads);
    if (guard) report(context, expressionRules.misplacedOperator, guard.span, { operator: "when" });
    return { span: clause.span, ...rescueHead(context, terms, clause.arrow), body: bodyOf(context, clause) };
  });
}

function bodyOf(context: Context, { body, arrow }: RawClause): Block {
  const end = spanOf(arrow).end;
  return blockOf(context, body, { start: end, end });
}
