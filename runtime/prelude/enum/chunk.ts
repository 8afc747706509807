import type { Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { equals } from "../core/equals.ts";
import { requireInteger } from "../core/require.ts";
import { caseClauseError } from "../errors.ts";

/**
 * Lists of `size` items, each starting `step` after the one before. A last, shorter one is filled up from `leftover`, and
 * dropped when that is `:discard`.
 */
export function chunkEvery(
  collection: Dynamic,
  size: Dynamic,
  step: Dynamic = size,
  leftover: Dynamic = [],
): Dynamic[] {
  const length = requireInteger(size, "Enum.chunk_every/4", 1);
  const stride = requireInteger(step, "Enum.chunk_every/4", 1);
  const items = elements(collection);
  const chunks: Dynamic[] = [];
  for (let start = 0; start < items.length; start += stride) {
    const chunk = items.slice(start, start + length);
    if (chunk.length === length) chunks.push(chunk);
    else if (leftover !== "discard")
      return [...chunks, [...chunk, ...elements(leftover).slice(0, length - chunk.length)]];
  }
  return chunks;
}

/** Runs of neighbours with the same key. */
export function chunkBy(collection: Dynamic, key: (item: Dynamic) => Dynamic): Dynamic[] {
  const chunks: Dynamic[][] = [];
  let last: Dynamic;
  for (const item of elements(collection)) {
    const current = key(item);
    if (chunks.length > 0 && equals(last, current)) chunks[chunks.length - 1]!.push(item);
    else chunks.push([item]);
    last = current;
  }
  return chunks;
}

/** `step` answers `{:cont, acc}`, `{:cont, chunk, acc}` or `{:halt, acc}`; `finish` what is left in the end. */
export function chunkWhile(
  collection: Dynamic,
  initial: Dynamic,
  step: (item: Dynamic, acc: Dynamic) => Dynamic,
  finish: (acc: Dynamic) => Dynamic,
): Dynamic[] {
  const chunks: Dynamic[] = [];
  let acc = initial;
  for (const item of elements(collection)) {
    const answer = step(item, acc);
    if (!isAnswer(answer)) throw caseClauseError(answer);
    acc = answer[answer.length - 1];
    if (answer[0] === "halt") break;
    if (answer.length === 3) chunks.push(answer[1]);
  }
  const last = finish(acc);
  return last.length === 3 ? [...chunks, last[1]] : chunks;
}

function isAnswer(value: Dynamic): boolean {
  if (!Array.isArray(value)) return false;
  return value[0] === "cont" ? value.length === 2 || value.length === 3 : value[0] === "halt" && value.length === 2;
}
