/** What the rules of the grammar are written in: a table of shapes, which is read by and documented from. */
import type { Reading } from "./reading.ts";

/** A string names a token, or a kind of token, when it begins with a capital letter; otherwise another rule. */
export type Shape =
  | string
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Shape[] }
  | { readonly kind: "optional" | "repeated" | "bracketed" | "bare"; readonly part: Shape }
  | { readonly kind: "gated"; readonly gate: Gate; readonly part: Shape };

/** What the next token does not tell, neighbours do. */
export type Gate = (at: Reading) => boolean;

export type Rules = Readonly<Record<string, Shape>>;

export function isToken(name: string): boolean {
  return /^[A-Z]/.test(name);
}

export function sequence(...parts: readonly Shape[]): Shape {
  const [only, more] = parts;
  return only !== undefined && more === undefined ? only : { kind: "sequence", parts };
}

/** The first that may begin with the next token. */
export function choice(...parts: readonly Shape[]): Shape {
  return { kind: "choice", parts };
}

export function optional(...parts: readonly Shape[]): Shape {
  return { kind: "optional", part: sequence(...parts) };
}

export function repeated(...parts: readonly Shape[]): Shape {
  return { kind: "repeated", part: sequence(...parts) };
}

/** Several, with a token between them. */
export function separated(part: Shape, separator: string): Shape {
  return sequence(part, repeated(separator, part));
}

/** Within an `optional`, a `repeated` or a `choice`: taken only where the gate is open. */
export function when(gate: Gate, ...parts: readonly Shape[]): Shape {
  return { kind: "gated", gate, part: sequence(...parts) };
}

/** Inside brackets and blocks a `do` is free again. */
export function bracketed(...parts: readonly Shape[]): Shape {
  return { kind: "bracketed", part: sequence(...parts) };
}

/** The arguments of a call without parentheses: a `do` in them belongs to that call. */
export function bare(...parts: readonly Shape[]): Shape {
  return { kind: "bare", part: sequence(...parts) };
}
