/**
 * The operators, loosest first: one table from which the lexer takes their spelling, the newline pass whether they may
 * begin a line, and the tree builder their precedence. Levels and directions are Elixir's.
 */

export interface BinaryOperatorRow {
  readonly symbol: string;
  /** Higher binds tighter; Elixir's own numbers. */
  readonly precedence: number;
  readonly associativity: "left" | "right";
  /** A line may begin with it and still continue the line above. */
  readonly leads: boolean;
  readonly doc: string;
}

export interface UnaryOperatorRow {
  readonly symbol: string;
  /** What follows is read up to operators of at least this precedence. */
  readonly precedence: number;
  readonly doc: string;
}

type Row = readonly [symbols: string, precedence: number, associativity: "left" | "right", doc: string];

const levels: readonly Row[] = [
  ["<-", 40, "left", "takes each element of its right side, or a match that may fail"],
  ["\\\\", 40, "left", "gives a parameter its default"],
  ["when", 50, "right", "adds a guard to a pattern"],
  ["::", 60, "right", "gives a name its type"],
  ["|", 70, "right", "separates a head from its tail, a map from its changes, the members of a type"],
  ["=", 100, "right", "matches a pattern against a value"],
  ["|| or", 120, "left", "the first side that is true"],
  ["&& and", 130, "left", "both sides"],
  ["== != =~ === !==", 140, "left", "compares by value"],
  ["< > <= >=", 150, "left", "compares by order"],
  ["|>", 160, "left", "passes its left side as the first argument"],
  ["in", 170, "left", "is a member"],
  ["not in", 170, "left", "is no member"],
  ["//", 190, "right", "gives a range its step"],
  ["++ -- .. <>", 200, "right", "joins lists or texts, or spans a range"],
  ["+ -", 210, "left", "adds, subtracts"],
  ["* /", 220, "left", "multiplies, divides"],
  ["**", 230, "left", "raises to a power"],
];

/** `a\n- b` is two expressions: a sign may stand before a value. */
const signs: ReadonlySet<string> = new Set(["+", "-"]);

function symbolsOf(text: string): string[] {
  return text === "not in" ? [text] : text.split(" ");
}

export const binaryOperators: readonly BinaryOperatorRow[] = levels.flatMap(
  ([symbols, precedence, associativity, doc]) =>
    symbolsOf(symbols).map((symbol) => ({ symbol, precedence, associativity, leads: !signs.has(symbol), doc })),
);

export const unaryOperators: readonly UnaryOperatorRow[] = [
  { symbol: "&", precedence: 90, doc: "makes a function of an expression with `&1`, or of a name and its arity" },
  { symbol: "-", precedence: 300, doc: "negates" },
  { symbol: "+", precedence: 300, doc: "leaves a number as it is" },
  { symbol: "!", precedence: 300, doc: "is falsy" },
  { symbol: "not", precedence: 300, doc: "is false" },
  { symbol: "^", precedence: 300, doc: "pins a variable in a pattern" },
];

/** Operators of Elixir that are bit arithmetic or left for libraries to define: read, then refused by name. */
export const foreignOperators: readonly string[] = [
  "&&&",
  "|||",
  "^^^",
  "~~~",
  "<<<",
  ">>>",
  "<<~",
  "~>>",
  "<~>",
  "<~",
  "~>",
  "<|>",
  "+++",
  "---",
];

/** Foreign operators bind as `|>` does, which is near enough for one error. */
const foreignPrecedence = 160;

const binaryBySymbol = new Map(binaryOperators.map((row) => [row.symbol, row]));
const unaryBySymbol = new Map(unaryOperators.map((row) => [row.symbol, row]));

/** The row of a binary operator's text; `not   in` may be written with any space. */
export function binaryOperator(text: string): BinaryOperatorRow {
  const symbol = text.replace(/\s+/, " ");
  return (
    binaryBySymbol.get(symbol) ?? {
      symbol,
      precedence: foreignPrecedence,
      associativity: "left",
      leads: true,
      doc: "",
    }
  );
}

/** The precedence with which a prefix operator reads its operand. */
export function unaryPrecedence(symbol: string): number {
  return unaryBySymbol.get(symbol)?.precedence ?? 300;
}
