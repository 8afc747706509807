/** Reading the concrete tree: the parts of a node by name, and where things stand. */
import type { CstElement, CstNode, IToken } from "@durablec/grammar";
import type { Span } from "../../source/source.ts";
import type { Name } from "../nodes.ts";

function isNode(element: CstElement): element is CstNode {
  return "children" in element;
}

function parts(parent: CstNode, name: string): readonly CstElement[] {
  return parent.children[name] ?? [];
}

export function nodes(parent: CstNode, name: string): readonly CstNode[] {
  return parts(parent, name).filter(isNode);
}

export function node(parent: CstNode, name: string): CstNode | null {
  const [first] = parts(parent, name);
  return first && isNode(first) ? first : null;
}

/** A part the grammar says is there. */
export function theNode(parent: CstNode, name: string): CstNode {
  const found = node(parent, name);
  if (!found) throw new Error(`internal error: a ${parent.name} without its ${name}`);
  return found;
}

export function tokens(parent: CstNode, name: string): readonly IToken[] {
  return parts(parent, name).filter((part): part is IToken => !isNode(part));
}

export function token(parent: CstNode, name: string): IToken | null {
  const [first] = parts(parent, name);
  return first && !isNode(first) ? first : null;
}

export function theToken(parent: CstNode, name: string): IToken {
  const found = token(parent, name);
  if (!found) throw new Error(`internal error: a ${parent.name} without its ${name}`);
  return found;
}

/** The value of an operand, without the operators before it and what follows it. */
export function valueIn(operand: CstNode): CstElement {
  for (const name in operand.children) {
    const [value] = name === "UnaryOperator" ? [] : parts(operand, name);
    if (value) return value;
  }
  throw new Error("internal error: an operand without a value");
}

export function isToken(element: CstElement): element is IToken {
  return !isNode(element);
}

/** Nodes that hold nothing have no place of their own; they are given the one after `before`. */
export function spanOf(element: CstElement): Span {
  if (!isNode(element)) return { start: element.startOffset, end: element.startOffset + element.image.length };
  const { startOffset, endOffset } = element.location ?? { startOffset: Number.NaN };
  return { start: startOffset, end: (endOffset ?? startOffset) + 1 };
}

export function isEmpty(element: CstNode): boolean {
  return Number.isNaN(element.location?.startOffset ?? Number.NaN);
}

export function nameOf(name: IToken): Name {
  return { text: name.image, span: spanOf(name) };
}
