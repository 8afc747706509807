/**
 * `inspect`: a JSON value in Elixir's notation. Tuples and atoms are lists and texts at run time and print as such. Like
 * Elixir's, the text of a collection ends in `...` after 50 items in all, that of a text after 4096 characters.
 */

import type { Dynamic } from "../../json.ts";
import { compareText } from "./order.ts";
import { patternOf } from "./pattern.ts";
import { isPrintable } from "./printable.ts";

export interface InspectOptions {
  /** Items of collections, counted from the outermost in; default 50. */
  readonly limit?: number;
  /** Characters of a text; default 4096. */
  readonly printableLimit?: number;
}

/** The value in Elixir's notation: `"a"`, `[1, nil]`, `%{"k" => 1.5}`. */
export function inspect(value: Dynamic, options: InspectOptions = {}): string {
  return print(value, options.limit ?? 50, options.printableLimit ?? 4096);
}

function print(value: Dynamic, limit: number, textLimit: number): string {
  if (value === null || value === undefined) return "nil";
  if (typeof value === "string") return printText(value, limit, textLimit);
  if (Array.isArray(value)) return `[${printItems(value, limit, (item, left) => print(item, left, textLimit))}]`;
  if (value instanceof Uint8Array) return printBytes(value, limit);
  if (value instanceof RegExp) return printRegex(value);
  if (typeof value === "function") return `#Function<${value.length}>`;
  if (typeof value !== "object") return String(value);
  const keys = Object.keys(value).sort(compareText);
  const pair = (key: string, left: number) => `${print(key, left, textLimit)} => ${print(value[key], left, textLimit)}`;
  return `%{${printItems(keys, limit, pair)}}`;
}

/** Each item may be as long as what its predecessors left of the limit. */
function printItems<T>(items: readonly T[], limit: number, printItem: (item: T, left: number) => string): string {
  const shown = items.slice(0, limit).map((item, index) => printItem(item, limit - index - 1));
  return (items.length > limit ? [...shown, "..."] : shown).join(", ");
}

const ESCAPES: { readonly [character: string]: string } = {
  '"': '\\"',
  "\\": "\\\\",
  "#{": "\\#{",
  "\x07": "\\a",
  "\b": "\\b",
  "\x7f": "\\d",
  "\x1b": "\\e",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

/** A text with characters that cannot be shown is shown as its bytes. */
function printText(text: string, limit: number, textLimit: number): string {
  if (!isPrintable(text)) return printBytes(new TextEncoder().encode(text), limit);
  const shown = text.length > textLimit ? [...text].slice(0, textLimit).join("") : text;
  const escaped = shown.replace(/#\{|./gs, (found) => ESCAPES[found] ?? found);
  return `"${escaped}"${shown.length < text.length ? " <> ..." : ""}`;
}

function printBytes(bytes: Uint8Array, limit: number): string {
  return `<<${printItems([...bytes], limit, String)}>>`;
}

function printRegex(regex: RegExp): string {
  const { source, modifiers } = patternOf(regex);
  return `~r/${source.replace(/(?<!\\)\//g, "\\/")}/${modifiers}`;
}
