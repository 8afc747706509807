/** The parts of a form: `do … else … end`, or `, do: …, else: …` on one line. One shape for both. */
import type { CstNode } from "@durablec/grammar";
import * as declarationRules from "../../../diagnostics/catalog/syntax-declarations.ts";
import * as unsupportedRules from "../../../diagnostics/catalog/syntax-unsupported.ts";
import type { Span } from "../../../source/source.ts";
import type { Block, Name } from "../../nodes.ts";
import type { Keyword } from "../arguments.ts";
import { type Context, report } from "../context.ts";
import { node, nodes, spanOf, theNode, theToken } from "../cst.ts";
import { blockOf, buildBlock } from "../expressions.ts";
import type { Given } from "../operands.ts";

/** `block` is set between `do` and `end`, `inline` after `do:`. */
export interface Part {
  readonly block: CstNode | null;
  readonly inline: CstNode | null;
  /** The word that begins it. */
  readonly word: Span;
}

export interface Parts {
  readonly parts: ReadonlyMap<string, Part>;
  /** The keywords that are not parts. */
  readonly options: readonly Keyword[];
}

const partWords = new Set(["do", "else", "rescue", "after", "catch"]);

export function partsOf(context: Context, form: Name, given: Given, allowed: readonly string[]): Parts {
  const parts = new Map<string, Part>();
  const add = (word: string, part: Part): void => {
    if (word === "catch") report(context, unsupportedRules.unsupportedCatch, part.word, undefined);
    else if (!allowed.includes(word))
      report(context, declarationRules.unexpectedPart, part.word, { form: form.text, word });
    else if (parts.has(word)) report(context, declarationRules.repeatedPart, part.word, { form: form.text, word });
    else parts.set(word, part);
  };
  const options = given.args.keywords.filter(({ key }) => !partWords.has(key.text));
  for (const { key, value } of given.args.keywords) {
    if (partWords.has(key.text)) add(key.text, { block: null, inline: value, word: key.span });
  }
  if (given.block) addBlock(given.block, add);
  return { parts, options };
}

function addBlock(doBlock: CstNode, add: (word: string, part: Part) => void): void {
  add("do", { block: theNode(doBlock, "block"), inline: null, word: spanOf(theToken(doBlock, "Do")) });
  for (const section of nodes(doBlock, "section")) {
    const word = theToken(section, "Section");
    add(word.image, { block: theNode(section, "block"), inline: null, word: spanOf(word) });
  }
}

/** A part as a sequence of expressions. */
export function partBlock(context: Context, { block, inline, word }: Part): Block {
  const around = { start: word.end, end: word.end };
  return block ? buildBlock(context, block, around) : blockOf(context, inline ? [[inline]] : [], around);
}

/** The statements of a part that holds clauses; `else: (_ -> nil)` has them in parentheses. */
export function partClauses(part: Part): CstNode | null {
  if (part.block) return part.block;
  const [operand, more] = part.inline ? nodes(part.inline, "operand") : [];
  if (!operand || more) return null;
  const group = node(operand, "group");
  return group && theNode(group, "block");
}
