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
  return tokens.flatMap((current, index) => [
    ...joined(current, tokens[index + 1]),
    ...tightKey(current, text),
    ...heredocEnd(current, text),
  ]);
}

/** `1or 2`, `data@limit`, `Order!= x`. */
function joined(left: IToken, right: IToken | undefined): Problem[] {
  if (!right || !touches(left, right) || !runsInto(left, right)) return [];
  return [
    {
      kind: "joined",
      place: { start: left.startOffset, end: placeOf(right).end },
      left: left.image,
      right: right.image,
    },
  ];
}

function runsInto(left: IToken, right: IToken): boolean {
  if (numbers.includes(left.tokenType)) return word.test(right.image);
  if (left.tokenType === moduleName) return right.tokenType === at || right.image.startsWith("!");
  return right.tokenType === at && word.test(left.image);
}

/** `key:value`. */
function tightKey(current: IToken, text: string): Problem[] {
  const place = placeOf(current);
  const isTight = current.tokenType === keyColon && /\S/.test(text.charAt(place.end));
  return isTight ? [{ kind: "tightKey", place, key: current.image }] : [];
}

/** A heredoc ends on a line of its own. */
function heredocEnd(current: IToken, text: string): Problem[] {
  const isEnd = tokenMatcher(current, textEnd) || current.tokenType === rawSigil;
  const delimiter = isEnd ? /"""[a-zA-Z]*$/.exec(current.image) : null;
  if (!delimiter) return [];
  const start = current.startOffset + delimiter.index;
  const before = text.slice(text.lastIndexOf("\n", start) + 1, start);
  return before.trim() === "" ? [] : [{ kind: "heredocEnd", place: { start, end: start + 3 } }];
}
