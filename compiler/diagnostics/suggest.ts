import { distance } from "fastest-levenshtein";

/**
 * The candidate that the author most likely meant, or null when none is near: up to two letters in five may differ,
 * three at most, and a difference in case or underscores alone always counts as near.
 */
export function suggest(written: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.min(3, Math.max(1, Math.floor(written.length * 0.4))) + 1;
  for (const candidate of candidates) {
    const between = distanceBetween(written, candidate);
    if (between < bestDistance) {
      best = candidate;
      bestDistance = between;
    }
  }
  return best;
}

function distanceBetween(written: string, candidate: string): number {
  return fold(written) === fold(candidate) ? 0 : distance(written, candidate);
}

function fold(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}
