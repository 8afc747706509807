import type { Dynamic } from "../../json.ts";
import { graphemesOf } from "../core/graphemes.ts";
import { requireInteger, requireText } from "../core/require.ts";
import { rangeOf, sliceRange } from "../enum/slice.ts";

/** In graphemes. */
export function length(text: Dynamic): number {
  return graphemesOf(requireText(text, "String.length/1")).length;
}

export function graphemes(text: Dynamic): string[] {
  return graphemesOf(requireText(text, "String.graphemes/1"));
}

export function codepoints(text: Dynamic): string[] {
  return [...requireText(text, "String.codepoints/1")];
}

/** The grapheme at an index; a negative one counts from the end. */
export function at(text: Dynamic, index: Dynamic): string | null {
  return graphemes(text).at(requireInteger(index, "String.at/2")) ?? null;
}

export function first(text: Dynamic): string | null {
  return at(text, 0);
}

export function last(text: Dynamic): string | null {
  return at(text, -1);
}

export function reverse(text: Dynamic): string {
  return graphemes(text).reverse().join("");
}

/** So many graphemes from a start, or those at a range of indices. */
export function slice(text: Dynamic, start: Dynamic, size?: Dynamic): string {
  const characters = graphemes(text);
  if (size === undefined) return sliceRange(characters, rangeOf(start, "String.slice/2")).join("");
  const index = requireInteger(start, "String.slice/3");
  const first = index < 0 ? Math.max(0, index + characters.length) : index;
  return characters.slice(first, first + requireInteger(size, "String.slice/3", 0)).join("");
}

/** `{first, rest}`, in graphemes; a negative position counts from the end. */
export function splitAt(text: Dynamic, position: Dynamic): readonly [string, string] {
  const characters = graphemes(text);
  const index = requireInteger(position, "String.split_at/2");
  const end = index < 0 ? Math.max(0, index + characters.length) : index;
  return [characters.slice(0, end).join(""), characters.slice(end).join("")];
}

/** `{first grapheme, rest}`, nil of an empty text. */
export function nextGrapheme(text: Dynamic): readonly [string, string] | null {
  const [head, ...rest] = graphemes(text);
  return head === undefined ? null : [head, rest.join("")];
}

/** `{first code point, rest}`, nil of an empty text. */
export function nextCodepoint(text: Dynamic): readonly [string, string] | null {
  const [head, ...rest] = codepoints(text);
  return head === undefined ? null : [head, rest.join("")];
}
