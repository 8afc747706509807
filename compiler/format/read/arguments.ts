/** Arguments, and the items of collections. */
import type { CstNode } from "@durablec/grammar";
import { node, nodes, theNode, theToken, token } from "../../ast/from-cst/cst.ts";
import { type Term, termOf } from "../../ast/from-cst/terms.ts";
import type { Call, Collection, Form, Key, Options, Pair } from "../forms.ts";
import { formOf, formOfTerm } from "./expressions.ts";
import { around, endOf, endsLine, lineOf, placeOf } from "./lines.ts";
import { textOf } from "./texts.ts";
import { withoutQuotes } from "./words.ts";

export type Given = Pick<Call, "args" | "options" | "parentheses" | "newline" | "to">;

export const nothingGiven: Given = { args: [], options: [], parentheses: false, newline: false, to: 0 };

/** Of a `callArguments` node. */
export function inParentheses(source: string, given: CstNode): Given {
  const newline = endsLine(source, endOf(theToken(given, "ParenStart")));
  return { ...split(source, given), parentheses: true, newline, to: lineOf(theToken(given, "ParenEnd")) };
}

/** Of a `bareArguments` node. */
export function bare(source: string, given: CstNode): Given {
  return { ...nothingGiven, ...split(source, given) };
}

/** Of a `declaredArguments` node. */
export function declared(source: string, given: CstNode | null): Given {
  if (!given) return nothingGiven;
  const parenthesised = node(given, "callArguments");
  return parenthesised ? inParentheses(source, parenthesised) : bare(source, theNode(given, "bareArguments"));
}

function split(source: string, parent: CstNode): Pick<Call, "args" | "options"> {
  const args: Form[] = [];
  const options: Pair[] = [];
  for (const argument of nodes(parent, "argument")) {
    const form = argumentOf(source, argument);
    if (form.kind === "pair") options.push(form);
    else args.push(form);
  }
  return { args, options };
}

function argumentOf(source: string, argument: CstNode): Form {
  const key = node(argument, "key");
  const value = formOf(source, theNode(argument, "expression"));
  return key ? pairOf(keyOf(source, key), value) : value;
}

function pairOf(key: Key | Form, value: Form): Pair {
  return { kind: "pair", key, value, ...around(key.line, key, value) };
}

function keyOf(source: string, key: CstNode): Key {
  const text = node(key, "text");
  if (text) {
    const form = textOf(source, text);
    return { kind: "key", text: form, ...around(form.line, form) };
  }
  const name = theToken(key, "KeyName");
  const quoted = name.image.startsWith('"');
  const written = quoted ? `${withoutQuotes(name.image.slice(0, -1))}:` : name.image;
  return { kind: "key", text: written, ...placeOf(name) };
}

export function listOf(source: string, list: CstNode): Collection {
  return collectionOf(source, list, ["BracketStart", "BracketEnd"], argumentsIn(source, theNode(list, "items")));
}

/** Pairs at the end of a tuple are one item of it, a list. */
export function tupleOf(source: string, tuple: CstNode): Collection {
  const all = argumentsIn(source, theNode(tuple, "items"));
  const pairs = all.filter((item) => item.kind === "pair");
  const items = all.filter((item) => item.kind !== "pair");
  return collectionOf(
    source,
    tuple,
    ["BraceStart", "BraceEnd"],
    pairs.length > 0 ? [...items, optionsOf(pairs)] : items,
  );
}

export function optionsOf(pairs: readonly Pair[]): Options {
  return { kind: "options", pairs, ...around(pairs[0]?.line ?? 1, ...pairs) };
}

function argumentsIn(source: string, parent: CstNode): readonly Form[] {
  return nodes(parent, "argument").map((argument) => argumentOf(source, argument));
}

export function mapOf(source: string, map: CstNode): Collection {
  const entries = nodes(map, "entry");
  const base = entries[0] ? baseOf(source, entries[0]) : null;
  const items = entries.map((entry, index) => (index === 0 && base ? base.pair : entryOf(source, entry)));
  return { ...collectionOf(source, map, ["MapStart", "BraceEnd"], items), ...(base && { base: base.form }) };
}

/** `base | key: value`, or `base | key => value`, where `|` is read as an operator. */
function baseOf(source: string, entry: CstNode): { readonly form: Form; readonly pair: Pair } | null {
  const [first, second] = nodes(entry, "expression");
  if (!first || !second) return null;
  if (token(entry, "Bar")) {
    return { form: formOf(source, first), pair: pairOf(keyOf(source, theNode(entry, "key")), formOf(source, second)) };
  }
  const term: Term = termOf(first);
  if (term.kind !== "infix" || term.symbol !== "|") return null;
  return { form: formOfTerm(source, term.left), pair: pairOf(formOfTerm(source, term.right), formOf(source, second)) };
}

function entryOf(source: string, entry: CstNode): Pair | Form {
  const key = node(entry, "key");
  const [first, second] = nodes(entry, "expression");
  if (key) return pairOf(keyOf(source, key), formOf(source, first!));
  return second ? pairOf(formOf(source, first!), formOf(source, second)) : formOf(source, first!);
}

const kinds = { BracketStart: "list", BraceStart: "tuple", MapStart: "map" } as const;

function collectionOf(
  source: string,
  parent: CstNode,
  [open, close]: readonly [keyof typeof kinds, string],
  items: readonly Form[],
): Collection {
  const opening = theToken(parent, open);
  const closing = theToken(parent, close);
  return {
    kind: kinds[open],
    opening: opening.image,
    closing: closing.image,
    base: null,
    items,
    to: lineOf(closing),
    newline: endsLine(source, endOf(opening)),
    ...around(lineOf(opening), ...items),
  };
}

/** `[index]` after a value. */
export function indexOf(source: string, access: CstNode): Collection {
  const index = formOf(source, theNode(access, "expression"));
  return collectionOf(source, access, ["BracketStart", "BracketEnd"], [index]);
}
