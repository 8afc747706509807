import type { Dynamic } from "../../json.ts";
import { at } from "../core/access.ts";
import { graphemesOf } from "../core/graphemes.ts";
import { option } from "../core/option.ts";
import { requireText } from "../core/require.ts";
import { badArgument, functionClauseError } from "../errors.ts";
import { isRegex } from "../regex/compile.ts";
import { replace as replaceByRegex } from "../regex/replace.ts";
import { split as splitByRegex } from "../regex/split.ts";

/** White space that may break a line. */
const BREAKING_SPACE = /[^\P{White_Space}\u{a0}\u{2007}\u{202f}]+/u;

/**
 * At white space, or at a text, any of a list of texts, or a regular expression. Options: `parts` (at most so many),
 * `trim` (without empty parts).
 */
export function split(text: Dynamic, pattern?: Dynamic, options?: Dynamic): string[] {
  if (typeof text !== "string" && pattern === undefined) throw badArgument(1, "not a binary");
  const subject = requireText(text, "String.split/3");
  if (pattern === undefined) return subject.split(BREAKING_SPACE).filter((part) => part !== "");
  if (isRegex(pattern)) return splitByRegex(pattern, subject, options);
  const limit = option(options, "parts", "infinity");
  const most = limit === "infinity" ? Number.POSITIVE_INFINITY : limit;
  const trim = option(options, "trim", false);
  return pattern === "" ? splitCharacters(subject, most, trim) : splitAtTexts(subject, texts(pattern), most, trim);
}

function texts(pattern: Dynamic): readonly string[] {
  return (Array.isArray(pattern) ? pattern : [pattern]).map((text) => requireText(text, "String.split/3"));
}

/** Around every grapheme, with an empty text at either end. */
function splitCharacters(subject: string, most: number, trim: boolean): string[] {
  const characters = graphemesOf(subject);
  const parts = trim ? characters : ["", ...characters, ""];
  return parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join("")];
}

function splitAtTexts(subject: string, separators: readonly string[], most: number, trim: boolean): string[] {
  const parts: string[] = [];
  let rest = subject;
  while (parts.length < most - 1) {
    const found = earliest(rest, separators);
    if (!found) break;
    const part = rest.slice(0, found.index);
    if (part !== "" || !trim) parts.push(part);
    rest = rest.slice(found.index + found.length);
  }
  return rest === "" && trim ? parts : [...parts, rest];
}

/** Where the first of the texts stands; of several at one place the longest. */
function earliest(subject: string, parts: readonly string[]): { index: number; length: number } | null {
  let best: { index: number; length: number } | null = null;
  for (const { length, index } of parts.map((part) => ({ length: part.length, index: subject.indexOf(part) }))) {
    if (index < 0 || length === 0) continue;
    if (!best || index < best.index || (index === best.index && length > best.length)) best = { index, length };
  }
  return best;
}

/** The parts as a list; Elixir's are computed as they are asked for. */
export function splitter(text: Dynamic, pattern: Dynamic, options?: Dynamic): string[] {
  return split(text, pattern, options);
}

/**
 * Every match of a text, any of a list of texts, or a regular expression; only the first with `global: false`. The
 * replacement is a text, or a function of what matched.
 */
export function replace(text: Dynamic, pattern: Dynamic, replacement: Dynamic, options?: Dynamic): string {
  const subject = requireText(text, "String.replace/4");
  if (isRegex(pattern)) return replaceByRegex(pattern, subject, replacement, options);
  const replaceOne = typeof replacement === "function" ? replacement : () => replacement;
  if (typeof replacement !== "function" && typeof replacement !== "string")
    throw functionClauseError("String.replace/4");
  if (pattern === "") return replaceNothing(subject, replaceOne, at(options, "global") !== false);
  return replaceTexts(subject, texts(pattern), replaceOne, at(options, "global") !== false);
}

function replaceTexts(
  subject: string,
  parts: readonly string[],
  replaceOne: (match: string) => Dynamic,
  global: boolean,
): string {
  let [result, rest] = ["", subject];
  for (let found = earliest(rest, parts); found; found = global ? earliest(rest, parts) : null) {
    const match = rest.slice(found.index, found.index + found.length);
    result += rest.slice(0, found.index) + replaceOne(match);
    rest = rest.slice(found.index + found.length);
  }
  return result + rest;
}

/** An empty pattern matches around every grapheme. */
function replaceNothing(subject: string, replaceOne: (match: string) => Dynamic, global: boolean): string {
  if (!global) return replaceOne("") + subject;
  return ["", ...graphemesOf(subject), ""].join(replaceOne(""));
}
