/** The concrete tree: every token of a text, in nodes that are named after the rules of the grammar. */
import type { IToken } from "chevrotain";
import type { Place } from "./problems.ts";

export type CstElement = CstNode | IToken;

/** What a rule has read. */
export class CstNode {
  constructor(
    /** The rule. */
    readonly name: string,
    /** What each part is to the rule: the token or kind of token it asked for, or another rule. */
    readonly labels: readonly string[],
    readonly parts: readonly CstElement[],
    /** From its first token to its last; a node that holds none has no place, and both ends are `NaN`. */
    readonly span: Place,
  ) {}
}
