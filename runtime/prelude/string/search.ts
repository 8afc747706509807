import type { Dynamic } from "../../json.ts";
import { isPrintable } from "../core/printable.ts";
import { requireText } from "../core/require.ts";
import { functionClauseError } from "../errors.ts";
import { requireRegex } from "../regex/compile.ts";

/** A text, or the texts of a list. */
function alternatives(value: Dynamic, where: string): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map((text) => requireText(text, where));
}

export function contains(text: Dynamic, parts: Dynamic): boolean {
  const subject = requireText(text, "String.contains?/2");
  return alternatives(parts, "String.contains?/2").some((part) => subject.includes(part));
}

export function startsWith(text: Dynamic, prefixes: Dynamic): boolean {
  const subject = requireText(text, "String.starts_with?/2");
  return alternatives(prefixes, "String.starts_with?/2").some((prefix) => subject.startsWith(prefix));
}

export function endsWith(text: Dynamic, suffixes: Dynamic): boolean {
  const subject = requireText(text, "String.ends_with?/2");
  return alternatives(suffixes, "String.ends_with?/2").some((suffix) => subject.endsWith(suffix));
}

export function match(text: Dynamic, regex: Dynamic): boolean {
  return requireRegex(regex, "String.match?/2").test(requireText(text, "String.match?/2"));
}

/** A JSON text is always well-formed, but for half surrogates. */
export function valid(text: Dynamic): boolean {
  return !/\p{Surrogate}/u.test(requireText(text, "String.valid?/1"));
}

export function printable(text: Dynamic, limit: Dynamic = "infinity"): boolean {
  const subject = requireText(text, "String.printable?/2");
  return isPrintable(limit === "infinity" ? subject : [...subject].slice(0, limit).join(""));
}

const FORMS: { readonly [form: string]: string } = { nfc: "NFC", nfd: "NFD", nfkc: "NFKC", nfkd: "NFKD" };

export function normalize(text: Dynamic, form: Dynamic): string {
  const name = FORMS[form];
  if (name === undefined) throw functionClauseError("String.normalize/2");
  return requireText(text, "String.normalize/2").normalize(name);
}

/** Whether both look the same, however they are composed. */
export function equivalent(left: Dynamic, right: Dynamic): boolean {
  return normalize(left, "nfd") === normalize(right, "nfd");
}
