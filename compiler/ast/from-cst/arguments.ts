/** The arguments of a call and the items of a list: positional first, `key: value` last. */
import type { CstNode } from "@durablec/grammar";
import * as callRules from "../../diagnostics/catalog/syntax-calls.ts";
import type { Span } from "../../source/source.ts";
import type { Expr, ListExpr, Name, Option } from "../nodes.ts";
import { type Context, report } from "./context.ts";
import { has, node, nodes, spanOf, theNode } from "./cst.ts";
import { unescaped } from "./escapes.ts";
import { buildExpr } from "./expressions.ts";
import { textOf } from "./texts.ts";

export interface Keyword {
  readonly key: Name;
  /** The key as an expression when it interpolates; it then names no option. */
  readonly computed: Expr | null;
  readonly value: CstNode;
  readonly span: Span;
}

/** Arguments as written: values are still concrete, as some calls read theirs as patterns or blocks. */
export interface Arguments {
  readonly positional: readonly CstNode[];
  readonly keywords: readonly Keyword[];
}

export const noArguments: Arguments = { positional: [], keywords: [] };

/** The `argument` parts of a `callArguments`, `bareArguments` or `items` node. */
export function argumentsOf(context: Context, parent: CstNode): Arguments {
  const positional: CstNode[] = [];
  const keywords: Keyword[] = [];
  const args = nodes(parent, "argument");
  for (const argument of args) {
    const key = node(argument, "key");
    const value = theNode(argument, "expression");
    const alone = args.length === 1 && (parent.name === "bareArguments" || (parent.name === "callArguments" && !key));
    if (!alone) refuseOpenCall(context, value);
    if (!key && keywords.length > 0) report(context, callRules.keywordsLast, spanOf(argument), undefined);
    if (key) keywords.push({ ...keyOf(context, key), value, span: spanOf(argument) });
    else positional.push(value);
  }
  return { positional, keywords };
}

/** The arguments of a declaring word, whichever way they are written. */
export function declaredArguments(context: Context, declaration: CstNode): Arguments {
  const declared = node(declaration, "declaredArguments");
  if (!declared) return noArguments;
  return argumentsOf(context, node(declared, "callArguments") ?? theNode(declared, "bareArguments"));
}

/** `name:`, `"a name":` or `"a #{b}":`, without the colon. */
export function keyOf(context: Context, key: CstNode): Pick<Keyword, "key" | "computed"> {
  const { start, end } = spanOf(key);
  const span = { start, end: end - 1 };
  const image = context.source.text.slice(start, end - 1);
  const text = node(key, "text");
  if (text) return { key: { text: image, span }, computed: textOf(context, text) };
  if (!image.startsWith('"')) return { key: { text: image, span }, computed: null };
  return { key: { text: unescaped(context, image.slice(1, -1), start + 1), span }, computed: null };
}

/** `[f a, b]`: it cannot be told whose `b` is. Clear are `f g a, b` and `f(g a, b)`, and a call that ends with its block. */
export function refuseOpenCall(context: Context, expression: CstNode): void {
  const call = openCall(expression);
  if (call) report(context, callRules.ambiguousCall, spanOf(call), undefined);
}

/** The call without parentheses that would take what follows a comma, when it has done so. */
function openCall(expression: CstNode): CstNode | null {
  const last = expression.parts.at(-1) as CstNode;
  const bare = node(last, "bareArguments");
  if (!bare || has(last, "doBlock")) return null;
  const [argument, another] = nodes(bare, "argument");
  if (another) return last;
  return argument ? openCall(theNode(argument, "expression")) : null;
}

export function optionsOf(context: Context, keywords: readonly Keyword[]): Option[] {
  return keywords.map(({ key, value }) => ({ name: key, value: buildExpr(context, value) }));
}

/** Keywords as the value they are: a list of pairs. */
export function keywordList(context: Context, keywords: readonly Keyword[]): ListExpr {
  const first = keywords[0]!.span;
  const last = keywords.at(-1)!.span;
  return {
    kind: "list",
    span: { start: first.start, end: last.end },
    items: keywords.map((keyword) => pairOf(context, keyword)),
    tail: null,
    keyword: true,
  };
}

export function pairOf(context: Context, { key, computed, value, span }: Keyword): Expr {
  return { kind: "tuple", span, items: [computed ?? atomOf(key), buildExpr(context, value)] };
}

export function atomOf(name: Name): Expr {
  return { kind: "literal", span: name.span, type: "atom", value: name.text };
}

/** Positional arguments, then the keywords as one list. */
export function valuesOf(context: Context, { positional, keywords }: Arguments): Expr[] {
  const values: Expr[] = positional.map((argument) => buildExpr(context, argument));
  return keywords.length > 0 ? [...values, keywordList(context, keywords)] : values;
}
