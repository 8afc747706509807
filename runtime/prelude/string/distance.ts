import type { Dynamic } from "../../json.ts";
import { graphemesOf } from "../core/graphemes.ts";
import { requireText } from "../core/require.ts";

/** How alike two texts are, from 0 to 1, by Jaro's measure. */
export function jaroDistance(left: Dynamic, right: Dynamic): number {
  const a = graphemesOf(requireText(left, "String.jaro_distance/2"));
  const b = graphemesOf(requireText(right, "String.jaro_distance/2"));
  if (left === right) return 1;
  const matches = matchingCharacters(a, b);
  const count = matches.left.length;
  if (count === 0) return 0;
  const transpositions = matches.left.filter((character, index) => character !== matches.right[index]).length / 2;
  return (count / a.length + count / b.length + (count - Math.floor(transpositions)) / count) / 3;
}

/** What both have in common, not too far apart, in the order of either. */
function matchingCharacters(a: readonly string[], b: readonly string[]): { left: string[]; right: string[] } {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const left = a.filter((character, index) => {
    const match = b.findIndex(
      (other, position) => other === character && !taken.has(position) && Math.abs(position - index) <= reach,
    );
    if (match >= 0) taken.add(match);
    return match >= 0;
  });
  return { left, right: b.filter((_, index) => taken.has(index)) };
}

/** How alike two texts are, from 0 to 1, whatever the order of their characters. */
export function bagDistance(left: Dynamic, right: Dynamic): number {
  const a = graphemesOf(requireText(left, "String.bag_distance/2"));
  const b = graphemesOf(requireText(right, "String.bag_distance/2"));
  if (a.length === 0 && b.length === 0) return 1;
  if (a.length === 0 || b.length === 0) return 0;
  return 1 - Math.max(withoutBag(a, b), withoutBag(b, a)) / Math.max(a.length, b.length);
}

function withoutBag(a: readonly string[], b: readonly string[]): number {
  const remaining = [...b];
  return a.filter((character) => {
    const index = remaining.indexOf(character);
    if (index >= 0) remaining.splice(index, 1);
    return index < 0;
  }).length;
}
