/** `case`, `cond`, `if`, `unless` and `match?`. */
import * as declarationRules from "../../../diagnostics/catalog/syntax-declarations.ts";
import type { Expr, Name } from "../../nodes.ts";
import { condClauses, patternClauses } from "../clauses.ts";
import { type Context, report } from "../context.ts";
import { spanOf } from "../cst.ts";
import { buildExpr, invalid, readTerm } from "../expressions.ts";
import { guardedOf } from "../guards.ts";
import { patternOf } from "../patterns.ts";
import { type Form, malformed, subjectOf } from "./form.ts";
import { type Parts, partBlock, partClauses, partsOf } from "./parts.ts";

export const caseForm: Form = (context, name, given) => {
  const { parts, options } = partsOf(context, name, given, ["do"]);
  const subject = subjectOf(context, given);
  const body = parts.get("do");
  const clauses = body && partClauses(body);
  refuseOptions(context, name, options);
  if (!subject || !body || !clauses) return malformed(context, name, given, "case value do pattern -> result end");
  return { kind: "case", span: given.span, subject, clauses: patternClauses(context, clauses, "case", body.word) };
};

export const condForm: Form = (context, name, given) => {
  const { parts } = partsOf(context, name, given, ["do"]);
  const body = parts.get("do");
  const clauses = body && partClauses(body);
  if (!clauses || given.piped || given.args.positional.length > 0) {
    return malformed(context, name, given, "cond do condition -> result end");
  }
  return { kind: "cond", span: given.span, clauses: condClauses(context, clauses, body.word) };
};

function conditional(negated: boolean): Form {
  return (context, name, given) => {
    const { parts, options } = partsOf(context, name, given, ["do", "else"]);
    const condition = subjectOf(context, given);
    const body = parts.get("do");
    const otherwise = parts.get("else");
    refuseOptions(context, name, options);
    if (!condition || !body) return malformed(context, name, given, `${name.text} condition do … else … end`);
    return {
      kind: "if",
      span: given.span,
      negated,
      condition,
      then: partBlock(context, body),
      else: otherwise ? partBlock(context, otherwise) : null,
    };
  };
}

export const ifForm = conditional(false);
export const unlessForm = conditional(true);

export function refuseOptions(context: Context, form: Name, options: Parts["options"]): void {
  for (const { key } of options) {
    report(context, declarationRules.unexpectedPart, key.span, { form: form.text, word: `${key.text}:` });
  }
}

export const matchForm: Form = (context, name, given) => {
  const [first, second, more] = given.args.positional;
  if (!first || !second || more || given.piped || given.block) {
    return malformed(context, name, given, "match?(pattern, value)");
  }
  const term = readTerm(context, first);
  if (!term) return invalid(spanOf(first));
  const { term: matched, guard } = guardedOf(context, term);
  return {
    kind: "matchTest",
    span: given.span,
    pattern: patternOf(context, matched),
    guard,
    value: buildExpr(context, second),
  } satisfies Expr;
};
