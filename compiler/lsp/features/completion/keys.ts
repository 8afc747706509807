/** The keys that values of a type may have. */
import { membersOf } from "../../../types/join.ts";
import type { FieldOf, Type } from "../../../types/type.ts";

export interface KeyOf {
  readonly key: string;
  /** Optional when some member of the type lacks it. */
  readonly field: FieldOf;
}

export function keysOf(type: Type): KeyOf[] {
  const records = membersOf(type).filter((member) => member.kind === "record");
  const keys = new Map<string, FieldOf>();
  for (const { fields } of records) {
    for (const [key, field] of fields) {
      const isEverywhere = records.every((record) => record.fields.has(key));
      keys.set(key, { type: field.type, optional: field.optional || !isEverywhere });
    }
  }
  return [...keys].map(([key, field]) => ({ key, field }));
}
