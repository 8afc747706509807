/** What stands in a block: statements, or clauses with an arrow. */
import type { CstNode, IToken } from "@durablec/grammar";
import { isEmpty, node, nodes, spanOf, theNode, token } from "../../ast/from-cst/cst.ts";
import type { Body, Clause, ClauseBody, Form, Statement } from "../forms.ts";
import { moduleItemOf, partOf } from "./declarations.ts";
import { formOf } from "./expressions.ts";
import { headOf } from "./heads.ts";
import { beginsLine, endOf, endsLine, lineOf, newlinesAfter } from "./lines.ts";

/** A statement before it is known whether it belongs to a clause. */
export interface Loose {
  readonly heads: readonly CstNode[];
  readonly arrow: IToken | null;
  /** What it does, or what follows its arrow on the same line. */
  readonly actions: readonly Action[];
}

export interface Action {
  readonly node: CstNode;
  readonly read: (source: string, node: CstNode) => Form;
}

/** The inside of a `block` node: statements with no clauses among them. */
export function bodyOf(source: string, block: CstNode, from: number, to: number): Body {
  return bodyWith(
    source,
    statementsIn(block).flatMap(({ actions }) => actions),
    from,
    to,
  );
}

/** The inside of a `block` node. */
export function sectionBody(source: string, block: CstNode, from: number, to: number): Body | ClauseBody {
  return bodyOrClauses(source, statementsIn(block), from, to);
}

/** The inside of an `itemBlock`, a module or the file: declarations, or the clauses of a `branch`. */
export function itemsBody(source: string, items: readonly CstNode[], from: number, to: number): Body | ClauseBody {
  return bodyOrClauses(source, items.map(looseItem), from, to);
}

export function statementsIn(block: CstNode): readonly Loose[] {
  return isEmpty(block) ? [] : nodes(block, "statement").map(looseStatement);
}

function looseStatement(statement: CstNode): Loose {
  const expressions = nodes(statement, "expression");
  const arrow = token(statement, "Arrow");
  const heads = arrow ? expressions.filter((expression) => spanOf(expression).start < arrow.startOffset) : [];
  return { heads, arrow, actions: expressions.slice(heads.length).map(expressionAction) };
}

function expressionAction(expression: CstNode): Action {
  return { node: expression, read: formOf };
}

function looseItem(item: CstNode): Loose {
  if (item.name === "moduleItem") {
    const statement = node(item, "statement");
    return statement
      ? looseStatement(statement)
      : { heads: [], arrow: null, actions: [{ node: item, read: moduleItemOf }] };
  }
  const part = node(item, "part");
  if (part) return { heads: [], arrow: null, actions: [{ node: part, read: partOf }] };
  const clause = theNode(item, "clause");
  const expressions = nodes(clause, "expression");
  const arrow = token(clause, "Arrow");
  const inner = node(clause, "item");
  const after = inner ? looseItem(inner) : null;
  if (!arrow) return { heads: [], arrow, actions: expressions.map(expressionAction) };
  return { heads: expressions, arrow, actions: after?.actions ?? [] };
}

function bodyOrClauses(source: string, loose: readonly Loose[], from: number, to: number): Body | ClauseBody {
  const [first] = loose;
  if (!first?.arrow)
    return bodyWith(
      source,
      loose.flatMap(({ actions }) => actions),
      from,
      to,
    );
  return { kind: "clauses", clauses: clausesOf(source, loose, to), from, to };
}

/** A statement with an arrow begins a clause; the ones after it are its body. */
export function clausesOf(source: string, loose: readonly Loose[], to: number): Clause[] {
  const grouped: { heads: readonly CstNode[]; arrow: IToken; actions: Action[] }[] = [];
  for (const { heads, arrow, actions } of loose) {
    if (arrow) grouped.push({ heads, arrow, actions: [...actions] });
    else grouped.at(-1)?.actions.push(...actions);
  }
  return grouped.map(({ heads, arrow, actions }, index) => {
    const line = lineOf(arrow);
    // What follows the last statement of a clause that another follows belongs to that one.
    const end = index === grouped.length - 1 ? to : 0;
    const newline = beginsLine(source, arrow) || endsLine(source, endOf(arrow));
    return { ...headOf(source, heads), line, newline, body: bodyWith(source, actions, line, end) };
  });
}

function bodyWith(source: string, actions: readonly Action[], from: number, to: number): Body {
  const statements = actions.map(
    ({ node, read }): Statement => ({ form: read(source, node), newlines: newlinesAfter(source, spanOf(node).end) }),
  );
  return { kind: "body", statements, from, to };
}

/** Everything with lines in a body, for the place of what holds it. */
export function placesIn(body: Body | ClauseBody): readonly Pick<Form, "first" | "last">[] {
  if (body.kind === "body") return body.statements.map(({ form }) => form);
  return body.clauses.flatMap(({ params, guard, line, body: inner }) => [
    ...params,
    ...(guard ? [guard, guard.condition] : []),
    { first: line, last: line },
    ...placesIn(inner),
  ]);
}
