/** Regular expressions are JavaScript's at run time, and remember how they were written. */
export interface Pattern {
  readonly source: string;
  /** Elixir's letters: `i`, `m`, `s`, `u`, `x`. */
  readonly modifiers: string;
}

const patterns = new WeakMap<RegExp, Pattern>();

/** Keeps what an expression was written as. */
export function remember(regex: RegExp, pattern: Pattern): RegExp {
  patterns.set(regex, pattern);
  return regex;
}

/** What an expression was written as; one that foreign code made, as JavaScript writes it. */
export function patternOf(regex: RegExp): Pattern {
  return patterns.get(regex) ?? { source: regex.source, modifiers: regex.flags.replace(/[^imsu]/g, "") };
}
