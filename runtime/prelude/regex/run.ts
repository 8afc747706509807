import type { Data, Dynamic } from "../../json.ts";
import { at } from "../core/access.ts";
import { mapOf } from "../core/map.ts";
import { requireText } from "../core/require.ts";
import { functionClauseError } from "../errors.ts";
import { requireRegex } from "./compile.ts";
import { type Found, matches, names } from "./matches.ts";

export function match(regex: Dynamic, text: Dynamic): boolean {
  return requireRegex(regex, "Regex.match?/2").test(requireText(text, "Regex.match?/2"));
}

/**
 * The first match and its groups, nil when there is none. Options: `capture` (`:all`, `:first`, `:all_but_first`, `:none`,
 * `:all_names`, or a list of positions and names), `return` (`:index` for `{byte, length}` instead of texts).
 */
export function run(regex: Dynamic, text: Dynamic, options?: Dynamic): Dynamic {
  const [found] = matches(regex, text, "Regex.run/3", true);
  return found ? capture(found, text, regex, options) : null;
}

/** Every match and its groups; the options of `run`. */
export function scan(regex: Dynamic, text: Dynamic, options?: Dynamic): Dynamic[] {
  return matches(regex, text, "Regex.scan/3").map((found) => capture(found, text, regex, options));
}

/** The named groups of the first match as a map, nil when there is none. */
export function namedCaptures(regex: Dynamic, text: Dynamic): Data | null {
  const [found] = matches(regex, text, "Regex.named_captures/3", true);
  return found ? mapOf(Object.entries(found.named).map(([name, value]) => [name, value ?? ""])) : null;
}

function capture(found: Found, text: string, regex: RegExp, options: Dynamic): Dynamic {
  const chosen = choose(found, at(options, "capture") ?? "all", regex);
  if (at(options, "return") !== "index") return chosen.map((group) => textOf(found, group));
  return chosen.map((group) => indexOf(found, group, text));
}

type Group = number | string;

function choose(found: Found, which: Dynamic, regex: RegExp): readonly Group[] {
  const last = found.groups.findLastIndex((group) => group !== null);
  const all = Array.from({ length: last + 1 }, (_, group) => group);
  if (which === "all") return all;
  if (which === "all_but_first") return all.slice(1);
  if (which === "first") return [0];
  if (which === "none") return [];
  if (which === "all_names") return names(regex);
  if (Array.isArray(which)) return which;
  throw functionClauseError("Regex.run/3");
}

function textOf(found: Found, group: Group): string {
  return (typeof group === "number" ? found.groups[group] : found.named[group]) ?? "";
}

/** In bytes of UTF-8, as Elixir counts; `{-1, 0}` for a group that took no part. */
function indexOf(found: Found, group: Group, text: string): readonly [number, number] {
  const span = typeof group === "number" ? found.spans[group] : null;
  if (!span) return [-1, 0];
  return [bytes(text.slice(0, span[0])), bytes(text.slice(...span))];
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
