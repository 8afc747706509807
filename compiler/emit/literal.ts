/** Text of the source as TypeScript literals. Whatever the source holds, it cannot leave the literal. */
import type { ConstantValue } from "../flow/constants.ts";

export function stringLiteral(text: string): string {
  return JSON.stringify(text)
    .replace(/[\u2028\u2029\u007f-\u009f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("/*", "/\\x2a");
}

/** The literal part of a template string. */
export function templateText(text: string): string {
  return stringLiteral(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("`", "\\`").replaceAll("${", "\\${");
}

/** Digits in groups of three from five digits on, as people write them. */
export function numberLiteral(value: number): string {
  const text = String(value);
  return /^-?\d{5,}$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, "_") : text;
}

export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}

/** A key in an object literal; `__proto__` must be computed, or it would set the prototype. */
export function propertyKey(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return isIdentifier(key) ? key : stringLiteral(key);
}

/**
 * The key of an entry in a table typed by an index signature. TypeScript would type a name that every object inherits,
 * `constructor`, as what is inherited; as a computed text it is an entry like others.
 */
export function tableKey(key: string): string {
  return isInherited(key) ? `[${stringLiteral(key)} as string]` : propertyKey(key);
}

/** `key: value` in an object literal, or `key` alone where the value is the variable of that name. */
export function property(key: string, value: string): string {
  return key === value ? key : `${key}: ${value}`;
}

/** Reads a property that is known to be the object's own. */
export function propertyOf(object: string, key: string): string {
  return isIdentifier(key) ? `${object}.${key}` : `${object}[${stringLiteral(key)}]`;
}

/** True when every object has a property of this name without owning it. */
export function isInherited(key: string): boolean {
  return key in Object.prototype;
}

export function jsonLiteral(value: ConstantValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberLiteral(value);
  if (typeof value === "string") return stringLiteral(value);
  if (isArray(value)) return `[${value.map(jsonLiteral).join(", ")}]`;
  const entries = Object.entries(value).map(([key, item]) => `${propertyKey(key)}: ${jsonLiteral(item)}`);
  return `{ ${entries.join(", ")} }`;
}

function isArray(value: ConstantValue): value is readonly ConstantValue[] {
  return Array.isArray(value);
}
