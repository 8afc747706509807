/**
 * Errors the language raises. One class; what a program can rescue, match and save is `value`, plain JSON data
 * `%{type, message, …fields}`. A message follows from the type and the fields, in Elixir's words, by the table below.
 */

import type { Data, Dynamic } from "../json.ts";
import { inspect } from "./core/inspect.ts";

/** Something raised, by the program or by an operation; `type` is the name a `rescue` clause asks for. */
export class Raised extends Error {
  readonly type: string;
  readonly fields: Data;

  constructor(type: string, fields: Data = {}) {
    const { message, ...rest } = fields;
    super(
      typeof message === "string" ? message : (MESSAGES[type]?.(fields) ?? `got ${type} while retrieving its message`),
    );
    this.name = type;
    this.type = type;
    this.fields = rest;
  }

  /** The exception as the language sees it. */
  get value(): Data {
    return { ...this.fields, type: this.type, message: this.message };
  }
}

const MESSAGES: { readonly [type: string]: (fields: Data) => string } = {
  ArgumentError: () => "argument error",
  ArithmeticError: () => "bad argument in arithmetic expression",
  BadArityError: ({ arity, given }) => `a function of ${arity} arguments called with ${given}`,
  BadBooleanError: ({ operator, term }) => `expected a boolean on left-side of "${operator}", got: ${inspect(term)}`,
  BadFunctionError: ({ term }) => `expected a function, got: ${inspect(term)}`,
  BadMapError: ({ term }) => `expected a map, got: ${inspect(term)}`,
  CaseClauseError: ({ term }) => `no case clause matching: ${inspect(term)}`,
  CondClauseError: () => "no cond clause evaluated to a truthy value",
  "Enum.EmptyError": () => "empty error",
  "Enum.OutOfBoundsError": () => "out of bounds error",
  FunctionClauseError: ({ function: name }) => `no function clause matching in ${name}`,
  KeyError: keyMessage,
  MatchError: ({ term }) => `no match of right hand side value: ${inspect(term)}`,
  "Protocol.UndefinedError": ({ protocol, value }) =>
    `protocol ${protocol} not implemented for ${inspect(value)} of type ${typeName(value)}`,
  RuntimeError: () => "runtime error",
  TryClauseError: ({ term }) => `no try clause matching: ${inspect(term)}`,
  WithClauseError: ({ term }) => `no with clause matching: ${inspect(term)}`,
};

function keyMessage({ key = null, term }: Data): string {
  if (term === undefined) return `key ${inspect(key)} not found`;
  const found = `key ${inspect(key)} not found in: ${inspect(term, { limit: Number.POSITIVE_INFINITY })}`;
  if (typeof term === "object" && term !== null) return found;
  return `${found}. If you are using the dot syntax, such as map.field, make sure the left-hand side of the dot is a map`;
}

function typeName(value: Dynamic): string {
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Float";
  if (typeof value === "string") return "BitString";
  if (typeof value === "function") return "Function";
  if (Array.isArray(value)) return "List";
  return typeof value === "object" && value !== null ? "Map" : "Atom";
}

/** What was thrown, as an error of the language: an error of foreign code has its class's name as type. */
export function rescued(cause: unknown): Raised {
  if (cause instanceof Raised) return cause;
  if (!(cause instanceof Error)) return new Raised("Error", { message: String(cause) });
  const raised = new Raised(cause.name, { message: cause.message });
  raised.cause = cause;
  if (cause.stack !== undefined) raised.stack = cause.stack;
  return raised;
}

/** Throws, where an expression is needed. */
export function fail(error: Raised): never {
  throw error;
}

/** `map.key` or `fetch!` of a key that is not there. */
export function keyError(key: Dynamic, term: Dynamic): Raised {
  return new Raised("KeyError", { key, term });
}

/** `pattern = value` that does not match. */
export function matchError(term: Dynamic): Raised {
  return new Raised("MatchError", { term });
}

/** No clause of a `case`. */
export function caseClauseError(term: Dynamic): Raised {
  return new Raised("CaseClauseError", { term });
}

/** No clause of a `cond`. */
export function condClauseError(): Raised {
  return new Raised("CondClauseError");
}

/** No clause of a `with`'s `else`. */
export function withClauseError(term: Dynamic): Raised {
  return new Raised("WithClauseError", { term });
}

/** No clause of a `try`'s `else`. */
export function tryClauseError(term: Dynamic): Raised {
  return new Raised("TryClauseError", { term });
}

/** No clause of a function: `name` as in `Orders.total/1` or `anonymous fn/1`. */
export function functionClauseError(name: string): Raised {
  return new Raised("FunctionClauseError", { function: name });
}

/** `f.(x)` where `f` is no function. */
export function badFunctionError(term: Dynamic): Raised {
  return new Raised("BadFunctionError", { term });
}

/** A map operation on something else. */
export function badMapError(term: Dynamic): Raised {
  return new Raised("BadMapError", { term });
}

/** `and`, `or` on something other than a boolean. */
export function badBooleanError(operator: string, term: Dynamic): Raised {
  return new Raised("BadBooleanError", { operator, term });
}

/** Arithmetic that has no finite result. */
export function arithmeticError(): Raised {
  return new Raised("ArithmeticError");
}

/** An argument of the right type and a wrong value. */
export function argumentError(message = "argument error"): Raised {
  return new Raised("ArgumentError", { message });
}

/** The wording of Erlang's own functions, which name the position of the argument. */
export function badArgument(position: number, reason: string): Raised {
  const ordinal = ["1st", "2nd", "3rd", "4th"][position - 1];
  return argumentError(`errors were found at the given arguments:\n\n  * ${ordinal} argument: ${reason}\n`);
}

/** A collection was asked for its largest, smallest, any … element and has none. */
export function emptyError(): Raised {
  return new Raised("Enum.EmptyError");
}

/** `Enum.fetch!` past the end. */
export function outOfBoundsError(): Raised {
  return new Raised("Enum.OutOfBoundsError");
}

/** A value that cannot be counted through (`Enumerable`), collected into (`Collectable`) or made text (`String.Chars`). */
export function undefinedProtocolError(protocol: string, value: Dynamic): Raised {
  return new Raised("Protocol.UndefinedError", { protocol, value });
}
