import type { Dynamic } from "../../json.ts";
import { argumentError } from "../errors.ts";
import { elements } from "./elements.ts";
import { equals } from "./equals.ts";

/** `left ++ right`. Lists that end in something else than a list do not exist here. */
export function concat(left: Dynamic, right: Dynamic): Dynamic[] {
  return [...list(left), ...list(right)];
}

/** `left -- right`: each item of `right` removes its first like from `left`. */
export function without(left: Dynamic, right: Dynamic): Dynamic[] {
  const remaining = [...list(left)];
  for (const item of list(right)) {
    const index = remaining.findIndex((other) => equals(other, item));
    if (index >= 0) remaining.splice(index, 1);
  }
  return remaining;
}

/** `value in collection`. */
export function isIn(value: Dynamic, collection: Dynamic): boolean {
  return elements(collection).some((item) => equals(item, value));
}

function list(value: Dynamic): readonly Dynamic[] {
  if (Array.isArray(value)) return value;
  throw argumentError();
}
