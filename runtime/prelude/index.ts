/**
 * What compiled code imports of the language: operations on values whose type is not known, errors, and the built-in
 * modules. A built-in module is one namespace here, called as in Elixir, except where that would hide a global of
 * JavaScript: Map is `Maps`, String `Strings`, Date `Dates`, Jason and JSON `Json`, `:math` `Maths`, `:rand` `Rand`,
 * `:crypto` `Crypto`, URI `Uri`, IO `StdIo`, Process `Processes`, Durable `Time`, Durable.Helpers `Helpers`, the calendar
 * of Durable.Wait `Calendar`. A function's name is Elixir's in camelCase: `?` is dropped, `!` becomes `OrRaise`, and a
 * reserved word gets a trailing underscore (so does `then`, which would make the namespace look like a promise). All
 * arities of a name are one function. What needs the clock, chance or the log takes `io` as its first parameter.
 */
import * as Access from "./access.ts";
import * as Base from "./base/index.ts";
import * as Crypto from "./crypto.ts";
import * as Dates from "./date/index.ts";
import * as DateTime from "./datetime/index.ts";
import * as Enum from "./enum/index.ts";
import * as Exception from "./exception.ts";
import * as Float from "./float.ts";
import * as Helpers from "./helpers.ts";
import * as Integer from "./integer.ts";
import * as Json from "./jason.ts";
import * as Kernel from "./kernel/index.ts";
import * as Keyword from "./keyword/index.ts";
import * as List from "./list/index.ts";
import * as Logger from "./logger.ts";
import * as Maps from "./map/index.ts";
import * as Maths from "./math.ts";
import * as Processes from "./process.ts";
import * as Rand from "./rand.ts";
import * as Regex from "./regex/index.ts";
import * as StdIo from "./stdio.ts";
import * as Strings from "./string/index.ts";
import * as Time from "./time.ts";
import * as Uri from "./uri/index.ts";
import * as Calendar from "./waiting.ts";

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
export { both, either, not, requireBoolean, truthy } from "./core/truth.ts";
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
export { regex } from "./regex/compile.ts";
export { matches } from "./regex/operator.ts";
export {
  Access,
  Base,
  Calendar,
  Crypto,
  Dates,
  DateTime,
  Enum,
  Exception,
  Float,
  Helpers,
  Integer,
  Json,
  Kernel,
  Keyword,
  List,
  Logger,
  Maps,
  Maths,
  Processes,
  Rand,
  Regex,
  StdIo,
  Strings,
  Time,
  Uri,
};
