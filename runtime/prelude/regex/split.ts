import type { Dynamic } from "../../json.ts";
import { at } from "../core/access.ts";
import { requireText } from "../core/require.ts";
import { type Found, matches } from "./matches.ts";

/**
 * The text between matches. Options: `parts` (at most so many), `trim` (without empty parts), `include_captures` (the
 * matches too, between the parts).
 */
export function split(regex: Dynamic, text: Dynamic, options?: Dynamic): string[] {
  const subject = requireText(text, "Regex.split/3");
  const trim = at(options, "trim") === true;
  if (subject === "") return trim ? [] : [""];
  const limit = at(options, "parts") ?? "infinity";
  const most = limit === "infinity" ? Number.POSITIVE_INFINITY : limit;
  const found = matches(regex, subject, "Regex.split/3").filter((match) => splits(match, subject));
  return cut(subject, found, { most, trim, captures: at(options, "include_captures") === true });
}

/** A match of nothing splits between characters and at the end, not before the first. */
function splits({ index, length }: Found, subject: string): boolean {
  return length > 0 || (index >= 0 && subject !== "");
}

interface Cut {
  readonly most: number;
  readonly trim: boolean;
  readonly captures: boolean;
}

function cut(subject: string, found: readonly Found[], { most, trim, captures }: Cut): string[] {
  const parts: string[] = [];
  let [start, count] = [0, 1];
  const add = (part: string) => {
    if (part !== "" || !trim) parts.push(part);
  };
  for (const { index, length } of found) {
    if (count >= most) break;
    const part = subject.slice(start, index);
    if (part !== "" || !trim) count += 1;
    add(part);
    if (captures) add(subject.slice(index, index + length));
    start = index + length;
  }
  add(subject.slice(start));
  return parts;
}
