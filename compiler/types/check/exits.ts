/** What the value of a body means for the workflow: the data it goes on with, and where. */
import { fieldIn } from "../access.ts";
import { none, openRecord, recordOf } from "../construct.ts";
import { overlay, type Writes } from "../flow.ts";
import { membersOf, union } from "../join.ts";
import type { FieldOf, RecordOf, TupleOf, Type } from "../type.ts";
import type { Return } from "./frame.ts";
import type { End } from "./kept.ts";
import { withoutFunctions } from "./stored.ts";

/** One way out of a body. `target` is null where the next item follows. */
export type Exit = End<RecordOf>;

/** The exits a body's ends come to; those that fail are no way to go on. */
export function exitsOf(returns: readonly Return[], data: RecordOf): Exit[] {
  return returns.flatMap(({ type, writes }) => {
    // It has been reported; that nothing would follow it is not said on top.
    if (meansNothing(type)) return [{ data: nextData(data, writes, recordOf([])), target: null }];
    return membersOf(type).flatMap((member) => exitsOfMember(member, writes, data));
  });
}

/** True when no value of the type is one that a step may end with. */
export function meansNothing(type: Type): boolean {
  const members = membersOf(type);
  return members.length > 0 && !members.some(isResult);
}

function isResult(type: Type): boolean {
  if (type.kind === "literal") return type.value === "ok";
  if (type.kind !== "tuple") return ["dynamic", "variable", "string", "atom", "list"].includes(type.kind);
  const [tag, second, third] = type.items;
  if (tag?.kind !== "literal") return true;
  if (tag.value === "error") return type.items.length === 2;
  if (tag.value === "ok") return type.items.length === 2 && second !== undefined && mayBeMap(second);
  return tag.value === "goto" && type.items.length === 3 && third !== undefined && mayBeMap(third);
}

function mayBeMap(type: Type): boolean {
  return membersOf(type).some((member) => ["dynamic", "variable", "record"].includes(member.kind));
}

function exitsOfMember(member: Type, writes: Writes, data: RecordOf): Exit[] {
  const goOn = (returned: Type): Exit => ({ data: nextData(data, writes, returned), target: null });
  if (isAtom(member, "ok")) return [goOn(recordOf([]))];
  if (member.kind !== "tuple") return mayBeResult(member) ? [goOn(openRecord)] : [];
  const [tag, second, third] = member.items;
  if (tag && isAtom(tag, "ok") && member.items.length === 2) return [goOn(second ?? openRecord)];
  if (tag && isAtom(tag, "goto")) return gotoExit(member, third ?? openRecord, writes, data);
  return tag?.kind === "literal" ? [] : [goOn(openRecord)];
}

/** A target that is not written out has been reported; it counts as going on. */
function gotoExit(tuple: TupleOf, returned: Type, writes: Writes, data: RecordOf): Exit[] {
  const target = tuple.items[1];
  return [{ data: nextData(data, writes, returned), target: target?.kind === "literal" ? String(target.value) : null }];
}

function isAtom(type: Type, name: string): boolean {
  return type.kind === "literal" && type.value === name;
}

function mayBeResult(type: Type): boolean {
  return ["dynamic", "variable", "atom", "string", "list"].includes(type.kind);
}

/**
 * The data so far, overlaid by the writes, overlaid by the keys that the returned map changed. A key that was written
 * and returned may have either value: returning an old one does not undo the write.
 */
export function nextData(data: RecordOf, writes: Writes, returned: Type): RecordOf {
  const written = overlay(data, writes);
  const records = membersOf(returned).map((member) => (member.kind === "record" ? member : openRecord));
  const [first, ...others] = records;
  return withoutFunctions(
    others.reduce((all, record) => returnOver(all, record, writes), returnOver(written, first ?? openRecord, writes)),
  );
}

function returnOver(written: RecordOf, returned: RecordOf, writes: Writes): RecordOf {
  const fields = new Map<string, FieldOf>();
  for (const key of new Set([...written.fields.keys(), ...returned.fields.keys()])) {
    fields.set(
      key,
      returnField(fieldIn(written, key), fieldIn(returned, key), writes.fields.has(key) || !!writes.rest),
    );
  }
  const rest = written.rest || returned.rest ? union(written.rest ?? none, returned.rest ?? none) : null;
  return { kind: "record", fields, rest };
}

function returnField(before: FieldOf | null, returned: FieldOf | null, isWritten: boolean): FieldOf {
  if (!returned) return before ?? { type: none, optional: true };
  if (!before || before === returned) return returned;
  const replaces = !returned.optional && !isWritten;
  return {
    type: replaces ? returned.type : union(before.type, returned.type),
    optional: before.optional && returned.optional,
  };
}
