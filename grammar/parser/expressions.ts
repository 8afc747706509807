/**
 * Rules for expressions. Operators stay a flat list: their precedence is a table that the tree builder climbs. Patterns
 * and types have no rules of their own, as in Elixir: they are expressions that the tree builder reads as such.
 *
 * Two questions are answered by looking at neighbours rather than by look-ahead: whether `(` or `[` belongs to the name
 * before it (it touches it), and whether a name begins a call without parentheses (a space, then something that can only
 * be a value). `do` belongs to the outermost call without parentheses, so such a call's arguments refuse it.
 */
import { type IToken, tokenMatcher } from "chevrotain";
import { touches } from "../touches.ts";
import { token } from "../vocabulary.ts";
import { isKey } from "./brackets.ts";
import type { Reading } from "./reading.ts";
import { bare, bracketed, choice, optional, type Rules, repeated, separated, sequence, when } from "./shapes.ts";

const name = token("Name");
const dot = token("Dot");
const signs = ["Minus", "Plus"].map(token);

/** These begin a value wherever they stand after a space. */
const beginners = new Set(
  ["ModuleName", "At", "ParenStart", "BracketStart", "BraceStart", "MapStart", "BinaryStart", "Percent", "Fn"].map(
    token,
  ),
);
const kindsOfBeginners = ["Literal", "Name", "KeyName", "TextStart", "UnaryOperator"].map(token);

/** Calls without parentheses may nest this deep: `f f f …` opens no bracket that could be counted. */
const deepestCall = 100;

function operandFollows(at: Reading): boolean {
  return !isKey(at.ahead(2));
}

export function touchesBefore(at: Reading): boolean {
  return touches(at.ahead(0), at.next);
}

function belongs(at: Reading): boolean {
  return at.next.tokenType === dot || touchesBefore(at);
}

function freeDo(at: Reading): boolean {
  return !at.refusesDo;
}

/** True between a name and what can only be its first argument: `f x`, `f -1`, `f [1]`; not `f - 1`, `f[1]`. */
function beginsCall(at: Reading): boolean {
  const { next } = at;
  if (!tokenMatcher(at.ahead(0), name) || at.bareCalls >= deepestCall || touchesBefore(at)) return false;
  return signs.includes(next.tokenType) ? touches(next, at.ahead(2)) : beginsValue(next);
}

function beginsValue(next: IToken): boolean {
  return beginners.has(next.tokenType) || kindsOfBeginners.some((kind) => tokenMatcher(next, kind));
}

export const expressionRules: Rules = {
  expression: sequence("operand", repeated(when(operandFollows, "BinaryOperator", "operand"))),

  // A value, the operators before it, and what follows without one.
  operand: sequence(
    repeated("UnaryOperator"),
    choice("Literal", "Name", "ModuleName", "text", "constant", "group", "list", "tuple", "map", "binary", "fn"),
    repeated(when(belongs, "suffix")),
    optional(when(beginsCall, "bareArguments")),
    optional(when(freeDo, "doBlock")),
  ),

  // What may follow a value: a field or remote name, a call, an access.
  suffix: choice(sequence("Dot", choice("Name", "ModuleName", "callArguments", "tuple")), "callArguments", "access"),

  access: sequence("BracketStart", bracketed("expression"), "BracketEnd"),

  bareArguments: bare(separated("argument", "Comma")),

  // `@name` where it is used.
  constant: sequence("At", "Name"),

  // Parentheses: a grouped value, several in a row, the parameters of an `fn`, or a function type.
  group: sequence("ParenStart", bracketed("block"), "ParenEnd"),

  fn: sequence("Fn", bracketed("block"), "End"),

  doBlock: sequence("Do", bracketed("block", repeated("section")), "End"),

  section: sequence("Section", "block"),

  block: optional(separated("statement", "Separator")),

  // An expression, or the head of a clause with the first expression of its body; the next ones follow as statements.
  statement: sequence(optional(separated("expression", "Comma")), optional("Arrow", optional("expression"))),
};
