/** Reading a key of a value, whatever the value is. */
import { calendarField } from "./calendar.ts";
import { dynamic, nil, none } from "./construct.ts";
import { membersOf, union } from "./join.ts";
import type { FieldOf, RecordOf, Type } from "./type.ts";

/** What reading a key comes to, member by member of the value's type. */
export interface Read {
  /** Of the members that have the key. */
  readonly type: Type;
  /** Whether some member has it for sure, or may have it for all that is known. */
  readonly sure: boolean;
  /** Closed records without the key. */
  readonly absent: readonly RecordOf[];
  /** Closed records that may lack the key. */
  readonly optional: readonly RecordOf[];
  /** Whether nil is among the members. */
  readonly nil: boolean;
  /** Members that have no keys at all. */
  readonly keyless: readonly Type[];
}

export function readKey(type: Type, key: string): Read {
  return (type.kind === "record" && readSure(type, key)) || readMembers(type, key);
}

const nothingElse = { sure: true, absent: [], optional: [], nil: false, keyless: [] };

/** Of one record that has the key for sure, which most reads are of. */
function readSure(record: RecordOf, key: string): Read | null {
  const field = record.fields.get(key);
  return field && !field.optional ? { type: union(field.type), ...nothingElse } : null;
}

function readMembers(type: Type, key: string): Read {
  const members = membersOf(type);
  const records = members.filter((member) => member.kind === "record");
  const fields = records.map((record) => ({ record, field: fieldIn(record, key) }));
  const found = [
    ...fields.flatMap(({ field }) => field ?? []),
    ...members.flatMap((member) => calendarField(member, key) ?? []),
    ...members.filter(isUnknown).map(() => unknownField),
  ];
  const optional = fields.flatMap(({ record, field }) => (field?.optional && record.rest === null ? [record] : []));
  return {
    type: union(...found.map((field) => field.type)),
    sure: found.length > optional.length,
    absent: fields.flatMap(({ record, field }) => (field ? [] : [record])),
    optional,
    nil: members.some((member) => member.kind === "nil"),
    keyless: members.filter(
      (member) =>
        member.kind !== "nil" && member.kind !== "record" && !isUnknown(member) && !calendarField(member, key),
    ),
  };
}

const unknownField: FieldOf = { type: dynamic, optional: false };

/** What a record says of a key: null when it is sure not to have it. */
export function fieldIn(record: RecordOf, key: string): FieldOf | null {
  return record.fields.get(key) ?? (record.rest ? { type: record.rest, optional: true } : null);
}

function isUnknown(type: Type): boolean {
  return type.kind === "dynamic" || type.kind === "variable" || type.kind === "none";
}

/** The type of `value[key]`: nil where the key may be absent, the type of pairs for a keyword list. */
export function accessType(type: Type, key: string | null): Type {
  return union(...membersOf(type).map((member) => accessMember(member, key)));
}

function accessMember(member: Type, key: string | null): Type {
  if (member.kind === "nil") return nil;
  if (member.kind === "list") return dynamic;
  if (member.kind !== "record") return isUnknown(member) ? dynamic : none;
  if (key === null) return union(anyValue(member), nil);
  const field = fieldIn(member, key);
  if (!field) return nil;
  return field.optional ? union(field.type, nil) : field.type;
}

/** The type of whichever value a record holds. */
export function anyValue(record: RecordOf): Type {
  return union(record.rest ?? none, ...[...record.fields.values()].map((field) => field.type));
}

/** The record with a key set. */
export function withKey(record: RecordOf, key: string, type: Type): RecordOf {
  return { ...record, fields: new Map(record.fields).set(key, { type, optional: false }) };
}

/** The record without a key. */
export function withoutKey(record: RecordOf, key: string): RecordOf {
  const fields = new Map(record.fields);
  fields.delete(key);
  // An open record might still allow the key by its rest, so its absence is not recorded.
  return { ...record, fields };
}

/** The record with some key set, it is not known which. */
export function withAnyKey(record: RecordOf, type: Type): RecordOf {
  const fields = [...record.fields].map(
    ([key, field]) => [key, { type: union(field.type, type), optional: field.optional }] as const,
  );
  return { kind: "record", fields: new Map(fields), rest: union(record.rest ?? none, type) };
}

/** `left` with every key of `right` on top. */
export function mergeRecords(left: RecordOf, right: RecordOf): RecordOf {
  const base = right.rest ? withAnyKey(left, right.rest) : left;
  const fields = new Map(base.fields);
  for (const [key, field] of right.fields) {
    const before = fieldIn(base, key);
    const kept = field.optional && before ? before : null;
    fields.set(key, {
      type: kept ? union(kept.type, field.type) : field.type,
      optional: field.optional && (kept?.optional ?? true),
    });
  }
  return { kind: "record", fields, rest: base.rest };
}

/** The only record a type can be; a map of which nothing is known when it can be several things. */
export function asRecord(type: Type, otherwise: RecordOf): RecordOf {
  return type.kind === "record" ? type : otherwise;
}
