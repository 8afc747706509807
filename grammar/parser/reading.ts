/** A text as it is being parsed: where in its tokens we are, what has been read, and what the rules around want. */
import type { IToken } from "chevrotain";
import { type CstElement, CstNode } from "../tree.ts";
import { endOfText } from "../vocabulary.ts";

/** Thrown where a token stands that cannot stand there; never leaves the parser. */
export class Mistake extends Error {
  constructor(
    readonly token: IToken,
    /** What could stand there instead. */
    readonly expected: string,
    /** The rules around, outermost first. */
    readonly rules: readonly string[],
  ) {
    super(expected);
  }
}

export class Reading {
  /** Set inside the arguments of a call without parentheses: a `do` there belongs to that call. */
  refusesDo = false;
  /** How many calls without parentheses are around. */
  bareCalls = 0;

  readonly #tokens: readonly IToken[];
  readonly #rules: string[] = [];
  /** The parts of all open nodes, outermost first; a node takes its own when it is closed. */
  readonly #labels: string[] = [];
  readonly #parts: CstElement[] = [];
  #held = 0;
  #position = 0;

  constructor(tokens: readonly IToken[]) {
    this.#tokens = tokens;
  }

  /** The token so many places on: 1 is the next, 0 the one before it. */
  ahead(distance: number): IToken {
    const index = this.#position + distance - 1;
    return index >= 0 && index < this.#tokens.length ? this.#tokens[index]! : endOfText;
  }

  get next(): IToken {
    return this.#position < this.#tokens.length ? this.#tokens[this.#position]! : endOfText;
  }

  /** Takes the next token as a part of the open node. */
  take(label: string): void {
    this.#hold(label, this.next);
    this.#position++;
  }

  /** Begins a node; what it returns is for `close`. */
  open(rule: string): number {
    this.#rules.push(rule);
    return this.#held;
  }

  /** Makes a node of what has been read since `open`, `start` being where the next token stood then. */
  close(rule: string, opened: number, start: number): void {
    const before = this.ahead(0);
    const isEmpty = !(start <= before.startOffset);
    const span = isEmpty
      ? { start: Number.NaN, end: Number.NaN }
      : { start, end: before.startOffset + before.image.length };
    const labels = this.#labels.slice(opened, this.#held);
    const parts = this.#parts.slice(opened, this.#held);
    this.#held = opened;
    this.#rules.pop();
    this.#hold(rule, new CstNode(rule, labels, parts, span));
  }

  fail(expected: string): never {
    throw new Mistake(this.next, expected, [...this.#rules]);
  }

  /** The outermost node, which must be closed and hold all tokens. */
  end(): CstNode {
    if (this.#position < this.#tokens.length) this.fail("the end of the line");
    return this.#parts[0] as CstNode;
  }

  #hold(label: string, part: CstElement): void {
    this.#labels[this.#held] = label;
    this.#parts[this.#held] = part;
    this.#held++;
  }
}
