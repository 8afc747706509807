import type { Dynamic } from "../../json.ts";
import { at } from "../core/access.ts";
import { elements } from "../core/elements.ts";
import { inspect as show } from "../core/inspect.ts";
import { mapOf } from "../core/map.ts";
import { pair } from "../enum/combine.ts";
import { argumentError, badFunctionError, Raised } from "../errors.ts";
import { isException } from "./exception.ts";

/** What a function makes of the value. */
export function then_(value: Dynamic, fun: (value: Dynamic) => Dynamic): Dynamic {
  return fun(value);
}

/** The value, after a function saw it. */
export function tap(value: Dynamic, fun: (value: Dynamic) => Dynamic): Dynamic {
  fun(value);
  return value;
}

export function apply(fun: Dynamic, args: Dynamic): Dynamic {
  if (typeof fun !== "function") throw badFunctionError(fun);
  if (fun.length !== args.length) throw new Raised("BadArityError", { arity: fun.length, given: args.length });
  return fun(...args);
}

/**
 * Raises a RuntimeError of a text, an exception as `rescue` binds it, or an error of a type with its message or with the
 * fields the message is made of.
 */
export function raise(error: Dynamic, attributes?: Dynamic): never {
  if (attributes !== undefined) throw new Raised(error, fieldsOf(attributes));
  if (typeof error === "string") throw new Raised("RuntimeError", { message: error });
  throw raised(error);
}

/** Raises an exception that was rescued once more; the stack trace is not needed. */
export function reraise(
  error: Dynamic,
  ...rest: readonly [trace: Dynamic] | readonly [attributes: Dynamic, trace: Dynamic]
): never {
  return rest.length === 1 ? raise(error) : raise(error, rest[0]);
}

function fieldsOf(attributes: Dynamic): { readonly [name: string]: Dynamic } {
  if (typeof attributes === "string") return { message: attributes };
  return mapOf(elements(attributes).map(pair));
}

function raised(error: Dynamic): Raised {
  if (isException(error)) {
    const { type, ...fields } = error;
    return new Raised(type, fields);
  }
  return argumentError(
    `raise/1 and reraise/2 expect a module name, string or exception as the first argument, got: ${show(error)}`,
  );
}

/** Options: `limit` (items, default 50, or `:infinity`), `printable_limit` (characters, default 4096, or `:infinity`). */
export function inspect(value: Dynamic, options?: Dynamic): string {
  return show(value, {
    limit: amount(at(options, "limit"), 50),
    printableLimit: amount(at(options, "printable_limit"), 4096),
  });
}

function amount(given: Dynamic, fallback: number): number {
  return given === "infinity" ? Number.POSITIVE_INFINITY : (given ?? fallback);
}
