/** The grammar as EBNF: rules, tokens, and the precedence of operators, which the rules do not tell. */
import { binaryOperators, unaryOperators } from "./operators.ts";
import { productions, type Shape, spelling, terminal } from "./productions.ts";
import { sigilDelimiters, textDelimiters, textTokens } from "./texts.ts";
import { type Category, codeTokens, type TokenRow } from "./tokens.ts";

export function ebnf(): string {
  const rules = productions().map(({ name, shape }) => `${name} ::= ${show(shape)}`);
  return [
    "(* Generated from grammar/parser and grammar/tokens.ts — do not edit. *)",
    section("Rules", rules),
    section("Kinds of token", kindLines()),
    section("Tokens", lexicalRows().map(lexicalLine)),
    section("Operators, loosest first", operatorLines()),
  ]
    .join("\n\n")
    .concat("\n");
}

function section(title: string, lines: readonly string[]): string {
  return `(* ${title} *)\n\n${lines.join("\n")}`;
}

function show(shape: Shape): string {
  switch (shape.kind) {
    case "terminal":
      return shape.text;
    case "rule":
      return shape.name;
    case "optional":
      return `[ ${show(shape.part)} ]`;
    case "repeated":
      return `{ ${show(shape.part)} }`;
    case "choice":
      return `( ${shape.parts.map(show).join(" | ")} )`;
    case "sequence":
      return shape.parts.map(show).join(" ");
  }
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
