import type { Dynamic } from "../../json.ts";
import { inspect } from "../core/inspect.ts";
import { keyText } from "../core/map.ts";
import { keyError, Raised } from "../errors.ts";
import { get, hasKey, type Pairs } from "./read.ts";
import { delete_, put } from "./write.ts";

/** `{got, list}`: the function answers `{got, new value}`, or `:pop` to remove the key. */
export function getAndUpdate(list: Dynamic, key: Dynamic, fun: (value: Dynamic) => Dynamic): readonly [Dynamic, Pairs] {
  const current = get(list, key);
  const answer = fun(current);
  if (answer === "pop") return [current, delete_(list, key)];
  if (!Array.isArray(answer) || answer.length !== 2) {
    const message = `the given function must return a two-element tuple or :pop, got: ${inspect(answer)}`;
    throw new Raised("RuntimeError", { message });
  }
  return [answer[0], hasKey(list, key) ? replaceKey(list, key, answer[1]) : put(list, key, answer[1])];
}

export function getAndUpdateOrRaise(
  list: Dynamic,
  key: Dynamic,
  fun: (value: Dynamic) => Dynamic,
): readonly [Dynamic, Pairs] {
  if (!hasKey(list, key)) throw keyError(key, list);
  return getAndUpdate(list, key, fun);
}

function replaceKey(list: Pairs, key: Dynamic, value: Dynamic): Pairs {
  const name = keyText(key);
  const first = list.findIndex((pair) => pair[0] === name);
  return list
    .map((pair, index) => (index === first ? ([name, value] as const) : pair))
    .filter((pair, index) => index <= first || pair[0] !== name);
}
