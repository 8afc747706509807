/** What depends on chance, which comes from the segment's `io`. */

import type { Io } from "../../io.ts";
import type { Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { requireInteger } from "../core/require.ts";
import { emptyError } from "../errors.ts";

export function random(io: Io, collection: Dynamic): Dynamic {
  const items = elements(collection);
  if (items.length === 0) throw emptyError();
  return items[Math.floor(io.random() * items.length)];
}

export function shuffle(io: Io, collection: Dynamic): Dynamic[] {
  const items = [...elements(collection)];
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(io.random() * (index + 1));
    [items[index], items[other]] = [items[other], items[index]];
  }
  return items;
}

export function takeRandom(io: Io, collection: Dynamic, count: Dynamic): Dynamic[] {
  return shuffle(io, collection).slice(0, requireInteger(count, "Enum.take_random/2", 0));
}
