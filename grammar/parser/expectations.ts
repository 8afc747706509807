/** What the parser would have accepted, in words; its "messages" are these words and nothing else. */
import type { IParserErrorMessageProvider, TokenType } from "chevrotain";

/** What a rule is looking for where none of its alternatives fits. */
const wanted: Readonly<Record<string, string>> = {
  operand: "a value",
  suffix: "a name",
  map: "the name of a struct",
  moduleItem: "a module or a workflow",
  item: "a step",
  part: "a step",
  statement: "an expression",
  entry: "a key and its value",
  declaredArguments: "a name or a value",
  module: "the module's name",
};

function labelOf(type: TokenType): string {
  return type.LABEL ?? type.name;
}

export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => labelOf(expected),
  buildNotAllInputParsedMessage: () => "the end of the line",
  buildNoViableAltMessage: ({ ruleName }) => wanted[ruleName] ?? "a value",
  buildEarlyExitMessage: ({ ruleName }) => wanted[ruleName] ?? "a value",
};
