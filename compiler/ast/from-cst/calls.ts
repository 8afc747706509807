/** Calls, and the words that look like calls but have a syntax of their own. */

import { declaringWords } from "@durablec/grammar";
import { notAllowedHere } from "../../diagnostics/catalog/flow.ts";
import * as callRules from "../../diagnostics/catalog/syntax-calls.ts";
import type { Expr, Name } from "../nodes.ts";
import { valuesOf } from "./arguments.ts";
import { type Context, excerpt, report } from "./context.ts";
import { spanOf, theToken } from "./cst.ts";
import { invalid } from "./expressions.ts";
import type { Form } from "./forms/form.ts";
import { forms, kernelForms } from "./forms/index.ts";
import type { Given, Head } from "./operands.ts";
import { operationOf } from "./operators.ts";
import { rewritten } from "./rewritten.ts";

export function callOf(context: Context, head: Head, given: Given): Expr {
  if (head.kind === "member") return refuseMethod(context, head.key.text, given);
  if (head.kind === "value") return refuseValue(context, head.expr, given);
  if (head.kind === "local") {
    const form = formOf(forms, head.name, given);
    if (form) return form(context, head.name, given);
    // Inside an expression these are names, unless they are used as if they declared.
    if (declaringWords.has(head.name.text) && !given.parentheses) return misplaced(context, head.name.text, given);
  }
  const module = head.kind === "remote" ? head.module : null;
  const form = module?.name === "Kernel" ? formOf(kernelForms, head.name, given) : undefined;
  if (form) return form(context, head.name, given);
  if (given.block) {
    report(context, callRules.unexpectedDo, spanOf(theToken(given.block, "Do")), { name: head.name.text });
  }
  const values = valuesOf(context, given.args);
  const args = given.piped ? [given.piped, ...values] : values;
  const operation = module?.name === "Kernel" ? operationOf(head.name, args, given.span) : null;
  if (operation) return operation;
  return rewritten({
    kind: "call",
    span: given.span,
    module,
    name: head.name,
    args,
    keywords: given.args.keywords.length > 0,
    piped: given.piped !== null,
    parentheses: given.parentheses,
  });
}

const namesOfForms: ReadonlySet<string> = new Set([...forms.keys()].map((name) => name.replace(/\/.*/, "")));

function formOf(table: ReadonlyMap<string, Form>, { text }: Name, given: Given): Form | undefined {
  if (!namesOfForms.has(text)) return undefined;
  return table.get(text) ?? table.get(`${text}/${countOf(given)}`);
}

function countOf({ args, piped }: Given): number {
  return args.positional.length + (args.keywords.length > 0 ? 1 : 0) + (piped ? 1 : 0);
}

function misplaced(context: Context, word: string, given: Given): Expr {
  const what = `\`${word}\``;
  const help = `Move it out: ${word === "step" || word === "decision" ? "steps stand directly in a workflow, a branch clause or a parallel block" : "it belongs to the module or workflow around this code"}.`;
  report(context, notAllowedHere, given.span, { what, where: "inside an expression", help });
  return invalid(given.span);
}

/** `data.callback(x)`: a module's functions are called by its name, a function value with a dot. */
function refuseMethod(context: Context, name: string, given: Given): Expr {
  report(context, callRules.callOnValue, given.span, { name });
  return invalid(given.span);
}

function refuseValue(context: Context, callee: Expr, given: Given): Expr {
  if (callee.kind !== "invalid") {
    report(context, callRules.notCallable, callee.span, { text: excerpt(context, callee.span) });
  }
  return invalid(given.span);
}
