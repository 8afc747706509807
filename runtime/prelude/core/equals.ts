import type { Dynamic } from "../../json.ts";

/** `==`: by value, at every depth; `1 == 1.0`, and an absent value is nil. */
export function equals(left: Dynamic, right: Dynamic): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object") return (left ?? null) === (right ?? null);
  if (left === null || right === null) return false;
  if (left instanceof Uint8Array) return right instanceof Uint8Array && equalLists([...left], [...right]);
  if (Array.isArray(left)) return Array.isArray(right) && equalLists(left, right);
  if (left instanceof RegExp) return right instanceof RegExp && String(left) === String(right);
  return !Array.isArray(right) && equalMaps(left, right);
}

function equalLists(left: readonly Dynamic[], right: readonly Dynamic[]): boolean {
  return left.length === right.length && left.every((item, index) => equals(item, right[index]));
}

function equalMaps(left: Dynamic, right: Dynamic): boolean {
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equals(left[key], right[key]))
  );
}
