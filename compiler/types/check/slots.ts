/**
 * The data of a body in such a form that it shows which of its fields the body looks into. Most it hands on as they came:
 * when only such fields are others than before, all that was found of the body still holds, and shows them as they are now.
 */
import { type Marks, sameType } from "../same.ts";
import { holdsFunction } from "../shape.ts";
import { Slot, type Watch } from "../slot.ts";
import type { FieldOf, RecordOf, Type } from "../type.ts";

export interface Slots {
  /** The data, each field a slot. */
  readonly record: RecordOf;
  readonly all: ReadonlyMap<string, Slot>;
}

export function createSlots({ fields, rest }: RecordOf, watch: Watch): Slots {
  const all = new Map([...fields].map(([key, field]) => [key, new Slot(field, watch)] as const));
  return { record: { kind: "record", fields: all, rest }, all };
}

/** Puts other data into the slots; false, and nothing done, when that shows in what was looked into. */
export function refill({ record, all }: Slots, data: RecordOf, marks: Marks): boolean {
  if (!sameRest(record.rest, data.rest, marks) || data.fields.size !== all.size) return false;
  const changed: [Slot, FieldOf][] = [];
  const fields = data.fields.entries();
  for (const [key, slot] of all) {
    const [otherKey, field] = fields.next().value!;
    if (key !== otherKey || (slot.field !== field && slot.isSeen && !sameField(slot.field, field, marks))) return false;
    if (slot.field !== field) changed.push([slot, field]);
  }
  if (changed.some(([, { type }]) => holdsFunction(type))) return false;
  for (const [slot, field] of changed) slot.field = field;
  return true;
}

function sameRest(left: Type | null, right: Type | null, marks: Marks): boolean {
  return left === right || (left !== null && right !== null && sameType(left, right, marks));
}

function sameField(left: FieldOf, right: FieldOf, marks: Marks): boolean {
  return left.optional === right.optional && sameType(left.type, right.type, marks);
}

/** The type with what has come in in place of the slots; null where there are slots deeper inside. */
export function withoutSlots<Kind extends Type>(type: Kind): Kind | null {
  if (type.kind !== "record") return isSolid(type) ? type : null;
  if (type.rest !== null && !isSolid(type.rest)) return null;
  let found = false;
  const fields = new Map<string, FieldOf>();
  for (const [key, field] of type.fields) {
    const isSlot = field instanceof Slot;
    if (!isSlot && !isSolid(field.type)) return null;
    found ||= isSlot;
    fields.set(key, isSlot ? field.field : field);
  }
  return found ? { ...type, fields } : type;
}

function isSolid(type: Type): boolean {
  switch (type.kind) {
    case "record":
      return (
        (type.rest === null || isSolid(type.rest)) &&
        [...type.fields.values()].every((field) => !(field instanceof Slot) && isSolid(field.type))
      );
    case "list":
      return isSolid(type.element);
    case "tuple":
      return type.items.every(isSolid);
    case "union":
      return type.members.every(isSolid);
    case "fn":
      return type.params.every(isSolid) && isSolid(type.result);
    default:
      return true;
  }
}
