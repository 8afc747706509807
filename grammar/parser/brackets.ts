/** Rules for what stands in brackets and quotes: arguments, lists, tuples, maps, texts. */
import { type IToken, tokenMatcher } from "chevrotain";
import { token } from "../vocabulary.ts";
import type { Reading } from "./reading.ts";
import { bracketed, choice, optional, type Rules, repeated, type Shape, separated, sequence, when } from "./shapes.ts";

const keyName = token("KeyName");
const keyTextStart = token("KeyTextStart");
const closers = ["BraceEnd", "BracketEnd", "BinaryEnd"].map(token);

export function isKey(next: IToken): boolean {
  return tokenMatcher(next, keyName) || next.tokenType === keyTextStart;
}

function beginsKey(at: Reading): boolean {
  return isKey(at.next);
}

/** The comma before a closing bracket separates nothing. */
function goesOn(at: Reading): boolean {
  return !closers.includes(at.ahead(2).tokenType);
}

/** Several between commas; a comma may end them. */
function listed(part: Shape): Shape {
  return optional(part, repeated(when(goesOn, "Comma", part)), optional("Comma"));
}

export const bracketRules: Rules = {
  callArguments: sequence("ParenStart", bracketed(optional(separated("argument", "Comma"))), "ParenEnd"),

  argument: sequence(optional(when(beginsKey, "key")), "expression"),

  // `name:`, or `"a #{b}":`.
  key: choice("KeyName", "text"),

  text: sequence("TextStart", repeated(choice("Text", "interpolation")), "TextEnd"),

  interpolation: sequence("InterpolationStart", bracketed("block"), "BraceEnd"),

  list: sequence("BracketStart", bracketed("items"), "BracketEnd"),

  tuple: sequence("BraceStart", bracketed("items"), "BraceEnd"),

  binary: sequence("BinaryStart", bracketed("items"), "BinaryEnd"),

  items: listed("argument"),

  // `%{…}`; the name of a struct is read so that it can be refused by name.
  map: sequence(
    choice("MapStart", sequence("Percent", choice("ModuleName", "Name"), "BraceStart")),
    bracketed(listed("entry")),
    "BraceEnd",
  ),

  // `key: value`, `key => value`, and first in a map `base | key: value` or `base | key => value`.
  entry: choice(
    when(beginsKey, "key", "expression"),
    sequence("expression", optional(choice(sequence("Bar", "key", "expression"), sequence("FatArrow", "expression")))),
  ),
};
