/** Words whose arguments stand without parentheses, unless the author gave them some. */
import { blockWords } from "@durablec/grammar";

const always = new Set([...blockWords, "for", "with"]);

/** By how many arguments they take; a `do` block and keywords are one each. */
const byArity: Readonly<Record<string, readonly number[]>> = {
  alias: [1, 2],
  case: [2],
  cond: [1],
  def: [1, 2],
  defmodule: [2],
  defp: [1, 2],
  if: [2],
  import: [1, 2],
  raise: [1, 2],
  require: [1, 2],
  reraise: [2, 3],
  try: [1],
  unless: [2],
  use: [1, 2],
};

export function writtenBare(name: string, arity: number): boolean {
  if (arity === 0) return false;
  return always.has(name) || (Object.hasOwn(byArity, name) && byArity[name]!.includes(arity));
}
