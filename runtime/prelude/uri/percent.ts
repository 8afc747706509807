import type { Dynamic } from "../../json.ts";
import { inspect } from "../core/inspect.ts";
import { requireText } from "../core/require.ts";
import { truthy } from "../core/truth.ts";
import { argumentError } from "../errors.ts";

const RESERVED = ":/?#[]@!$&'()*+,;=";
const UNRESERVED = /[A-Za-z0-9_.~-]/;

/** Characters are given by their code points. */
export function charReserved(character: Dynamic): boolean {
  return RESERVED.includes(String.fromCodePoint(character));
}

export function charUnreserved(character: Dynamic): boolean {
  return UNRESERVED.test(String.fromCodePoint(character));
}

export function charUnescaped(character: Dynamic): boolean {
  return charReserved(character) || charUnreserved(character);
}

/** Escapes every byte that a predicate on its value does not let stand; by default those that have no place in a URI. */
export function encode(text: Dynamic, keep: (byte: number) => Dynamic = charUnescaped): string {
  const bytes = new TextEncoder().encode(requireText(text, "URI.encode/2"));
  return Array.from(bytes, (byte) => (truthy(keep(byte)) ? String.fromCharCode(byte) : percent(byte))).join("");
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

export function decode(text: Dynamic): string {
  const subject = requireText(text, "URI.decode/1");
  try {
    return decodeURIComponent(subject);
  } catch {
    throw argumentError(`malformed URI ${inspect(subject)}`);
  }
}

/** As forms send it: a space is `+`. */
export function encodeWwwForm(text: Dynamic): string {
  return encode(text, charUnreserved).replaceAll("%20", "+");
}

export function decodeWwwForm(text: Dynamic): string {
  return decode(requireText(text, "URI.decode_www_form/1").replaceAll("+", " "));
}
