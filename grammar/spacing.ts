/** What has to stand apart, as Elixir wants it: numbers and words, `@`, keys and values, the end of a heredoc. */
import { type IToken, tokenMatcher } from "chevrotain";
import { type Problem, placeOf } from "./problems.ts";
import { touches } from "./touches.ts";
import { token } from "./vocabulary.ts";

const numbers = ["Integer", "Float", "CaptureArgument"].map(token);
const at = token("At");
const keyColon = token("KeyColon");
const moduleName = token("ModuleName");
const rawSigil = token("RawSigil");
const textEnd = token("TextEnd");
const word = /^[a-zA-Z_][a-zA-Z0-9_]*[?!]?$/;

export function spacingProblems(tokens: readonly IToken[], text: string): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (problem: Problem | null) => {
    if (problem) problems.push(problem);
  };
  for (let index = 0; index < tokens.length; index++) {
    const current = tokens[index]!;
    add(joined(current, tokens[index + 1]));
    add(tightKey(current, text));
    add(heredocEnd(current, text));
  }
  return problems;
}

/** `1or 2`, `data@limit`, `Order!= x`. */
function joined(left: IToken, right: IToken | undefined): Problem | null {
  if (!right || !touches(left, right) || !runsInto(left, right)) return null;
  const place = { start: left.startOffset, end: placeOf(right).end };
  return { kind: "joined", place, left: left.image, right: right.image };
}

function runsInto(left: IToken, right: IToken): boolean {
  if (numbers.includes(left.tokenType)) return word.test(right.image);
  if (left.tokenType === moduleName) return right.tokenType === at || right.image.startsWith("!");
  return right.tokenType === at && word.test(left.image);
}

/** `key:value`. */
function tightKey(current: IToken, text: string): Problem | null {
  if (current.tokenType !== keyColon) return null;
  const place = placeOf(current);
  return /\S/.test(text.charAt(place.end)) ? { kind: "tightKey", place, key: current.image } : null;
}

/** A heredoc ends on a line of its own. */
function heredocEnd(current: IToken, text: string): Problem | null {
  const isEnd = tokenMatcher(current, textEnd) || current.tokenType === rawSigil;
  const delimiter = isEnd ? /"""[a-zA-Z]*$/.exec(current.image) : null;
  if (!delimiter) return null;
  const start = current.startOffset + delimiter.index;
  const before = text.slice(text.lastIndexOf("\n", start) + 1, start);
  return before.trim() === "" ? null : { kind: "heredocEnd", place: { start, end: start + 3 } };
}
