import type { Data, Dynamic } from "../../json.ts";
import { inspect } from "../core/inspect.ts";
import { has, omit, put } from "../core/map.ts";
import { truthy } from "../core/truth.ts";
import { keyError, Raised } from "../errors.ts";
import { get } from "./read.ts";
import { keep } from "./write.ts";

type OfPair = (pair: readonly [string, Dynamic]) => Dynamic;

export function filter(map: Dynamic, fun: OfPair): Data {
  return keep(map, (pair) => truthy(fun(pair)));
}

export function reject(map: Dynamic, fun: OfPair): Data {
  return keep(map, (pair) => !truthy(fun(pair)));
}

/** `{got, map}`: the function answers `{got, new value}`, or `:pop` to remove the key. */
export function getAndUpdate(map: Dynamic, key: Dynamic, fun: (value: Dynamic) => Dynamic): readonly [Dynamic, Data] {
  const current = get(map, key);
  const answer = fun(current);
  if (answer === "pop") return [current, omit(map, key)];
  if (Array.isArray(answer) && answer.length === 2) return [answer[0], put(map, key, answer[1])];
  throw new Raised("RuntimeError", {
    message: `the given function must return a two-element tuple or :pop, got: ${inspect(answer)}`,
  });
}

export function getAndUpdateOrRaise(
  map: Dynamic,
  key: Dynamic,
  fun: (value: Dynamic) => Dynamic,
): readonly [Dynamic, Data] {
  if (!has(map, key)) throw keyError(key, map);
  return getAndUpdate(map, key, fun);
}
