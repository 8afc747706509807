/**
 * What is known at a point of a body besides the types of expressions: which keys the context has been given since the
 * body's start, and what tests have shown about variables. Values are immutable; a frame holds the current one.
 */
import type { Local } from "../resolve/resolved.ts";
import { none } from "./construct.ts";
import { union } from "./join.ts";
import type { FieldOf, RecordOf, Type } from "./type.ts";

/** The writes of a body. `rest` is the type of writes under keys that are not known; null when there are none. */
export interface Writes {
  readonly fields: ReadonlyMap<string, FieldOf>;
  readonly rest: Type | null;
  /** Keys that may have been deleted since they were last written. */
  readonly deleted: ReadonlySet<string>;
}

export interface Flow {
  readonly writes: Writes;
  /** What a test has shown a variable to be, where that is more than its binding tells. */
  readonly narrowed: ReadonlyMap<Local, Type>;
}

export const noWrites: Writes = { fields: new Map(), rest: null, deleted: new Set() };

export const startOfBody: Flow = { writes: noWrites, narrowed: new Map() };

/** A write under a known key, which is sure to happen. */
export function writeKey(writes: Writes, key: string, type: Type): Writes {
  const deleted = new Set(writes.deleted);
  deleted.delete(key);
  return { ...writes, fields: new Map(writes.fields).set(key, { type, optional: false }), deleted };
}

export function deleteKey(writes: Writes, key: string): Writes {
  const fields = new Map(writes.fields);
  fields.delete(key);
  return { ...writes, fields, deleted: new Set(writes.deleted).add(key) };
}

/** Writes under keys that are not known: each key may have been among them. */
export function writeAnywhere(writes: Writes, type: Type): Writes {
  const fields = [...writes.fields].map(
    ([key, field]) => [key, { type: union(field.type, type), optional: field.optional }] as const,
  );
  return { ...writes, fields: new Map(fields), rest: union(writes.rest ?? none, type) };
}

/** First the one, then the other. */
export function sequence(first: Writes, second: Writes): Writes {
  let writes = second.rest ? writeAnywhere(first, second.rest) : first;
  for (const key of second.deleted) writes = deleteKey(writes, key);
  for (const [key, field] of second.fields) {
    const before = writes.fields.get(key);
    const type = field.optional && before ? union(before.type, field.type) : field.type;
    const optional = field.optional && (before?.optional ?? true);
    writes = { ...writes, fields: new Map(writes.fields).set(key, { type, optional }) };
  }
  return writes;
}

/** Either the one or the other. */
export function joinWrites(left: Writes, right: Writes): Writes {
  if (left === right) return left;
  const fields = new Map<string, FieldOf>();
  for (const key of new Set([...left.fields.keys(), ...right.fields.keys()])) {
    const [a, b] = [left.fields.get(key), right.fields.get(key)];
    fields.set(key, {
      type: union(a?.type ?? none, b?.type ?? none),
      optional: !a || !b || a.optional || b.optional,
    });
  }
  const rest = left.rest || right.rest ? union(left.rest ?? none, right.rest ?? none) : null;
  return { fields, rest, deleted: new Set([...left.deleted, ...right.deleted]) };
}

/** The data with the writes on top of it. */
export function overlay(data: RecordOf, writes: Writes): RecordOf {
  const fields = new Map<string, FieldOf>();
  for (const key of new Set([...data.fields.keys(), ...writes.fields.keys(), ...writes.deleted])) {
    fields.set(key, overlayField(data, writes, key));
  }
  const rest = writes.rest ? union(data.rest ?? none, writes.rest) : data.rest;
  return { kind: "record", fields, rest };
}

function overlayField(data: RecordOf, writes: Writes, key: string): FieldOf {
  const written = writes.fields.get(key);
  if (written && !written.optional) return written;
  const known = data.fields.get(key);
  if (known && !written && !writes.rest && !writes.deleted.has(key)) return known;
  const before = known ?? { type: data.rest ?? none, optional: true };
  const type = union(before.type, written?.type ?? none, writes.rest ?? none);
  return { type, optional: before.optional || writes.deleted.has(key) };
}

/** The writes as a record of their own: what a branch of a parallel block has to show. */
export function writtenRecord(writes: Writes): RecordOf {
  return { kind: "record", fields: writes.fields, rest: writes.rest };
}

/** The same keys, but none is sure to be written: the body ran any number of times, or not at all. */
export function maybeWrites(writes: Writes): Writes {
  const fields = [...writes.fields].map(([key, field]) => [key, { type: field.type, optional: true }] as const);
  return { ...writes, fields: new Map(fields) };
}
