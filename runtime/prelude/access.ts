/** `Access`: reading by key, and steps of a path for `get_in` and its like. */

import type { Dynamic } from "../json.ts";
import { inspect } from "./core/inspect.ts";
import { requireList } from "./core/require.ts";
import { truthy } from "./core/truth.ts";
import { keyError, Raised } from "./errors.ts";
import { getAndUpdateKey } from "./kernel/path.ts";
import * as Keyword from "./keyword/index.ts";
import * as Maps from "./map/index.ts";

type Next = (value: Dynamic) => Dynamic;
type Step = (operation: "get" | "get_and_update", object: Dynamic, next: Next) => Dynamic;

export function get(object: Dynamic, key: Dynamic, fallback: Dynamic = null): Dynamic {
  const found = fetch(object, key);
  return found === "error" ? fallback : found[1];
}

export function fetch(object: Dynamic, key: Dynamic): "error" | readonly ["ok", Dynamic] {
  if (object === null) return "error";
  return Array.isArray(object) ? Keyword.fetch(object, key) : Maps.fetch(object, key);
}

export function fetchOrRaise(object: Dynamic, key: Dynamic): Dynamic {
  const found = fetch(object, key);
  if (found === "error") throw keyError(key, object);
  return found[1];
}

export function getAndUpdate(object: Dynamic, key: Dynamic, fun: Next): Dynamic {
  return getAndUpdateKey(object, key, fun);
}

/** `{value, rest}`. */
export function pop(object: Dynamic, key: Dynamic): Dynamic {
  return Array.isArray(object) ? Keyword.pop(object, key) : Maps.pop(object, key);
}

/** The value of a key, or the default where it is absent. */
export function key(name: Dynamic, fallback: Dynamic = null): Step {
  return (operation, object, next) => {
    const value = Maps.get(object ?? {}, name, fallback);
    return operation === "get" ? next(value) : replaced(object ?? {}, name, value, next(value));
  };
}

/** The value of a key, which must be there. */
export function keyOrRaise(name: Dynamic): Step {
  return (operation, object, next) => {
    const value = Maps.fetchOrRaise(object, name);
    return operation === "get" ? next(value) : replaced(object, name, value, next(value));
  };
}

function replaced(map: Dynamic, name: Dynamic, value: Dynamic, answer: Dynamic): Dynamic {
  return answer === "pop" ? [value, Maps.delete_(map, name)] : [answer[0], Maps.put(map, name, answer[1])];
}

/** Every item of a list. */
export function all(): Step {
  return filter(() => true);
}

/** The items of a list of which the function says so. */
export function filter(fun: (item: Dynamic) => Dynamic): Step {
  return (operation, list, next) => {
    if (!Array.isArray(list))
      throw new Raised("RuntimeError", { message: `Access.all/0 expected a list, got: ${inspect(list)}` });
    if (operation === "get") return list.filter((item) => truthy(fun(item))).map((item) => next(item));
    return updateItems(list, (item) => truthy(fun(item)), next);
  };
}

function updateItems(list: readonly Dynamic[], chosen: (item: Dynamic, index: number) => boolean, next: Next): Dynamic {
  const got: Dynamic[] = [];
  const updated = list.flatMap((item, index) => {
    if (!chosen(item, index)) return [item];
    const answer = next(item);
    got.push(answer === "pop" ? item : answer[0]);
    return answer === "pop" ? [] : [answer[1]];
  });
  return [got, updated];
}

/** The item of a list at an index; a negative one counts from the end. */
export function at(index: Dynamic): Step {
  return (operation, list, next) => {
    const items = requireList(list, "Access.at/1");
    const target = index < 0 ? index + items.length : index;
    if (operation === "get") return next(items[target] ?? null);
    const [[got = null], updated] = updateItems(items, (_, position) => position === target, next);
    return [got, updated];
  };
}

/** The item of a tuple at a position. */
export function elem(index: Dynamic): Step {
  return at(index);
}
