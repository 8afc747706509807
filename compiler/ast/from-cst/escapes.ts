/** Escapes in texts, as Elixir reads them. */
import * as literalRules from "../../diagnostics/catalog/syntax-literals.ts";
import { type Context, report } from "./context.ts";

const single: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  d: "\u007f",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
  v: "\v",
  "\n": "",
};

const escapes = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|\r?(\n)|([\s\S]))/g;

const lastCodePoint = 0x10ffff;

/** The text with its escapes resolved; `offset` is where it stands in the file. */
export function unescaped(context: Context, text: string, offset: number): string {
  if (!text.includes("\\")) return text;
  return text.replace(escapes, (whole, byte, short, long, newline, letter, index: number) => {
    const code = byte ?? short ?? long;
    if (code) return character(context, Number.parseInt(code, 16), whole, offset + index);
    if (newline) return "";
    if (letter === "x" || letter === "u") return refused(context, whole, offset + index);
    return single[letter] ?? letter;
  });
}

function character(context: Context, code: number, whole: string, offset: number): string {
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  return code > lastCodePoint || surrogate ? refused(context, whole, offset) : String.fromCodePoint(code);
}

function refused(context: Context, text: string, offset: number): string {
  report(context, literalRules.badEscape, { start: offset, end: offset + text.length }, { text });
  return "";
}
