/** Cases in which our formatter and Elixir's differ on purpose; each is in docs/formatting.md, with its reason. */
export const differences: ReadonlySet<string> = new Set([
  "lose the space at their end",
  "a negated membership is left as it is",
]);
