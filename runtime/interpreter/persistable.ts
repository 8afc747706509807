/**
 * Values that can be persisted are JSON without NUL characters and lone surrogates, which Postgres refuses. Checked where
 * a segment hands its values over, so that the message can say which value it is.
 */
import type { Dynamic } from "../json.ts";

/** Deeper than anything meant to be data; also what stops a value that contains itself. */
const MAX_DEPTH = 500;

/** What is wrong with the first part of `value` that cannot be persisted, with its path below `name`; null when all can. */
export function unpersistable(value: Dynamic, name: string): string | null {
  return isPersistable(value, 0) ? null : problemOf(value, name, 0);
}

/** The same without the path, which takes longer to write than to look. */
function isPersistable(value: Dynamic, depth: number): boolean {
  if (typeof value === "string") return isPersistableText(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (value === null || typeof value === "boolean") return true;
  if (typeof value !== "object" || depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (!isPersistable(value[index], depth + 1)) return false;
    return true;
  }
  if (!isPlain(value)) return false;
  for (const key of Object.keys(value)) {
    if (!isPersistableText(key) || !isPersistable(value[key], depth + 1)) return false;
  }
  return true;
}

function problemOf(value: Dynamic, name: string, depth: number): string | null {
  if (value === null || typeof value === "boolean") return null;
  if (typeof value === "string") return unpersistableText(value, name);
  if (typeof value === "number") return Number.isFinite(value) ? null : `${name} is ${value}`;
  if (typeof value !== "object") return `${name} is ${value === undefined ? "undefined" : `a ${typeof value}`}`;
  if (depth > MAX_DEPTH) return `${name} contains itself or is nested more than ${MAX_DEPTH} levels deep`;
  if (Array.isArray(value)) return first(value, (item, index) => problemOf(item, `${name}[${index}]`, depth + 1));
  if (!isPlain(value)) return `${name} is an instance of ${value.constructor?.name ?? "a class"}`;
  return first(
    Object.entries(value),
    ([key, item]) => unpersistableText(key, `a key of ${name}`) ?? problemOf(item, `${name}.${key}`, depth + 1),
  );
}

/** True for objects that are maps, not instances of a class. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Text made fit to be stored, for messages that come from anywhere. */
export function storableText(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, "\uFFFD");
}

/** What keeps a text from being persisted; null when nothing does. */
export function unpersistableText(text: string, name: string): string | null {
  if (text.includes("\0")) return `${name} contains a NUL character`;
  return text.isWellFormed() ? null : `${name} contains half of a surrogate pair`;
}

function isPersistableText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

function first<T>(items: readonly T[], find: (item: T, index: number) => string | null): string | null {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== null) return found;
  }
  return null;
}
