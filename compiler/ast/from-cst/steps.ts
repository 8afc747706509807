/** `step`, `decision` and `compensate`: a name, options, and a function that is the body. */
import type { CstNode, IToken } from "@durablec/grammar";
import * as declarationRules from "../../diagnostics/catalog/syntax-declarations.ts";
import type { Span } from "../../source/source.ts";
import type { Compensate, Fn, Name, Step } from "../nodes.ts";
import { type Arguments, argumentsOf, declaredArguments, type Keyword, optionsOf } from "./arguments.ts";
import { type Context, report } from "./context.ts";
import { isEmpty, node, nodes, spanOf, theNode, theToken, token } from "./cst.ts";
import { buildExpr } from "./expressions.ts";

export function stepOf(context: Context, step: CstNode): Step {
  const decision = token(step, "Decision");
  const word = decision ?? theToken(step, "Step");
  return { kind: "step", variant: decision ? "decision" : "step", ...declarationOf(context, step, word) };
}

export function compensateOf(context: Context, compensate: CstNode): Compensate {
  return { kind: "compensate", ...declarationOf(context, compensate, theToken(compensate, "Compensate")) };
}

function declarationOf(context: Context, declaration: CstNode, word: IToken): Omit<Step, "kind" | "variant"> {
  const args = declaredArguments(context, declaration);
  const { positional, options } = splitOptions(context, args);
  const [name, ...rest] = positional;
  return {
    span: spanOf(declaration),
    name: itemName(context, name, word),
    options: optionsOf(context, options),
    body: bodyOf(context, rest, node(declaration, "doBlock"), word),
  };
}

interface Split {
  /** Arguments that are no options. */
  readonly positional: readonly CstNode[];
  readonly options: readonly Keyword[];
}

/** Options stand in brackets or, where Elixir allows it, without: `[timeout: 5]`, `timeout: 5`. */
export function splitOptions(context: Context, { positional, keywords }: Arguments): Split {
  const kept: CstNode[] = [];
  const options = [...keywords];
  for (const argument of positional) {
    const list = bracketed(argument);
    if (list) options.push(...bracketedOptions(context, list));
    else kept.push(argument);
  }
  return { positional: kept, options };
}

function bracketed(argument: CstNode): CstNode | null {
  const [operand, more] = nodes(argument, "operand");
  if (!operand || more || operand.parts.length > 1) return null;
  return node(operand, "list");
}

function bracketedOptions(context: Context, list: CstNode): readonly Keyword[] {
  const { positional, keywords } = argumentsOf(context, theNode(list, "items"));
  for (const item of positional) report(context, declarationRules.badOption, spanOf(item), undefined);
  return keywords;
}

/** `:name`. */
function itemName(context: Context, argument: CstNode | undefined, word: IToken): Name {
  const name = argument && buildExpr(context, argument);
  if (name?.kind === "literal" && name.type === "atom") return { text: String(name.value), span: name.span };
  const span = name && name.kind !== "fn" ? name.span : spanOf(word);
  if (name?.kind !== "invalid")
    report(context, declarationRules.missingName, span, { word: word.image, name: nameMeant(name) });
  return { text: "", span };
}

function nameMeant(name: ReturnType<typeof buildExpr> | undefined): string | null {
  if (name?.kind === "variable") return name.name;
  return name?.kind === "literal" && name.type === "string" && /^[a-z]\w*$/.test(String(name.value))
    ? String(name.value)
    : null;
}

/** The function after the options, or alone between `do` and `end`. */
function bodyOf(context: Context, rest: readonly CstNode[], block: CstNode | null, word: IToken): Fn {
  const inBlock = block ? nodes(theNode(block, "block"), "statement").flatMap((each) => nodes(each, "expression")) : [];
  const [fn, more] = [...rest, ...inBlock];
  if (block) refuseSections(context, block, word.image);
  if (more) report(context, declarationRules.extraArgument, spanOf(more), { word: word.image });
  if (fn) return fnIn(context, fn, word.image);
  const place = block && !isEmpty(block) ? spanOf(theToken(block, "Do")) : spanOf(word);
  report(context, declarationRules.missingBody, place, { word: word.image });
  return brokenFn(place);
}

function refuseSections(context: Context, block: CstNode, form: string): void {
  for (const section of nodes(block, "section")) {
    const word = theToken(section, "Section");
    report(context, declarationRules.unexpectedPart, spanOf(word), { form, word: word.image });
  }
}

/** What an item's function is given. */
const dataOnly = { count: 1, wanted: "the data" };
const given: { readonly [word: string]: typeof dataOnly } = {
  parallel: { count: 2, wanted: "the data and the results" },
};

/** The function an argument holds; a capture or a name is refused, as steps are taken apart at compile time. */
export function fnIn(context: Context, argument: CstNode, word: string): Fn {
  const fn = buildExpr(context, argument);
  if (fn.kind === "fn") return withParameters(context, fn, word);
  if (fn.kind !== "invalid") report(context, declarationRules.notAFunction, fn.span, { word });
  return brokenFn(fn.span);
}

function withParameters(context: Context, fn: Fn, word: string): Fn {
  const { count, wanted } = given[word] ?? dataOnly;
  const other = fn.clauses.find(({ params }) => params.length !== count);
  if (!other) return fn;
  const what = word === "parallel" ? "The function `into:`" : `The function of a \`${word}\``;
  report(context, declarationRules.bodyParameters, other.span, { what, given: other.params.length, wanted });
  return brokenFn(fn.span);
}

/** Stands for a body that could not be read: it takes anything, and nothing is said about what it does. */
export function brokenFn(span: Span): Fn {
  const body = { kind: "block", span, expressions: [{ kind: "invalid", span }] } as const;
  return { kind: "fn", span, clauses: [{ span, params: [{ kind: "wildcardPattern", span }], guard: null, body }] };
}
