/** Reading the concrete tree: the parts of a node by name, and where things stand. */
import { type CstElement, CstNode, type IToken } from "@durablec/grammar";
import type { Span } from "../../source/source.ts";
import type { Name } from "../nodes.ts";

// A part that goes by the name of a rule is a node, and one that goes by the name of a token or kind of token is one.

function first(parent: CstNode, name: string): CstElement | null {
  const index = parent.labels.indexOf(name);
  return index < 0 ? null : parent.parts[index]!;
}

const none: readonly CstElement[] = [];

function all(parent: CstNode, name: string): readonly CstElement[] {
  const { labels, parts } = parent;
  const count = countOf(parent, name);
  if (count === 0) return none;
  return count === parts.length ? parts : parts.filter((_, index) => labels[index] === name);
}

export function has(parent: CstNode, name: string): boolean {
  return parent.labels.includes(name);
}

export function nodes(parent: CstNode, name: string): readonly CstNode[] {
  return all(parent, name) as readonly CstNode[];
}

export function node(parent: CstNode, name: string): CstNode | null {
  return first(parent, name) as CstNode | null;
}

/** A part the grammar says is there. */
export function theNode(parent: CstNode, name: string): CstNode {
  return (first(parent, name) ?? missing(parent, name)) as CstNode;
}

export function token(parent: CstNode, name: string): IToken | null {
  return first(parent, name) as IToken | null;
}

export function theToken(parent: CstNode, name: string): IToken {
  return (first(parent, name) ?? missing(parent, name)) as IToken;
}

function missing(parent: CstNode, name: string): never {
  throw new Error(`internal error: a ${parent.name} without its ${name}`);
}

/** The value of an operand, without the operators before it and what follows it. */
export function valueIn(operand: CstNode): CstElement {
  return operand.parts[countOf(operand, "UnaryOperator")]!;
}

export function countOf({ labels }: CstNode, name: string): number {
  let count = 0;
  for (const label of labels) if (label === name) count++;
  return count;
}

export function isToken(element: CstElement): element is IToken {
  return !(element instanceof CstNode);
}

/** Nodes that hold nothing have no place of their own. */
export function spanOf(element: CstElement): Span {
  if (element instanceof CstNode) return element.span;
  return { start: element.startOffset, end: element.startOffset + element.image.length };
}

export function isEmpty({ span }: CstNode): boolean {
  return Number.isNaN(span.start);
}

export function nameOf(name: IToken): Name {
  return { text: name.image, span: spanOf(name) };
}
