import type { Dynamic } from "../../json.ts";
import { requireText } from "../core/require.ts";
import { functionClauseError } from "../errors.ts";

type Change = (text: string) => string;

/** Character by character: what JavaScript does at a word's end to a sigma, Elixir does in the `:greek` mode only. */
const eachCharacter = (change: Change) => (text: string) => Array.from(text, change).join("");

const UPPER: { readonly [mode: string]: Change } = {
  default: (text) => text.toUpperCase(),
  ascii: (text) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
  greek: (text) => text.toUpperCase(),
  turkic: (text) => text.toLocaleUpperCase("tr"),
};

const LOWER: { readonly [mode: string]: Change } = {
  default: eachCharacter((character) => character.toLowerCase()),
  ascii: (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  greek: (text) => text.toLowerCase(),
  turkic: eachCharacter((character) => character.toLocaleLowerCase("tr")),
};

/** Modes are `:default`, `:ascii`, `:greek` and `:turkic`. */
export function upcase(text: Dynamic, mode: Dynamic = "default"): string {
  return apply(UPPER, mode, requireText(text, "String.upcase/2"), "String.upcase/2");
}

export function downcase(text: Dynamic, mode: Dynamic = "default"): string {
  return apply(LOWER, mode, requireText(text, "String.downcase/2"), "String.downcase/2");
}

/** The first character in upper case, all others in lower case. */
export function capitalize(text: Dynamic, mode: Dynamic = "default"): string {
  const [head = "", ...rest] = requireText(text, "String.capitalize/2");
  const [initial = "", ...expanded] = upcase(head, mode);
  return initial + downcase(expanded.join("") + rest.join(""), mode);
}

function apply(changes: { readonly [mode: string]: Change }, mode: Dynamic, text: string, where: string): string {
  const change = changes[mode];
  if (!change) throw functionClauseError(where);
  return change(text);
}
