/**
 * Options are tables: a name, and a reader that says what its value may be. What no table names is an error, because an
 * option without effect would go unnoticed.
 */
import type { Expr, Name, Option } from "../../ast/nodes.ts";
import { unknownOption } from "../../diagnostics/catalog/name.ts";
import { timeoutInvalid } from "../../diagnostics/catalog/timeout.ts";
import { mismatch } from "../../diagnostics/catalog/type.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { constantValue } from "../../flow/constants.ts";
import { report, type Unit } from "../unit.ts";

/** Reads an option's value; undefined when it was wrong, which has then been reported. */
export type Reader<T> = (value: Expr, name: string, unit: Unit) => T | undefined;

export type Schema<T> = { readonly [K in keyof T]-?: Reader<T[K]> };

/** Reads options by a table; `owner` is what they belong to, as a message names it: "A step". */
export function readOptions<T extends object>(
  options: readonly Option[],
  schema: Schema<T>,
  owner: string,
  unit: Unit,
): Partial<T> {
  const read: Partial<T> = {};
  for (const option of options) {
    const name = option.name.text;
    if (!Object.hasOwn(schema, name)) {
      reportUnknown(option.name, Object.keys(schema), owner, unit);
      continue;
    }
    const key = name as keyof T & string;
    const value = schema[key](option.value, name, unit);
    if (value !== undefined) read[key] = value;
  }
  return read;
}

/** The pairs of a keyword list, as options. */
export function keywordOptions(value: Expr): Option[] | null {
  if (value.kind !== "list" || value.tail) return null;
  const options: Option[] = [];
  for (const item of value.items) {
    const [key, itemValue] = item.kind === "tuple" ? item.items : [];
    if (key?.kind !== "literal" || typeof key.value !== "string" || !itemValue) return null;
    options.push({ name: { text: key.value, span: key.span }, value: itemValue });
  }
  return options;
}

export function reportUnknown(name: Name, known: readonly string[], owner: string, unit: Unit): void {
  const near = suggest(name.text, known);
  const suggestion = near === null ? null : `${near}:`;
  report(unit, unknownOption, name.span, { name: name.text, owner, known, suggestion });
}

/** A text or an atom, not empty. */
export const text: Reader<string> = (value, name, unit) => {
  const folded = fold(value, unit);
  if (typeof folded === "string" && folded !== "") return folded;
  return wrong(value, name, "an atom or a text", unit);
};

/** An atom, kept with its place. */
export const atomName: Reader<Name> = (value, name, unit) => {
  const folded = fold(value, unit);
  if (typeof folded === "string" && folded !== "") return { text: folded, span: value.span };
  return wrong(value, name, "an atom", unit);
};

export const texts: Reader<readonly string[]> = (value, name, unit) => {
  const folded = fold(value, unit);
  if (Array.isArray(folded) && folded.every((item) => typeof item === "string")) return folded as readonly string[];
  return wrong(value, name, "a list of atoms or texts", unit);
};

/** One of the given atoms. */
export function oneOf<T extends string>(...choices: readonly T[]): Reader<T> {
  return (value, name, unit) => {
    const folded = fold(value, unit);
    const found = choices.find((choice) => choice === folded);
    return found ?? wrong(value, name, choices.map((choice) => `\`:${choice}\``).join(" or "), unit);
  };
}

/** A whole number that is not smaller than `least`. */
export function wholeNumber(least: number): Reader<number> {
  return (value, name, unit) => {
    const folded = fold(value, unit);
    if (typeof folded === "number" && Number.isInteger(folded) && folded >= least) return folded;
    return wrong(value, name, `a whole number from ${least} up`, unit);
  };
}

/** No longer than this makes sense as a duration. */
const hundredYearsMs = 100 * 365.25 * 86_400_000;

/** Milliseconds, known when the program is compiled. */
export const duration: Reader<number> = (value, name, unit) => {
  const folded = fold(value, unit);
  const why = whyNoDuration(folded);
  if (why === null) return folded as number;
  report(unit, timeoutInvalid, value.span, { what: `\`${name}:\``, why });
  return undefined;
};

/** What keeps a value from being a duration in words, or null. */
export function whyNoDuration(value: unknown): string | null {
  if (typeof value !== "number") return value === undefined ? "only known at run time" : `${JSON.stringify(value)}`;
  if (!Number.isInteger(value)) return `${value}, not a whole number`;
  if (value <= 0) return `${value}`;
  return value > hundredYearsMs ? "longer than 100 years" : null;
}

/** Anything that is known when the program is compiled. */
export const anything: Reader<unknown> = (value, name, unit) => {
  const folded = constantValue(value, unit.environment.module, unit.tables);
  return folded ? folded.value : wrong(value, name, "a constant", unit);
};

function fold(value: Expr, unit: Unit): unknown {
  return constantValue(value, unit.environment.module, unit.tables)?.value;
}

function wrong(value: Expr, name: string, expected: string, unit: Unit): undefined {
  if (value.kind === "invalid") return undefined;
  const folded = fold(value, unit);
  const actual = folded === undefined ? "only known at run time" : JSON.stringify(folded);
  report(unit, mismatch, value.span, { what: `\`${name}:\``, expected, actual });
  return undefined;
}
