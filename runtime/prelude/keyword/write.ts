import type { Dynamic } from "../../json.ts";
import { elements } from "../core/elements.ts";
import { keyText } from "../core/map.ts";
import { truthy } from "../core/truth.ts";
import { pair } from "../enum/combine.ts";
import { keyError } from "../errors.ts";
import { fetchOrRaise, find, getValues, hasKey, type Pairs, pairsOf } from "./read.ts";

type OfPair = (pair: readonly [string, Dynamic]) => Dynamic;

/** Of pairs, or of what `fun` makes of the items; of equal keys the last one stays. */
export function new_(collection: Dynamic = [], fun: (item: Dynamic) => Dynamic = (item) => item): Pairs {
  const pairs = elements(collection).map((item) => pair(fun(item)));
  return pairs.filter(([key], index) => !pairs.slice(index + 1).some(([later]) => later === key));
}

export function fromKeys(keys: Dynamic, value: Dynamic): Pairs {
  return elements(keys).map((key) => [key, value] as const);
}

/** Sets the key in front and removes its other entries. */
export function put(list: Dynamic, key: Dynamic, value: Dynamic): Pairs {
  return [[keyText(key), value], ...delete_(list, key)];
}

export function putNew(list: Dynamic, key: Dynamic, value: Dynamic): Pairs {
  return putNewLazy(list, key, () => value);
}

export function putNewLazy(list: Dynamic, key: Dynamic, fun: () => Dynamic): Pairs {
  return hasKey(list, key) ? list : [[keyText(key), fun()], ...list];
}

/** Without all entries of the key, or without those of a certain value. */
export function delete_(list: Dynamic, key: Dynamic): Pairs {
  const name = keyText(key);
  return pairsOf(list, "Keyword.delete/2").filter((entry) => entry[0] !== name);
}

export function deleteFirst(list: Dynamic, key: Dynamic): Pairs {
  const first = find(list, key, "Keyword.delete_first/2");
  return (list as Pairs).filter((entry) => entry !== first);
}

export function drop(list: Dynamic, keys: Dynamic): Pairs {
  const dropped = new Set(elements(keys).map(keyText));
  return pairsOf(list, "Keyword.drop/2").filter(([key]) => !dropped.has(key));
}

export function take(list: Dynamic, keys: Dynamic): Pairs {
  const taken = new Set(elements(keys).map(keyText));
  return pairsOf(list, "Keyword.take/2").filter(([key]) => taken.has(key));
}

/** `{taken, dropped}`. */
export function split(list: Dynamic, keys: Dynamic): readonly [Pairs, Pairs] {
  return [take(list, keys), drop(list, keys)];
}

export function filter(list: Dynamic, fun: OfPair): Pairs {
  return pairsOf(list, "Keyword.filter/2").filter((entry) => truthy(fun(entry)));
}

export function reject(list: Dynamic, fun: OfPair): Pairs {
  return pairsOf(list, "Keyword.reject/2").filter((entry) => !truthy(fun(entry)));
}

/** The first entry of the key is replaced where it stands, its others are removed. */
function replaceFirst(list: Dynamic, key: Dynamic, fun: (value: Dynamic) => Dynamic): Pairs {
  const name = keyText(key);
  const first = find(list, key, "Keyword.update/4");
  const kept = (list as Pairs).filter((entry) => entry === first || entry[0] !== name);
  return kept.map((entry) => (entry === first ? [name, fun(entry[1])] : entry));
}

export function update(list: Dynamic, key: Dynamic, fallback: Dynamic, fun: (value: Dynamic) => Dynamic): Pairs {
  return hasKey(list, key) ? replaceFirst(list, key, fun) : [...list, [keyText(key), fallback]];
}

export function updateOrRaise(list: Dynamic, key: Dynamic, fun: (value: Dynamic) => Dynamic): Pairs {
  if (!hasKey(list, key)) throw keyError(key, list);
  return replaceFirst(list, key, fun);
}

export function replace(list: Dynamic, key: Dynamic, value: Dynamic): Pairs {
  return replaceFirst(list, key, () => value);
}

export function replaceOrRaise(list: Dynamic, key: Dynamic, value: Dynamic): Pairs {
  return updateOrRaise(list, key, () => value);
}

export function replaceLazy(list: Dynamic, key: Dynamic, fun: (value: Dynamic) => Dynamic): Pairs {
  return replaceFirst(list, key, fun);
}

/** The second list's entries replace those of the same keys, or `resolve` gives the value for keys both have. */
export function merge(
  left: Dynamic,
  right: Dynamic,
  resolve?: (key: string, left: Dynamic, right: Dynamic) => Dynamic,
): Pairs {
  const [base, changes] = [pairsOf(left, "Keyword.merge/2"), pairsOf(right, "Keyword.merge/2")];
  const kept = base.filter(([key]) => !changes.some(([changed]) => changed === key));
  if (!resolve) return [...kept, ...changes];
  return [...kept, ...changes.map((entry) => resolved(base, entry, resolve))];
}

function resolved(
  base: Pairs,
  [key, value]: readonly [string, Dynamic],
  resolve: (key: string, left: Dynamic, right: Dynamic) => Dynamic,
): readonly [string, Dynamic] {
  return hasKey(base, key) ? [key, resolve(key, fetchOrRaise(base, key), value)] : [key, value];
}

/** `{first value, rest without the key}`. */
export function pop(list: Dynamic, key: Dynamic, fallback: Dynamic = null): readonly [Dynamic, Pairs] {
  return popLazy(list, key, () => fallback);
}

export function popLazy(list: Dynamic, key: Dynamic, fun: () => Dynamic): readonly [Dynamic, Pairs] {
  return hasKey(list, key) ? [fetchOrRaise(list, key), delete_(list, key)] : [fun(), list];
}

export function popOrRaise(list: Dynamic, key: Dynamic): readonly [Dynamic, Pairs] {
  return [fetchOrRaise(list, key), delete_(list, key)];
}

/** `{first value, rest without that entry}`. */
export function popFirst(list: Dynamic, key: Dynamic, fallback: Dynamic = null): readonly [Dynamic, Pairs] {
  return hasKey(list, key) ? [fetchOrRaise(list, key), deleteFirst(list, key)] : [fallback, list];
}

/** `{all values, rest without the key}`. */
export function popValues(list: Dynamic, key: Dynamic): readonly [Dynamic[], Pairs] {
  return [getValues(list, key), delete_(list, key)];
}

/** `fun` makes a new value of each pair's. */
export function map(list: Dynamic, fun: OfPair): Pairs {
  return pairsOf(list, "Keyword.map/2").map((entry) => [entry[0], fun(entry)]);
}
