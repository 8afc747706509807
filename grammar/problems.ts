/** Mistakes in a text, as data. Offsets are into the text, `end` not included; words for people are the compiler's job. */
import { createTokenInstance, type IToken } from "chevrotain";
import { token } from "./vocabulary.ts";

export interface Place {
  readonly start: number;
  readonly end: number;
}

export type Problem =
  /** A character that begins nothing. */
  | { readonly kind: "character"; readonly place: Place; readonly text: string }
  /** A string, heredoc, sigil or quoted atom without its closing delimiter. */
  | { readonly kind: "unclosedText"; readonly place: Place; readonly closing: string }
  /** An opening bracket without its closing one; `before` is where that is missed. */
  | { readonly kind: "unclosedBracket"; readonly place: Place; readonly opening: string; readonly before: Place }
  /** A closing bracket of another kind than its opening one. */
  | {
      readonly kind: "wrongBracket";
      readonly place: Place;
      readonly opening: string;
      readonly closing: string;
      readonly opener: Place;
    }
  | { readonly kind: "strayBracket"; readonly place: Place; readonly closing: string }
  /** A block without `end`; `closer` is the `end` or word that shows it by its column. */
  | { readonly kind: "missingEnd"; readonly place: Place; readonly opener: string; readonly before: Place }
  | { readonly kind: "strayEnd"; readonly place: Place }
  /** A block without its `do`. */
  | { readonly kind: "missingDo"; readonly place: Place; readonly word: string }
  /** A number or word that runs into what follows. */
  | { readonly kind: "joined"; readonly place: Place; readonly left: string; readonly right: string }
  /** A key without a space after its colon. */
  | { readonly kind: "tightKey"; readonly place: Place; readonly key: string }
  /** A heredoc that ends on a line with its text. */
  | { readonly kind: "heredocEnd"; readonly place: Place }
  | { readonly kind: "tooDeep"; readonly place: Place; readonly depth: number }
  /** A token that cannot stand where it does. */
  | {
      readonly kind: "unexpected";
      readonly place: Place;
      readonly seen: string;
      readonly expected: string;
      /** The grammar's rules around the place, outermost first. */
      readonly rules: readonly string[];
    };

export function placeOf(token: IToken): Place {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

/** One token in place of several that could not be read. */
export function brokenToken(tokens: readonly IToken[], text: string): IToken {
  const first = tokens[0]!;
  const last = tokens.at(-1)!;
  const { end } = placeOf(last);
  return createTokenInstance(
    token("Broken"),
    text.slice(first.startOffset, end),
    first.startOffset,
    end - 1,
    first.startLine ?? 1,
    last.endLine ?? 1,
    first.startColumn ?? 1,
    last.endColumn ?? 1,
  );
}
