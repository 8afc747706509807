import type { Dynamic } from "../../json.ts";
import { requireInteger, requireText } from "../core/require.ts";
import { badArgument } from "../errors.ts";

/** The whole text as an integer in a base of 2 to 36. */
export function toInteger(text: Dynamic, base: Dynamic = 10): number {
  const digits = typeof text === "string" ? text : notA("a binary");
  const value = readInteger(digits, requireInteger(base, "String.to_integer/2", 2));
  return value === null ? notA("a textual representation of an integer") : value;
}

/** Null when the text is not all digits of the base, with or without a sign. */
export function readInteger(text: string, base: number): number | null {
  const digits = text.replace(/^[+-]/, "").toLowerCase();
  const valid = digits !== "" && [...digits].every((digit) => isDigit(digit, base));
  if (!valid) return null;
  const value = base === 10 ? Number(digits) : Number.parseInt(digits, base);
  return text.startsWith("-") ? 0 - value : value;
}

/** Whether a character is a digit of the base. */
export function isDigit(character: string, base: number): boolean {
  const value = "0123456789abcdefghijklmnopqrstuvwxyz".indexOf(character.toLowerCase());
  return value >= 0 && value < base;
}

/** The whole text as a float, which has digits on both sides of its point. */
export function toFloat(text: Dynamic): number {
  if (typeof text !== "string") return notA("a binary");
  const valid = /^[+-]?\d+\.\d+(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
  return valid ? Number(text) + 0 : notA("a textual representation of a float");
}

function notA(what: string): never {
  throw badArgument(1, `not ${what}`);
}

/** An atom is a text. */
export function toAtom(text: Dynamic): string {
  return requireText(text, "String.to_atom/1");
}

export function toExistingAtom(text: Dynamic): string {
  return requireText(text, "String.to_existing_atom/1");
}
