/** `with` and `for`: the forms that bind with `<-`. */

import type { CstNode } from "@durablec/grammar";
import * as patternRules from "../../../diagnostics/catalog/syntax-patterns.ts";
import type { Clause, Expr, ForQualifier, Pattern, WithBinding } from "../../nodes.ts";
import type { Keyword } from "../arguments.ts";
import { patternClauses } from "../clauses.ts";
import { type Context, report } from "../context.ts";
import { node } from "../cst.ts";
import { buildExpr, exprOf, readTerm } from "../expressions.ts";
import { guardedOf } from "../guards.ts";
import { patternOf } from "../patterns.ts";
import type { InfixTerm, Term } from "../terms.ts";
import { refuseOptions } from "./conditions.ts";
import { type Form, malformed } from "./form.ts";
import { type Part, partBlock, partClauses, partsOf } from "./parts.ts";

interface Binding {
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly source: Expr;
}

function isArrow(term: Term): term is InfixTerm {
  return term.kind === "infix" && term.symbol === "<-";
}

/** `pattern when guard <- source`. */
function bindingOf(context: Context, { left, right }: InfixTerm): Binding {
  const { term, guard } = guardedOf(context, left);
  return { pattern: patternOf(context, term), guard, source: exprOf(context, right) };
}

/** `<<c <- text>>`, which goes through bytes. */
function isBinary(term: Term): boolean {
  return term.kind === "operand" && node(term.node, "binary") !== null;
}

function termsOf(context: Context, positional: readonly CstNode[]): readonly Term[] {
  return positional.map((argument) => readTerm(context, argument)).filter((term) => term !== null);
}

export const withForm: Form = (context, name, given) => {
  const { parts, options } = partsOf(context, name, given, ["do", "else"]);
  const body = parts.get("do");
  const otherwise = parts.get("else");
  refuseOptions(context, name, options);
  if (!body || given.piped) {
    return malformed(context, name, given, "with pattern <- value, … do … else pattern -> … end");
  }
  return {
    kind: "with",
    span: given.span,
    bindings: termsOf(context, given.args.positional).map((term) => withBinding(context, term)),
    body: partBlock(context, body),
    else: otherwise ? clausesOf(context, otherwise, "else") : [],
  };
};

function withBinding(context: Context, term: Term): WithBinding {
  if (!isArrow(term)) return { kind: "plain", span: term.span, value: exprOf(context, term) };
  const { pattern, guard, source } = bindingOf(context, term);
  return { kind: "arrow", span: term.span, pattern, guard, value: source };
}

function clausesOf(context: Context, part: Part, form: string): readonly Clause[] {
  const statements = partClauses(part);
  if (statements) return patternClauses(context, statements, form, part.word);
  report(context, patternRules.missingClauses, part.word, { form });
  return [];
}

const forOptions: readonly string[] = ["into", "uniq", "reduce"];

export const forForm: Form = (context, name, given) => {
  const { parts, options } = partsOf(context, name, given, ["do"]);
  const body = parts.get("do");
  const terms = termsOf(context, given.args.positional);
  refuseOptions(
    context,
    name,
    options.filter(({ key }) => !forOptions.includes(key.text)),
  );
  const [first] = terms;
  if (first && isBinary(first)) return exprOf(context, first);
  if (!body || given.piped || !first || !isArrow(first)) {
    return malformed(context, name, given, "for pattern <- list, filter, into: %{} do … end");
  }
  const reduce = optionOf(context, options, "reduce");
  return {
    kind: "for",
    span: given.span,
    qualifiers: terms.map((term) => qualifierOf(context, term)),
    into: optionOf(context, options, "into"),
    uniq: optionOf(context, options, "uniq"),
    reduce,
    reducer: reduce ? clausesOf(context, body, "for … reduce:") : [],
    body: reduce ? null : partBlock(context, body),
  };
};

function optionOf(context: Context, options: readonly Keyword[], name: string): Expr | null {
  const found = options.find(({ key }) => key.text === name);
  return found ? buildExpr(context, found.value) : null;
}

function qualifierOf(context: Context, term: Term): ForQualifier {
  if (!isArrow(term)) return { kind: "filter", span: term.span, condition: exprOf(context, term) };
  return { kind: "generator", span: term.span, ...bindingOf(context, term) };
}
