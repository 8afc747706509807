import type { Data, Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { has, mapOf, omit, put as putKey, requireMap, sortedPairs } from "../core/map.ts";
import { pair } from "../enum/combine.ts";
import { keyError } from "../errors.ts";
import { get, keySet } from "./read.ts";

/** Of pairs, or of what `fun` makes of the items of a collection. */
export function new_(collection: Dynamic = [], fun: (item: Dynamic) => Dynamic = (item) => item): Data {
  return mapOf(elements(collection).map((item) => pair(fun(item))));
}

export function fromKeys(keys: Dynamic, value: Dynamic): Data {
  return mapOf(elements(keys).map((key) => [key, value]));
}

export function put(map: Dynamic, key: Dynamic, value: Dynamic): Data {
  return putKey(map, key, value);
}

export function putNew(map: Dynamic, key: Dynamic, value: Dynamic): Data {
  return has(map, key) ? map : putKey(map, key, value);
}

export function putNewLazy(map: Dynamic, key: Dynamic, fun: () => Dynamic): Data {
  return has(map, key) ? map : putKey(map, key, fun());
}

/** Sets the key only where it is there already. */
export function replace(map: Dynamic, key: Dynamic, value: Dynamic): Data {
  return has(map, key) ? putKey(map, key, value) : map;
}

export function replaceOrRaise(map: Dynamic, key: Dynamic, value: Dynamic): Data {
  return putKey(present(map, key), key, value);
}

export function replaceLazy(map: Dynamic, key: Dynamic, fun: (value: Dynamic) => Dynamic): Data {
  return has(map, key) ? putKey(map, key, fun(get(map, key))) : map;
}

/** The default is set as it is where the key is absent. */
export function update(map: Dynamic, key: Dynamic, fallback: Dynamic, fun: (value: Dynamic) => Dynamic): Data {
  return putKey(map, key, has(map, key) ? fun(get(map, key)) : fallback);
}

export function updateOrRaise(map: Dynamic, key: Dynamic, fun: (value: Dynamic) => Dynamic): Data {
  return putKey(map, key, fun(get(present(map, key), key)));
}

function present(map: Dynamic, key: Dynamic): Data {
  if (has(map, key)) return map;
  throw keyError(key, map);
}

export function delete_(map: Dynamic, key: Dynamic): Data {
  return omit(map, key);
}

/** Without the keys of a list. */
export function drop(map: Dynamic, keys: Dynamic): Data {
  const dropped = keySet(keys);
  return keep(map, ([key]) => !dropped.has(key));
}

/** With the keys of a list only. */
export function take(map: Dynamic, keys: Dynamic): Data {
  const taken = keySet(keys);
  return keep(map, ([key]) => taken.has(key));
}

/** `{taken, dropped}`. */
export function split(map: Dynamic, keys: Dynamic): readonly [Data, Data] {
  return [take(map, keys), drop(map, keys)];
}

/** The pairs of which the function says so. */
export function keep(map: Dynamic, wanted: (pair: readonly [string, Dynamic]) => boolean): Data {
  return Object.fromEntries(sortedPairs(requireMap(map)).filter((entry) => wanted(entry)));
}

/** The second map's values win, or those that `resolve` gives for keys both have. */
export function merge(
  left: Dynamic,
  right: Dynamic,
  resolve?: (key: string, left: Dynamic, right: Dynamic) => Dynamic,
): Data {
  const [base, changes] = [requireMap(left), requireMap(right)];
  if (!resolve) return { ...base, ...changes };
  const resolved = sortedPairs(changes).map(
    ([key, value]) => [key, Object.hasOwn(base, key) ? resolve(key, base[key], value) : value] as const,
  );
  return { ...base, ...mapOf(resolved) };
}

/** `{value, rest}`. */
export function pop(map: Dynamic, key: Dynamic, fallback: Dynamic = null): readonly [Dynamic, Data] {
  return has(map, key) ? [get(map, key), omit(map, key)] : [fallback, map];
}

export function popOrRaise(map: Dynamic, key: Dynamic): readonly [Dynamic, Data] {
  return pop(present(map, key), key);
}

export function popLazy(map: Dynamic, key: Dynamic, fun: () => Dynamic): readonly [Dynamic, Data] {
  return has(map, key) ? pop(map, key) : [fun(), map];
}
