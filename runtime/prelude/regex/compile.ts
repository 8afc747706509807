import type { Dynamic } from "../../json.ts";
import { type Pattern, patternOf, remember } from "../core/pattern.ts";
import { requireText } from "../core/require.ts";
import { functionClauseError, Raised } from "../errors.ts";
import { translate, Unsupported } from "./translate.ts";

/** Whether a value is a compiled regular expression. */
export function isRegex(value: Dynamic): value is RegExp {
  return value instanceof RegExp;
}

/** The regular expression, or the FunctionClauseError of `where`. */
export function requireRegex(value: Dynamic, where: string): RegExp {
  if (isRegex(value)) return value;
  throw functionClauseError(where);
}

const compiled = new Map<string, RegExp>();
const MOST_COMPILED = 500;

/** `~r/source/modifiers`; the same pattern is compiled once. */
export function regex(source: string, modifiers = ""): RegExp {
  const key = `${modifiers}/${source}`;
  const known = compiled.get(key);
  if (known) return known;
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  const made = build({ source, modifiers });
  compiled.set(key, made);
  return made;
}

/** `(?i)` at the start of a pattern is a modifier. */
const INLINE = /^\(\?([imsux]+)\)/;

function build(pattern: Pattern): RegExp {
  const inline = INLINE.exec(pattern.source);
  const letters = pattern.modifiers + (inline?.[1] ?? "");
  const source = stripComments(inline ? pattern.source.slice(inline[0].length) : pattern.source, letters);
  const translated = translate(source, {
    multiline: letters.includes("m"),
    dotAll: letters.includes("s"),
    unicode: letters.includes("u"),
    extended: letters.includes("x"),
  });
  return remember(new RegExp(translated, letters.includes("i") ? "iu" : "u"), pattern);
}

function stripComments(source: string, letters: string): string {
  return letters.includes("x") ? source.replace(/(?<!\\)#.*$/gm, "") : source;
}

/** Options are letters, or atoms such as `[:caseless]`. */
export function compile(source: Dynamic, options: Dynamic = ""): readonly ["ok", RegExp] | readonly ["error", Dynamic] {
  try {
    return ["ok", regex(requireText(source, "Regex.compile/2"), lettersOf(options))];
  } catch (cause) {
    return ["error", [reasonOf(cause), 0]];
  }
}

export function compileOrRaise(source: Dynamic, options: Dynamic = ""): RegExp {
  const result = compile(source, options);
  if (result[0] === "ok") return result[1];
  const [reason, position] = result[1];
  throw new Raised("Regex.CompileError", { message: `${reason} at position ${position}` });
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Unsupported) return `${cause.message} is not supported`;
  if (cause instanceof SyntaxError) return cause.message.replace(/^Invalid regular expression: .*?: /, "");
  throw cause;
}

const LETTERS: { readonly [option: string]: string } = {
  caseless: "i",
  dotall: "s",
  extended: "x",
  multiline: "m",
  unicode: "u",
};

function lettersOf(options: Dynamic): string {
  if (typeof options === "string") return options;
  if (Array.isArray(options)) return options.map((option) => LETTERS[option] ?? "").join("");
  throw functionClauseError("Regex.compile/2");
}

export function source(regex: Dynamic): string {
  return patternOf(requireRegex(regex, "Regex.source/1")).source;
}

export function opts(regex: Dynamic): string {
  return patternOf(requireRegex(regex, "Regex.opts/1")).modifiers;
}

/** Escapes what has a meaning in a pattern. */
export function escapeText(text: Dynamic): string {
  return requireText(text, "Regex.escape/1").replace(/[\\^$.*+?()[\]{}|#\-\s]/g, "\\$&");
}
