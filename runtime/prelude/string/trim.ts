import type { Dynamic } from "../../json.ts";
import { graphemesOf } from "../core/graphemes.ts";
import { requireInteger, requireText } from "../core/require.ts";
import { argumentError, badArgument, functionClauseError } from "../errors.ts";

const LEADING_SPACE = /^\p{White_Space}+/u;
const TRAILING_SPACE = /(?<!\p{White_Space})\p{White_Space}+$/u;

/** Without white space, or without repetitions of a text, at both ends. */
export function trim(text: Dynamic, what?: Dynamic): string {
  return trimLeading(trimTrailing(text, what), what);
}

export function trimLeading(text: Dynamic, what?: Dynamic): string {
  const subject = requireText(text, "String.trim_leading/2");
  return what === undefined ? subject.replace(LEADING_SPACE, "") : replaceLeading(subject, what, "");
}

export function trimTrailing(text: Dynamic, what?: Dynamic): string {
  const subject = requireText(text, "String.trim_trailing/2");
  return what === undefined ? subject.replace(TRAILING_SPACE, "") : replaceTrailing(subject, what, "");
}

/** Every repetition of `match` at the start. */
export function replaceLeading(text: Dynamic, match: Dynamic, replacement: Dynamic): string {
  const subject = requireText(text, "String.replace_leading/3");
  const part = requirePart(match, "String.replace_leading/3");
  let count = 0;
  while (subject.startsWith(part, count * part.length)) count += 1;
  return replacement.repeat(count) + subject.slice(count * part.length);
}

/** Every repetition of `match` at the end. */
export function replaceTrailing(text: Dynamic, match: Dynamic, replacement: Dynamic): string {
  const subject = requireText(text, "String.replace_trailing/3");
  const part = requirePart(match, "String.replace_trailing/3");
  let end = subject.length;
  while (subject.endsWith(part, end)) end -= part.length;
  return subject.slice(0, end) + replacement.repeat((subject.length - end) / part.length);
}

function requirePart(match: Dynamic, where: string): string {
  const part = requireText(match, where);
  if (part === "") throw argumentError("cannot use an empty string as the match to replace");
  return part;
}

/** `match` at the start, once. */
export function replacePrefix(text: Dynamic, match: Dynamic, replacement: Dynamic): string {
  const subject = requireText(text, "String.replace_prefix/3");
  return subject.startsWith(match) ? replacement + subject.slice(match.length) : subject;
}

/** `match` at the end, once. */
export function replaceSuffix(text: Dynamic, match: Dynamic, replacement: Dynamic): string {
  const subject = requireText(text, "String.replace_suffix/3");
  return subject.endsWith(match) ? subject.slice(0, subject.length - match.length) + replacement : subject;
}

/** Filled up to so many graphemes in front, from a text or a list of texts in turn. */
export function padLeading(text: Dynamic, count: Dynamic, padding: Dynamic = " "): string {
  const subject = requireText(text, "String.pad_leading/3");
  return fill(subject, count, padding, "String.pad_leading/3") + subject;
}

export function padTrailing(text: Dynamic, count: Dynamic, padding: Dynamic = " "): string {
  const subject = requireText(text, "String.pad_trailing/3");
  return subject + fill(subject, count, padding, "String.pad_trailing/3");
}

function fill(subject: string, count: Dynamic, padding: Dynamic, where: string): string {
  const missing = requireInteger(count, where, 0) - graphemesOf(subject).length;
  const parts: readonly string[] = Array.isArray(padding) ? padding : graphemesOf(requireText(padding, where));
  if (parts.length === 0) throw functionClauseError(where);
  return Array.from({ length: Math.max(0, missing) }, (_, index) => parts[index % parts.length]).join("");
}

export function duplicate(text: Dynamic, count: Dynamic): string {
  const subject = requireText(text, "String.duplicate/2");
  if (!Number.isInteger(count)) throw functionClauseError("String.duplicate/2");
  if (count < 0) throw badArgument(2, "out of range");
  return subject.repeat(count);
}
