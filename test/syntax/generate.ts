/** Random expressions with no parentheses around operations, to compare how two parsers group them. */
import { binaryOperators } from "@durablec/grammar";
import * as fc from "fast-check";

/** Not among the random ones: operators with a meaning in certain places only, and `in`, which Elixir reads oddly in a row. */
const elsewhere = new Set(["<-", "\\\\", "when", "::", "|", "=", "//", "|>", "..", "in", "not in"]);
const symbols = binaryOperators.map(({ symbol }) => symbol).filter((symbol) => !elsewhere.has(symbol));

const { operand } = fc.letrec<{ operand: string; expression: string }>((tie) => ({
  operand: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("a", "b", "1", ":ok", '"s"', "data.x", "data[:k]"),
    fc.tuple(fc.constantFrom("not ", "!", "- ", "+ "), tie("operand")).map(([sign, inner]) => sign + inner),
    tie("expression").map((inner) => `f(${inner})`),
    tie("expression").map((inner) => `[${inner}]`),
    fc.tuple(tie("expression"), tie("expression")).map(([first, second]) => `g(${first}, ${second})`),
  ),
  expression: fc
    .tuple(tie("operand"), fc.array(fc.tuple(fc.constantFrom(...symbols), tie("operand")), { maxLength: 4 }))
    .map(([first, rest]) => rest.reduce((text, [symbol, next]) => `${text} ${symbol} ${next}`, first)),
}));

const chain = fc
  .array(fc.tuple(fc.constantFrom(...symbols, "|> f() ==", "|> g(1) and"), operand), { minLength: 1, maxLength: 5 })
  .map((rest) => rest.reduce((text, [symbol, next]) => `${text} ${symbol} ${next}`, "a"));

export const expressionText: fc.Arbitrary<string> = fc.oneof(
  chain,
  chain.map((text) => `x = ${text}`),
  chain.map((text) => `f ${text}`),
  chain.map((text) => `y = ${text} |> f()`),
  chain.map((text) => `not a in ${text}`),
  chain.map((text) => `${text} not in b`),
  chain.map((text) => `!a in b or ${text}`),
  chain.map((text) => `1..10//2 == ${text}`),
);
