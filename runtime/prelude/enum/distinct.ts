import type { Dynamic } from "../../json.ts";
import { equals } from "../core/equals.ts";
import { isMap, sortedPairs } from "../core/map.ts";

/** Values met so far, by value and in constant time each. */
export class Distinct {
  private readonly seen = new Map<Dynamic, Dynamic[]>();

  /** False when an equal value had been added before. */
  add(value: Dynamic): boolean {
    const hash = hashOf(value);
    const candidates = this.seen.get(hash);
    if (candidates?.some((candidate) => equals(candidate, value))) return false;
    if (candidates) candidates.push(value);
    else this.seen.set(hash, [value]);
    return true;
  }
}

/** Scalars stand for themselves; equal collections have equal texts. */
function hashOf(value: Dynamic): Dynamic {
  return typeof value === "object" && value !== null ? `${JSON.stringify(value, sorted)}` : value;
}

function sorted(_: string, value: Dynamic): Dynamic {
  return isMap(value) ? Object.fromEntries(sortedPairs(value)) : value;
}
