/**
 * The grammar as EBNF, printed from the parser's own rules and the token table: what is documented is what is parsed.
 * Operators are one flat list there; their precedence is a table of its own at the end.
 */

import { binaryOperators, unaryOperators } from "./operators.ts";
import { parser } from "./parser/modules.ts";
import { interpolationStart, sigilDelimiters, textDelimiters, textTokens } from "./texts.ts";
import { type Category, codeTokens, type TokenRow } from "./tokens.ts";

/** The parts of Chevrotain's serialized grammar that are read here. */
interface Part {
  readonly type: string;
  readonly name?: string;
  readonly nonTerminalName?: string;
  readonly definition?: readonly Part[];
}

export function ebnf(): string {
  const productions = inReadingOrder().map(({ name, definition }) => `${name} ::= ${sequence(definition ?? [])}`);
  return [
    "(* Generated from grammar/parser and grammar/tokens.ts — do not edit. *)",
    section("Rules", productions),
    section("Kinds of token", kindLines()),
    section("Tokens", lexicalRows().map(lexicalLine)),
    section("Operators, loosest first", operatorLines()),
  ]
    .join("\n\n")
    .concat("\n");
}

/** The rules from the outside in: a file, what is in it, what is in that. */
function inReadingOrder(): readonly Part[] {
  const rules = new Map((parser.getSerializedGastProductions() as Part[]).map((rule) => [rule.name ?? "", rule]));
  const order = ["file"];
  for (const name of order) {
    order.push(...mentioned(rules.get(name)?.definition ?? []).filter((each) => !order.includes(each)));
  }
  return [...new Set(order)].map((name) => rules.get(name)!);
}

function mentioned(parts: readonly Part[]): readonly string[] {
  return parts.flatMap(({ nonTerminalName, name, type, definition }) =>
    type === "NonTerminal" ? [nonTerminalName ?? name ?? ""] : mentioned(definition ?? []),
  );
}

function section(title: string, lines: readonly string[]): string {
  return `(* ${title} *)\n\n${lines.join("\n")}`;
}

function sequence(parts: readonly Part[]): string {
  return parts.map(show).join(" ");
}

function show(part: Part): string {
  const inside = (): string => sequence(part.definition ?? []);
  switch (part.type) {
    case "Terminal":
      return terminal(part.name ?? "");
    case "NonTerminal":
      return part.name ?? "";
    case "Option":
      return `[ ${inside()} ]`;
    case "Repetition":
      return `{ ${inside()} }`;
    case "Alternation":
      return `( ${(part.definition ?? []).map(show).join(" | ")} )`;
    default:
      return inside();
  }
}

const fixed = new Map([...codeTokens, interpolationStart].map((row) => [row.name, spelling(row)]));

/** Words and signs as they are written; everything else by its name. */
function terminal(name: string): string {
  return fixed.get(name) ?? name.toUpperCase();
}

function spelling({ pattern, word }: TokenRow): string | undefined {
  if (typeof pattern === "string") return `"${pattern}"`;
  return word ? `"${pattern.source}"` : undefined;
}

const textRows = [...textDelimiters, ...sigilDelimiters].flatMap(textTokens);

function lexicalRows(): readonly TokenRow[] {
  return [...codeTokens.filter((row) => spelling(row) === undefined), ...textRows];
}

/** Each kind with its tokens. */
function kindLines(): readonly string[] {
  const members = new Map<Category, Set<string>>();
  for (const row of [...codeTokens, ...textRows]) {
    for (const category of row.categories ?? []) {
      members.set(category, (members.get(category) ?? new Set()).add(terminal(row.name)));
    }
  }
  return [...members].map(([category, tokens]) => `${category.toUpperCase()} ::= ${[...tokens].join(" | ")}`);
}

function lexicalLine({ name, pattern, doc }: TokenRow): string {
  return `${name.toUpperCase()} ::= /${typeof pattern === "string" ? pattern : pattern.source}/ (* ${doc} *)`;
}

function operatorLines(): readonly string[] {
  const precedences = [...new Set([...binaryOperators, ...unaryOperators].map(({ precedence }) => precedence))];
  return precedences.sort((a, b) => a - b).flatMap(levelLines);
}

function levelLines(level: number): readonly string[] {
  const binary = binaryOperators.filter(({ precedence }) => precedence === level);
  const unary = unaryOperators.filter(({ precedence }) => precedence === level);
  const spelled = (rows: readonly { readonly symbol: string }[]): string =>
    rows.map(({ symbol }) => `"${symbol}"`).join(" ");
  return [
    ...(binary.length > 0 ? [`(* ${binary[0]?.associativity} *) ${spelled(binary)}`] : []),
    ...(unary.length > 0 ? [`(* before a value *) ${spelled(unary)}`] : []),
  ];
}
