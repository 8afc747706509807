/** Literals and names, as they are to be written. */
import type { IToken } from "@durablec/grammar";
import type { Word } from "../forms.ts";
import { placeOf } from "./lines.ts";

export function nameWord(token: IToken): Word {
  return { kind: "word", text: token.image, role: token.image === "__MODULE__" ? "module" : "name", ...placeOf(token) };
}

export function moduleWord(token: IToken): Word {
  return { kind: "word", text: token.image, role: "module", ...placeOf(token) };
}

export function literalWord(token: IToken): Word {
  const { text, role } = literalText(token);
  return { kind: "word", text, role, ...placeOf(token) };
}

function literalText({ tokenType, image }: IToken): Pick<Word, "text" | "role"> {
  switch (tokenType.name) {
    case "Integer":
      return { text: integer(image), role: "other" };
    case "Float":
      return { text: float(image), role: "other" };
    case "Atom":
      return { text: image, role: "atom" };
    case "QuotedAtom":
      return { text: `:${withoutQuotes(image.slice(1))}`, role: "atom" };
    case "CaptureArgument":
      return { text: image, role: "captureArgument" };
    case "True":
    case "False":
    case "Nil":
      return { text: image, role: "atom" };
    default:
      return { text: image, role: "other" };
  }
}

function integer(image: string): string {
  if (image.startsWith("0x")) return `0x${image.slice(2).toUpperCase()}`;
  return /^0[bo]/.test(image) ? image : withUnderscores(image);
}

function float(image: string): string {
  const [whole = "", fraction = ""] = image.split(".");
  return `${withUnderscores(whole)}.${fraction.toLowerCase()}`;
}

/** Thousands are set apart from six digits on, unless the author has set some apart. */
function withUnderscores(digits: string): string {
  if (digits.includes("_") || digits.length < 6) return digits;
  return digits.replace(/\B(?=(?:\d{3})+$)/g, "_");
}

/** `"name"` is `name`, where it can be written so. */
export function withoutQuotes(quoted: string): string {
  const inner = quoted.slice(1, -1);
  return /^[a-zA-Z_][a-zA-Z0-9_@]*[?!]?$/.test(inner) && !reservedAtoms.has(inner) ? inner : quoted;
}

const reservedAtoms = new Set(["nil", "true", "false"]);
