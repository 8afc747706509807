/**
 * Checks what the database gives before the rest of the runtime believes it: rows may be old, edited by hand, or another
 * version's. A decoder returns the value or throws `Malformed`, which `rows` turns into a `StoreError` naming the row.
 */
import type { Data } from "../../json.ts";
import { StoreError } from "../errors.ts";
import type { Row } from "./database.ts";

export type Decoder<T> = (value: unknown) => T;

export class Malformed extends Error {}

/** Decodes each column named in `shape` and leaves out the others. */
export function object<T>(shape: { readonly [Key in keyof T]: Decoder<T[Key]> }): Decoder<T> {
  const fields = Object.entries<Decoder<unknown>>(shape);
  return (value) => {
    if (typeof value !== "object" || value === null) throw new Malformed(`expected an object, found ${show(value)}`);
    const row = value as Row;
    return Object.fromEntries(fields.map(([field, decode]) => [field, decodeField(row, field, decode)])) as T;
  };
}

function decodeField<T>(row: Row, field: string, decode: Decoder<T>): T {
  try {
    return decode(row[field]);
  } catch (error) {
    if (error instanceof Malformed) throw new Malformed(`${field}: ${error.message}`);
    throw error;
  }
}

/** The rows of one statement, checked; `operation` is for the message. */
export function rows<T>(operation: string, found: readonly Row[], decode: Decoder<T>): readonly T[] {
  return found.map((row) => {
    try {
      return decode(row);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      const which = typeof row.id === "string" ? ` of execution ${row.id}` : "";
      throw new StoreError(
        "malformed_row",
        `A row${which} does not have the shape this version writes: ${error.message} (in ${operation}).`,
        "The row was changed by other means than this library, or by a version that is not compatible with this one.",
      );
    }
  });
}

/** False for what `rows` would throw at. */
export function readable<T>(row: Row, decode: Decoder<T>): boolean {
  try {
    decode(row);
    return true;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

export const text: Decoder<string> = (value) => {
  if (typeof value !== "string") throw new Malformed(`expected text, found ${show(value)}`);
  return value;
};

export const int: Decoder<number> = (value) => {
  if (!Number.isInteger(value)) throw new Malformed(`expected a whole number, found ${show(value)}`);
  return value as number;
};

export const bool: Decoder<boolean> = (value) => {
  if (typeof value !== "boolean") throw new Malformed(`expected true or false, found ${show(value)}`);
  return value;
};

/** ISO 8601 UTC of a timestamp, or of the text a timestamp has inside JSON. */
export const time: Decoder<string> = (value) => {
  const date = value instanceof Date ? value : new Date(typeof value === "string" ? value : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new Malformed(`expected a time, found ${show(value)}`);
  return date.toISOString();
};

/** A JSON object. What is inside it is the workflow's own. */
export const data: Decoder<Data> = (value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Malformed(`expected a JSON object, found ${show(value)}`);
  }
  return value as Data;
};

/** A JSON object whose fields only this library writes. */
export function written<T>(): Decoder<T> {
  return (value) => data(value) as T;
}

/** Any JSON; SQL's NULL is JSON's. */
export function json<T>(): Decoder<T> {
  return (value) => (value ?? null) as T;
}

export function nullable<T>(decode: Decoder<T>): Decoder<T | null> {
  return (value) => (value === null || value === undefined ? null : decode(value));
}

export function list<T>(decode: Decoder<T>): Decoder<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw new Malformed(`expected a list, found ${show(value)}`);
    return value.map(decode);
  };
}

export function oneOf<T extends string>(...allowed: readonly T[]): Decoder<T> {
  return (value) => {
    if (!allowed.includes(value as T))
      throw new Malformed(`expected one of ${allowed.join(", ")}, found ${show(value)}`);
    return value as T;
  };
}

function show(value: unknown): string {
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
