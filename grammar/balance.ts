/**
 * Gives every bracket and block its other half before anything is parsed, so that the parser always finds an `end` and a
 * mistake inside a block never leaves it. Tokens in order are returned as they are; the rest is for repair.ts. What nests
 * too deep for recursion is cut out.
 */
import type { IToken } from "chevrotain";
import { closes, matches, opens } from "./pairs.ts";
import { brokenToken, type Problem, placeOf } from "./problems.ts";
import { repair } from "./repair.ts";

/** Each level costs the parser some thirty stack frames; people stop at about ten. */
const deepest = 150;

export interface Balanced {
  readonly tokens: readonly IToken[];
  readonly problems: readonly Problem[];
}

/** `brokenLines` are lines that already have a problem of their own: what they leave open is not reported again. */
export function balance(tokens: readonly IToken[], brokenLines: ReadonlySet<number>, text: string): Balanced {
  const { balanced, depth } = measure(tokens);
  const repaired = balanced ? { tokens, problems: [] } : repair(tokens, brokenLines);
  if (depth <= deepest && balanced) return repaired;
  const flat = flatten(repaired.tokens, text);
  return { tokens: flat.tokens, problems: [...repaired.problems, ...flat.problems] };
}

function measure(tokens: readonly IToken[]): { readonly balanced: boolean; readonly depth: number } {
  const stack: IToken[] = [];
  let depth = 0;
  for (const current of tokens) {
    if (opens(current)) depth = Math.max(depth, stack.push(current));
    else if (closes(current)) {
      const opener = stack.pop();
      if (!opener || !matches(opener, current)) return { balanced: false, depth };
    }
  }
  return { balanced: stack.length === 0, depth };
}

/** Replaces what stands inside the deepest allowed bracket by one broken token. */
function flatten(tokens: readonly IToken[], text: string): Balanced {
  const kept: IToken[] = [];
  const problems: Problem[] = [];
  let depth = 0;
  let deep: IToken[] = [];
  for (const current of tokens) {
    if (closes(current) && depth-- === deepest && deep.length > 0) {
      kept.push(brokenToken(deep, text));
      problems.push({ kind: "tooDeep", place: placeOf(deep[0]!), depth: deepest });
      deep = [];
    }
    (depth >= deepest ? deep : kept).push(current);
    if (opens(current)) depth++;
  }
  return { tokens: kept, problems };
}
