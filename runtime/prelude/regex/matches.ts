import type { Dynamic } from "../../json.ts";
import { requireText } from "../core/require.ts";
import { requireRegex } from "./compile.ts";

/** One match: the texts of its groups, the whole first, null for groups that took no part. */
export interface Found {
  readonly index: number;
  readonly length: number;
  readonly groups: readonly (string | null)[];
  /** Where each group stands. */
  readonly spans: readonly (readonly [start: number, end: number] | null)[];
  readonly named: { readonly [name: string]: string | null };
}

/** All matches, or the first only. */
export function matches(regex: Dynamic, text: Dynamic, where: string, onlyFirst = false): Found[] {
  const expression = requireRegex(regex, where);
  const subject = requireText(text, where);
  const global = new RegExp(expression.source, `${expression.flags}gd`);
  const found: Found[] = [];
  for (const match of subject.matchAll(global)) {
    found.push(describe(match));
    if (onlyFirst) break;
  }
  return found;
}

function describe(match: RegExpMatchArray): Found {
  const named = Object.entries(match.groups ?? {}).map(([name, text]) => [name, text ?? null] as const);
  return {
    index: match.index ?? 0,
    length: match[0].length,
    groups: Array.from(match, (text) => text ?? null),
    spans: Array.from(match, (_, group) => match.indices?.[group] ?? null),
    named: Object.fromEntries(named),
  };
}

/** Names of groups, in code-point order. */
export function names(regex: Dynamic): string[] {
  const expression = requireRegex(regex, "Regex.names/1");
  const empty = new RegExp(`${expression.source}|`, expression.flags).exec("");
  return Object.keys(empty?.groups ?? {}).sort();
}
