/**
 * The token table: everything the lexer knows, as data. The lexer is built from it now, the editor grammars and the
 * EBNF's terminals are printed from it. Order matters: the first pattern that matches wins.
 */
import { binaryOperators, foreignOperators, unaryOperators } from "./operators.ts";
import { textRows } from "./texts.ts";
import { contextualWords, reservedWords, sectionWords, wordLiterals, wordOperators } from "./words.ts";

/** What a token may stand for besides itself; the parser asks for these instead of listing tokens. */
export type Category =
  /** May name a variable or a function. */
  | "Name"
  /** A value in one token. */
  | "Literal"
  | "KeyName"
  | "TextStart"
  | "Text"
  | "TextEnd"
  | "BinaryOperator"
  | "UnaryOperator"
  /** Begins a further part of a `do` block. */
  | "Section";

export interface TokenRow {
  readonly name: string;
  readonly pattern: RegExp | string;
  /** TextMate scope, without the language's suffix. */
  readonly scope: string;
  /** What it is, as a noun phrase that messages can use. */
  readonly doc: string;
  readonly categories?: readonly Category[];
  /** `skip` drops it, `comment` sets it aside. */
  readonly channel?: "skip" | "comment";
  /** Reading it enters this mode. */
  readonly push?: string;
  /** Reading it leaves the current mode. */
  readonly pop?: true;
  /** True for words: a longer identifier wins. */
  readonly word?: true;
}

function words(table: Record<string, string>, scope: string, categories: readonly Category[]): TokenRow[] {
  return Object.entries(table).map(([name, word]) => ({
    name,
    pattern: new RegExp(word),
    scope,
    doc: `the word \`${word}\``,
    categories,
    word: true,
  }));
}

const name = "[a-zA-Z_][a-zA-Z0-9_]*[?!]?";
const digits = "[0-9](?:_?[0-9])*";
const operatorAtoms =
  "===|!==|\\.\\.\\.|\\.\\.//|::|->|<-|\\\\\\\\|<<>>|@|==|!=|=~|<=|>=|<>|\\+\\+|--|\\*\\*|\\|>|&&|\\|\\||\\.\\.|[-+*/<>!&|^]|%\\{\\}|\\{\\}|%";

const space: readonly TokenRow[] = [
  { name: "Space", pattern: /(?:[ \t\r\f\uFEFF]|\\\r?\n(?=[\s\S]))+/, scope: "", doc: "space", channel: "skip" },
  { name: "Newline", pattern: /\n/, scope: "", doc: "the end of the line" },
  { name: "Semicolon", pattern: ";", scope: "punctuation.separator", doc: "`;`" },
  { name: "Comment", pattern: /#[^\n]*/, scope: "comment.line.number-sign", doc: "a comment", channel: "comment" },
];

const literals: readonly TokenRow[] = [
  {
    name: "CaptureArgument",
    pattern: /&[0-9]+/,
    scope: "variable.parameter",
    doc: "an argument of a capture",
    categories: ["Literal"],
  },
  {
    name: "Float",
    pattern: new RegExp(`${digits}\\.${digits}(?:[eE][-+]?${digits})?`),
    scope: "constant.numeric.float",
    doc: "a number",
    categories: ["Literal"],
  },
  {
    name: "Integer",
    pattern: new RegExp(`0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+|${digits}`),
    scope: "constant.numeric.integer",
    doc: "a number",
    categories: ["Literal"],
  },
  {
    name: "Character",
    pattern: /\?(?:\\[\s\S]|[^\s\\])/,
    scope: "constant.character",
    doc: "a character's number",
    categories: ["Literal"],
  },
  {
    name: "KeyColon",
    pattern: new RegExp(`${name}:(?!:)`),
    scope: "constant.other.symbol",
    doc: "a key",
    categories: ["KeyName"],
  },
  {
    name: "Atom",
    pattern: new RegExp(`:(?:[a-zA-Z_][a-zA-Z0-9_@]*[?!]?|${operatorAtoms})`),
    scope: "constant.other.symbol",
    doc: "an atom",
    categories: ["Literal"],
  },
  { name: "TypeOperator", pattern: "::", scope: "keyword.operator", doc: "`::`", categories: ["BinaryOperator"] },
];

const names: readonly TokenRow[] = [
  {
    name: "NotIn",
    pattern: /not[ \t]+in(?![a-zA-Z0-9_?!:])/,
    scope: "keyword.operator",
    doc: "`not in`",
    categories: ["BinaryOperator"],
  },
  ...words(contextualWords, "keyword.declaration", ["Name"]),
  ...words(reservedWords, "keyword.control", []),
  ...words(sectionWords, "keyword.control", ["Section"]),
  ...words(wordLiterals, "constant.language", ["Literal"]),
  {
    name: "Not",
    pattern: /not/,
    scope: "keyword.operator",
    doc: "`not`",
    categories: ["UnaryOperator"],
    word: true,
  },
  ...words(wordOperators, "keyword.operator", ["BinaryOperator"]),
  {
    name: "Identifier",
    pattern: /[a-z_][a-zA-Z0-9_]*[?!]?/,
    scope: "variable.other",
    doc: "a name",
    categories: ["Name"],
  },
  {
    name: "ModuleName",
    pattern: /[A-Z][a-zA-Z0-9_]*(?:\.[A-Z][a-zA-Z0-9_]*)*/,
    scope: "entity.name.type.module",
    doc: "a module's name",
  },
];

const brackets: readonly TokenRow[] = [
  { name: "MapStart", pattern: "%{", scope: "punctuation.section", doc: "`%{`", push: "code" },
  { name: "BraceStart", pattern: "{", scope: "punctuation.section", doc: "`{`", push: "code" },
  { name: "BraceEnd", pattern: "}", scope: "punctuation.section", doc: "`}`", pop: true },
  { name: "ParenStart", pattern: "(", scope: "punctuation.section", doc: "`(`" },
  { name: "ParenEnd", pattern: ")", scope: "punctuation.section", doc: "`)`" },
  { name: "BracketStart", pattern: "[", scope: "punctuation.section", doc: "`[`" },
  { name: "BracketEnd", pattern: "]", scope: "punctuation.section", doc: "`]`" },
  { name: "BinaryStart", pattern: "<<", scope: "punctuation.section", doc: "`<<`" },
  { name: "BinaryEnd", pattern: ">>", scope: "punctuation.section", doc: "`>>`" },
];

const punctuation: readonly TokenRow[] = [
  { name: "Arrow", pattern: "->", scope: "keyword.operator.arrow", doc: "`->`" },
  { name: "FatArrow", pattern: "=>", scope: "keyword.operator.arrow", doc: "`=>`" },
  { name: "Comma", pattern: ",", scope: "punctuation.separator", doc: "`,`" },
  { name: "At", pattern: "@", scope: "punctuation.definition.constant", doc: "`@`" },
  { name: "Percent", pattern: "%", scope: "punctuation.section", doc: "`%`" },
  { name: "Colon", pattern: ":", scope: "invalid", doc: "`:`" },
];

const namedOperators: Readonly<Record<string, string>> = { "|": "Bar", "=": "Equals", "-": "Minus", "+": "Plus" };

function operatorRow(symbol: string): TokenRow {
  const binary = binaryOperators.some((row) => row.symbol === symbol) || foreignOperators.includes(symbol);
  const unary = unaryOperators.some((row) => row.symbol === symbol);
  const categories: Category[] = [];
  if (binary) categories.push("BinaryOperator");
  if (unary) categories.push("UnaryOperator");
  return {
    name: namedOperators[symbol] ?? symbol,
    pattern: symbol,
    scope: "keyword.operator",
    doc: `\`${symbol}\``,
    categories,
  };
}

/** Longest first, so that `|>` is not read as `|` and `>`. */
function operatorRows(): TokenRow[] {
  const symbols = new Set([...binaryOperators, ...unaryOperators].map((row) => row.symbol));
  const spelled = [...symbols, ...foreignOperators].filter((symbol) => !/[a-z]/.test(symbol) && symbol !== "::");
  return spelled.toSorted((a, b) => b.length - a.length).map(operatorRow);
}

/** A lone dot comes after `..`, brackets `<<` and arrows after the operators that begin with them. */
function codeRows(): TokenRow[] {
  const operators = operatorRows();
  const long = operators.filter((row) => String(row.pattern).length > 2);
  const short = operators.filter((row) => String(row.pattern).length <= 2);
  const dot: TokenRow = { name: "Dot", pattern: ".", scope: "punctuation.accessor", doc: "`.`" };
  return [
    ...space,
    ...textRows,
    ...literals,
    ...names,
    ...long,
    ...brackets,
    ...punctuation.slice(0, 2),
    ...short,
    ...punctuation.slice(2),
    dot,
  ];
}

/** Tokens of ordinary code, in the order they are tried. */
export const codeTokens: readonly TokenRow[] = codeRows();
