import type { Dynamic } from "../../json.ts";
import { dateField } from "../calendar/field.ts";
import { argumentError, functionClauseError, keyError } from "../errors.ts";
import { inspect } from "./inspect.ts";
import { isMap, keyText } from "./map.ts";

/** `object[key]`: of a map or keyword list, nil when absent; nil of nil. */
export function at(object: Dynamic, key: Dynamic): Dynamic {
  if (object === null || object === undefined) return null;
  if (Array.isArray(object)) return keywordValue(object, key);
  if (!isMap(object)) throw functionClauseError("Access.get/3");
  const name = keyText(key);
  return Object.hasOwn(object, name) ? (object[name] ?? null) : null;
}

/** `object.key`: the key must be there. Dates answer for their fields, `year`, `month` … */
export function field(object: Dynamic, key: string): Dynamic {
  if (isMap(object) && Object.hasOwn(object, key)) return object[key] ?? null;
  const part = typeof object === "string" ? dateField(object, key) : undefined;
  if (part === undefined) throw keyError(key, object);
  return part;
}

/** True when the object is a map with that key; what a map pattern asks. */
export function hasKey(object: Dynamic, key: string): boolean {
  return isMap(object) && Object.hasOwn(object, key);
}

function keywordValue(list: readonly Dynamic[], key: Dynamic): Dynamic {
  if (typeof key !== "string" && typeof key !== "boolean" && key !== null) {
    throw argumentError(`the Access calls for keywords expect the key to be an atom, got: ${inspect(key)}`);
  }
  const pair = list.find((item) => Array.isArray(item) && item[0] === key);
  return pair?.[1] ?? null;
}
