import type { Dynamic } from "../../json.ts";
import { at } from "../core/access.ts";
import { requireText } from "../core/require.ts";
import { functionClauseError } from "../errors.ts";
import { type Found, matches } from "./matches.ts";

/**
 * Every match, or only the first with `global: false`. In a replacement text `\\0`, `\\1` and `\\g{1}` stand for the match
 * and its groups; a function is given as many of them as it has parameters.
 */
export function replace(regex: Dynamic, text: Dynamic, replacement: Dynamic, options?: Dynamic): string {
  const subject = requireText(text, "Regex.replace/4");
  const replaceOne = replacer(replacement);
  const found = matches(regex, subject, "Regex.replace/4", at(options, "global") === false);
  let [result, start] = ["", 0];
  for (const match of found) {
    result += subject.slice(start, match.index) + replaceOne(match);
    start = match.index + match.length;
  }
  return result + subject.slice(start);
}

function replacer(replacement: Dynamic): (found: Found) => string {
  if (typeof replacement === "string") return (found) => fill(replacement, found);
  if (typeof replacement !== "function") throw functionClauseError("Regex.replace/4");
  return ({ groups }) => {
    const args = Array.from({ length: replacement.length }, (_, index) => groups[index] ?? "");
    return replacement(...args);
  };
}

function fill(template: string, { groups }: Found): string {
  return template.replace(/\\(?:(\\)|g\{(\d+)\}|(\d)|(.))/gs, (_, slash, named, digit, other) => {
    if (slash) return "\\";
    if (other) return `\\${other}`;
    return groups[Number(named ?? digit)] ?? "";
  });
}
