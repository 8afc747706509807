import type { Dynamic } from "../../json.ts";
import { textOrBytes } from "../core/bytes.ts";
import { requireText } from "../core/require.ts";
import { truthy } from "../core/truth.ts";

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

/** A `%` that does not stand before two digits stands for itself. */
export function decode(text: Dynamic): Dynamic {
  const parts = requireText(text, "URI.decode/1").split(/%([0-9a-fA-F]{2})/);
  const bytes = parts.map((part, index) =>
    index % 2 === 0 ? new TextEncoder().encode(part) : Uint8Array.of(Number.parseInt(part, 16)),
  );
  return textOrBytes(Uint8Array.from(bytes.flatMap((chunk) => [...chunk])));
}

/** As forms send it: a space is `+`. */
export function encodeWwwForm(text: Dynamic): string {
  return encode(text, charUnreserved).replaceAll("%20", "+");
}

export function decodeWwwForm(text: Dynamic): Dynamic {
  return decode(requireText(text, "URI.decode_www_form/1").replaceAll("+", " "));
}
