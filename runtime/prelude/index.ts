/**
 * What compiled code imports of the language: operations on values whose type is not known, errors, and the built-in
 * modules. A built-in module is one namespace here, called as in Elixir, except where that would hide a global of
 * JavaScript: Map is `Maps`, String `Strings`, Date `Dates`, Jason and JSON `Json`, `:math` `Maths`, `:rand` `Rand`,
 * `:crypto` `Crypto`, URI `Uri`, IO `StdIo`, Process `Processes`, Durable `Time`, Durable.Helpers `Helpers`, the calendar
 * of Durable.Wait `Calendar`. A function's name is Elixir's in camelCase: `?` is dropped, `!` becomes `OrRaise`, and a
 * reserved word gets a trailing underscore. All arities of a name are one function. What needs the clock, chance
 * or the log takes `io` as its first parameter.
 */
import * as Helpers from "./helpers.ts";
import * as Rand from "./rand.ts";
import * as Time from "./time.ts";

export { at, field, hasKey } from "./core/access.ts";
export { add, div, divide, finite, multiply, negate, number, power, rem, subtract } from "./core/arithmetic.ts";
export { elements } from "./core/elements.ts";
export { equals } from "./core/equals.ts";
export { inspect } from "./core/inspect.ts";
export { concat, isIn, without } from "./core/list.ts";
export { isMap, keyText, mapOf, put, sortedKeys, updateMap } from "./core/map.ts";
export { compare, compareText } from "./core/order.ts";
export { range } from "./core/range.ts";
export { joinText, text } from "./core/text.ts";
export { not, requireBoolean, truthy } from "./core/truth.ts";
export {
  argumentError,
  arithmeticError,
  badFunctionError,
  badMapError,
  caseClauseError,
  condClauseError,
  fail,
  functionClauseError,
  keyError,
  matchError,
  Raised,
  rescued,
  tryClauseError,
  withClauseError,
} from "./errors.ts";
export { Helpers, Rand, Time };
