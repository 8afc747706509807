export type { CstElement, CstNode, IToken } from "chevrotain";
export { ebnf } from "./ebnf.ts";
export { type ParsedFile, parseFile } from "./file.ts";
export { type BinaryOperatorRow, binaryOperator, binaryOperators, unaryPrecedence } from "./operators.ts";
export type { Place, Problem } from "./problems.ts";
export { type Production, productions, type Shape } from "./productions.ts";
export { contextualWords } from "./words.ts";
