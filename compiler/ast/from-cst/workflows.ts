/** `workflow` and the blocks inside it. */
import { blockWords, type CstNode, type IToken } from "@durablec/grammar";
import { notAllowedHere } from "../../diagnostics/catalog/flow.ts";
import * as declarationRules from "../../diagnostics/catalog/syntax-declarations.ts";
import * as patternRules from "../../diagnostics/catalog/syntax-patterns.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Branch, BranchClause, Parallel, Step, Workflow, WorkflowItem } from "../nodes.ts";
import { declaredArguments, optionsOf } from "./arguments.ts";
import { onePattern } from "./clauses.ts";
import { type Context, excerpt, report } from "./context.ts";
import { node, nodes, spanOf, theNode, theToken, token } from "./cst.ts";
import { buildExpr } from "./expressions.ts";
import { brokenFn, compensateOf, fnIn, splitOptions, stepOf } from "./steps.ts";
import { buildType } from "./types.ts";

export function workflowOf(context: Context, workflow: CstNode): Workflow {
  const args = declaredArguments(context, workflow);
  const { positional, options } = splitOptions(context, args);
  const [input, events] = ["input", "events"].map((name) => options.find(({ key }) => key.text === name));
  return {
    kind: "workflow",
    span: spanOf(workflow),
    name: workflowName(context, positional, theToken(workflow, "Workflow")),
    doc: null,
    options: optionsOf(
      context,
      options.filter((option) => option !== input && option !== events),
    ),
    input: input ? buildType(context, input.value) : null,
    events: events ? buildType(context, events.value) : null,
    items: itemsIn(context, workflow, "directly in a workflow"),
  };
}

function workflowName(context: Context, positional: readonly CstNode[], word: IToken): Workflow["name"] {
  const [first, second] = positional;
  const name = first && buildExpr(context, first);
  if (second) report(context, declarationRules.badWorkflow, spanOf(second), undefined);
  if (name?.kind === "literal" && name.type === "string") return { text: String(name.value), span: name.span };
  if (name?.kind !== "invalid") report(context, declarationRules.badWorkflow, name?.span ?? spanOf(word), undefined);
  return { text: "", span: name?.span ?? spanOf(word) };
}

function itemNodes(parent: CstNode): readonly CstNode[] {
  return nodes(theNode(parent, "itemBlock"), "item");
}

/** The items of a block that has no clauses. */
function itemsIn(context: Context, parent: CstNode, where: string): readonly WorkflowItem[] {
  return itemNodes(parent).flatMap((item) => {
    const clause = node(item, "clause");
    const arrow = clause && token(clause, "Arrow");
    if (arrow) report(context, patternRules.unexpectedArrow, spanOf(arrow), undefined);
    const inner = clause && node(clause, "item");
    return arrow ? (inner ? itemOf(context, inner, where) : []) : itemOf(context, item, where);
  });
}

function itemOf(context: Context, item: CstNode, where: string): readonly WorkflowItem[] {
  const part = node(item, "part");
  return part ? [partOf(context, part)] : strayOf(context, theNode(item, "clause"), where);
}

/** A step, branch, parallel block or compensation. */
export function partOf(context: Context, part: CstNode): WorkflowItem {
  const step = node(part, "step");
  if (step) return stepOf(context, step);
  const branch = node(part, "branch");
  if (branch) return branchOf(context, branch);
  const parallel = node(part, "parallel");
  return parallel ? parallelOf(context, parallel) : compensateOf(context, theNode(part, "compensate"));
}

const partWords = [...blockWords].filter((word) => word !== "workflow");

/** What is no part of a workflow; of a step too broken to be read its name is kept, so that gotos still find it. */
function strayOf(context: Context, clause: CstNode, where: string): readonly WorkflowItem[] {
  const [expression] = nodes(clause, "expression");
  if (!expression) return [];
  const built = buildExpr(context, expression);
  if (built.kind === "invalid") return salvage(context, built.span);
  const word = built.kind === "call" && built.module === null ? suggest(built.name.text, partWords) : null;
  const help = word ? `Did you mean \`${word}\`?` : "Put it inside a step: `step :name, fn data -> … end`.";
  const what = built.kind === "call" && word ? `\`${built.name.text}\`` : `\`${excerpt(context, built.span)}\``;
  report(context, notAllowedHere, built.span, { what, where, help });
  return [];
}

const brokenStep = /^(step|decision)[\s(]*:([a-z_A-Z][\w]*[?!]?)/;

function salvage({ source }: Context, span: { readonly start: number; readonly end: number }): readonly Step[] {
  const [whole, variant, name] = brokenStep.exec(source.text.slice(span.start, span.end)) ?? [];
  if (!whole || !name) return [];
  const end = span.start + whole.length;
  return [
    {
      kind: "step",
      span,
      variant: variant === "decision" ? "decision" : "step",
      name: { text: name, span: { start: end - name.length - 1, end } },
      options: [],
      body: brokenFn(span),
    },
  ];
}

function branchOf(context: Context, branch: CstNode): Branch {
  const word = theToken(branch, "Branch");
  const { positional, keywords } = declaredArguments(context, branch);
  const on = keywords.find(({ key }) => key.text === "on");
  if (!on || positional.length > 0) report(context, declarationRules.badBranch, spanOf(word), undefined);
  for (const { key } of keywords.filter((keyword) => keyword !== on)) {
    report(context, declarationRules.unexpectedPart, key.span, { form: "branch", word: `${key.text}:` });
  }
  return {
    kind: "branch",
    span: spanOf(branch),
    keyword: spanOf(word),
    on: on ? fnIn(context, on.value, "branch") : brokenFn(spanOf(word)),
    clauses: branchClauses(context, branch),
  };
}

/** A clause's head before it is read, and the items that follow it. */
interface RawBranchClause {
  readonly clause: CstNode;
  readonly arrow: IToken;
  readonly items: CstNode[];
}

function branchClauses(context: Context, branch: CstNode): readonly BranchClause[] {
  const clauses: RawBranchClause[] = [];
  for (const item of itemNodes(branch)) {
    const clause = node(item, "clause");
    const arrow = clause && token(clause, "Arrow");
    const inner = clause && node(clause, "item");
    const current = clauses.at(-1);
    if (clause && arrow) clauses.push({ clause, arrow, items: inner ? [inner] : [] });
    else if (current) current.items.push(item);
    else refuseEarly(context, item);
  }
  if (clauses.length === 0)
    report(context, patternRules.missingClauses, spanOf(theToken(branch, "Branch")), { form: "branch" });
  return clauses.map((clause) => branchClause(context, clause));
}

function refuseEarly(context: Context, item: CstNode): void {
  const clause = node(item, "clause");
  const [expression] = clause ? nodes(clause, "expression") : [];
  if (expression && buildExpr(context, expression).kind === "invalid") return;
  report(context, patternRules.missingArrow, spanOf(item), { form: "branch" });
}

function branchClause(context: Context, { clause, arrow, items }: RawBranchClause): BranchClause {
  const heads = nodes(clause, "expression");
  const last = items.at(-1);
  const end = last ? spanOf(last).end : spanOf(arrow).end;
  return {
    span: { start: heads[0] ? spanOf(heads[0]).start : arrow.startOffset, end },
    ...onePattern(context, { heads, arrow }, "branch"),
    items: items.flatMap((item) => itemOf(context, item, "in a branch clause")),
  };
}

function parallelOf(context: Context, parallel: CstNode): Parallel {
  const args = declaredArguments(context, parallel);
  const { positional, options } = splitOptions(context, args);
  const into = options.find(({ key }) => key.text === "into");
  const [stray] = positional;
  if (stray) report(context, declarationRules.badParallel, spanOf(stray), undefined);
  return {
    kind: "parallel",
    span: spanOf(parallel),
    keyword: spanOf(theToken(parallel, "Parallel")),
    options: optionsOf(
      context,
      options.filter((option) => option !== into),
    ),
    into: into ? fnIn(context, into.value, "parallel") : null,
    items: itemsIn(context, parallel, "in a parallel block"),
  };
}
