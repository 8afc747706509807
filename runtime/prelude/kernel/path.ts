/**
 * Paths into nested values: a list of keys, and of functions such as `Access.all()` gives. Such a function is called as
 * `f(:get, value, next)` or `f(:get_and_update, value, next)`.
 */

import type { Dynamic } from "../../json.ts";
import { at } from "../core/access.ts";
import { inspect } from "../core/inspect.ts";
import { argumentError, functionClauseError } from "../errors.ts";
import { getAndUpdate as updateKeyword } from "../keyword/update.ts";
import { getAndUpdate as updateMap } from "../map/each.ts";

type Next = (value: Dynamic) => Dynamic;

/** The value at a path; nil where something on the way is nil. */
export function getIn(object: Dynamic, path: Dynamic): Dynamic {
  const [key, ...rest] = nonempty(path, "Kernel.get_in/2");
  const next: Next = (value) => (rest.length === 0 ? value : getIn(value, rest));
  return typeof key === "function" ? key("get", object, next) : next(at(object, key));
}

export function putIn(object: Dynamic, path: Dynamic, value: Dynamic): Dynamic {
  return updateIn(object, path, () => value);
}

export function updateIn(object: Dynamic, path: Dynamic, fun: Next): Dynamic {
  return getAndUpdateIn(object, path, (value) => [null, fun(value)])[1];
}

/** `{got, updated}`: the function answers `{got, new value}`, or `:pop`. */
export function getAndUpdateIn(object: Dynamic, path: Dynamic, fun: Next): Dynamic {
  const [key, ...rest] = nonempty(path, "Kernel.get_and_update_in/3");
  const next: Next = rest.length === 0 ? fun : (value) => getAndUpdateIn(value, rest, fun);
  return typeof key === "function" ? key("get_and_update", object, next) : getAndUpdateKey(object, key, next);
}

/** `{value, rest}`: takes the value at a path out. */
export function popIn(object: Dynamic, path: Dynamic): Dynamic {
  if (object === null) return [null, null];
  const [key, ...rest] = nonempty(path, "Kernel.pop_in/2");
  const next: Next = rest.length === 0 ? () => "pop" : (value) => popIn(value, rest);
  if (typeof key === "function") return key("get_and_update", object, next);
  return rest.length > 0 && at(object, key) === null ? [null, object] : getAndUpdateKey(object, key, next);
}

/** Updates what stands under a key of a map or keyword list. */
export function getAndUpdateKey(object: Dynamic, key: Dynamic, fun: Next): Dynamic {
  if (object === null || object === undefined) {
    throw argumentError(`could not put/update key ${inspect(key)} on a nil value`);
  }
  return Array.isArray(object) ? updateKeyword(object, key, fun) : updateMap(object, key, fun);
}

function nonempty(path: Dynamic, where: string): readonly Dynamic[] {
  if (Array.isArray(path) && path.length > 0) return path;
  throw functionClauseError(where);
}
