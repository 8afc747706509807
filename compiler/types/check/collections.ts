import type { Access, Expr, Field, ListExpr, MapExpr, TupleExpr } from "../../ast/nodes.ts";
import { constantValue } from "../../flow/constants.ts";
import { accessType, readKey, withAnyKey, withKey } from "../access.ts";
import { dynamic, listOf, none, openRecord, recordOf, tupleOf } from "../construct.ts";
import { mapMembers, membersOf, union } from "../join.ts";
import type { RecordOf, Type } from "../type.ts";
import type { Frame } from "./frame.ts";
import { infer, inferAll } from "./infer.ts";
import { checkAccess, checkFieldRead } from "./keys.ts";

export function inferList(node: ListExpr, frame: Frame): Type {
  const items = inferAll(node.items, frame);
  const tail = node.tail ? infer(node.tail, frame) : none;
  return listOf(union(...items, ...membersOf(tail).map(elementOf)));
}

/** What a list holds; a tuple's items, because both are arrays at run time. */
export function elementOf(type: Type): Type {
  if (type.kind === "list") return type.element;
  return type.kind === "tuple" ? union(...type.items) : dynamic;
}

export function inferTuple(node: TupleExpr, frame: Frame): Type {
  return tupleOf(...inferAll(node.items, frame));
}

export function inferMap(node: MapExpr, frame: Frame): Type {
  const base = node.base ? mapMembers(infer(node.base, frame), toRecord) : recordOf([]);
  const entries = node.entries.map(({ key, value }) => {
    infer(key, frame);
    return { key: keyText(key, frame), type: infer(value, frame) };
  });
  return mapMembers(base, (member) => entries.reduce(setEntry, toRecord(member)));
}

function setEntry(record: RecordOf, entry: { readonly key: string | null; readonly type: Type }): RecordOf {
  return entry.key === null ? withAnyKey(record, entry.type) : withKey(record, entry.key, entry.type);
}

/** Only a map can be updated; anything else raises, so what goes on is a map. */
function toRecord(type: Type): RecordOf {
  return type.kind === "record" ? type : openRecord;
}

/** The key a constant expression stands for; null when it is computed. */
export function keyText(key: Expr, frame: Frame): string | null {
  const folded = constantValue(key, frame.module, frame.checker.resolved);
  if (!folded || (typeof folded.value === "object" && folded.value !== null)) return null;
  return folded.value === null ? "nil" : String(folded.value);
}

export function inferField(node: Field, frame: Frame): Type {
  const object = infer(node.object, frame);
  const read = readKey(object, node.key.text);
  checkFieldRead(node, object, read, frame);
  return read.type.kind === "none" ? dynamic : read.type;
}

export function inferAccess(node: Access, frame: Frame): Type {
  const object = infer(node.object, frame);
  infer(node.key, frame);
  checkAccess(node, object, frame);
  const type = accessType(object, keyText(node.key, frame));
  return type.kind === "none" ? dynamic : type;
}
