/** Functions on maps whose keys are known: `Durable.Helpers` and the like of `Map`. */
import type { Call } from "../../../ast/nodes.ts";
import { accessType, asRecord, fieldIn, mergeRecords, readKey, withAnyKey, withKey, withoutKey } from "../../access.ts";
import { atomLiteral, dynamic, float, integer, listOf, openRecord, tagged } from "../../construct.ts";
import { mapMembers, union } from "../../join.ts";
import type { RecordOf, Type } from "../../type.ts";
import { keyText } from "../collections.ts";
import type { Frame } from "../frame.ts";
import type { BuiltIn, BuiltIns } from "./built-in.ts";

const put: BuiltIn = (node, [map = dynamic, value = dynamic, third], frame) =>
  third ? changeKey(node, map, () => third, frame) : mapMembers(map, (member) => merge(member, value));

const mergeTwo: BuiltIn = (_node, args) => {
  const [left = dynamic, right = dynamic] = args;
  return args.length === 2 ? mapMembers(left, (member) => merge(member, right)) : null;
};

const remove: BuiltIn = (node, [map = dynamic], frame) => {
  const key = keyAt(node, frame);
  return mapMembers(map, (member) => (key === null ? openRecord : withoutKey(asRecord(member, openRecord), key)));
};

const get: BuiltIn = (node, [map = dynamic, , fallback], frame) => {
  const key = keyAt(node, frame);
  if (key === null || map.kind !== "record") return null;
  if (!fallback) return accessType(map, key);
  const field = fieldIn(map, key);
  if (!field) return fallback;
  return field.optional ? union(field.type, fallback) : field.type;
};

const fetch: BuiltIn = (node, [map = dynamic], frame) => {
  const key = keyAt(node, frame);
  if (key === null || map.kind !== "record") return null;
  const field = fieldIn(map, key);
  if (!field) return atomLiteral("error");
  return field.optional ? union(tagged("ok", field.type), atomLiteral("error")) : tagged("ok", field.type);
};

const fetchOrRaise: BuiltIn = (node, [map = dynamic], frame) => {
  const key = keyAt(node, frame);
  return key === null || map.kind !== "record" ? null : readKey(map, key).type;
};

const updateWith: BuiltIn = (node, args, frame) => {
  const [map = dynamic] = args;
  const fn = args.at(-1);
  const made = fn?.kind === "fn" ? fn.result : dynamic;
  const fallback = args.length === 4 ? [args[2] ?? dynamic] : [];
  return changeKey(node, map, () => union(made, ...fallback), frame);
};

export const mapBuiltIns: BuiltIns = {
  "Durable.Helpers.assign": put,
  "Durable.Helpers.update": updateWith,
  "Durable.Helpers.append": (node, [map = dynamic], frame) => changeKey(node, map, () => listOf(dynamic), frame),
  "Durable.Helpers.increment": (node, [map = dynamic], frame) =>
    changeKey(node, map, () => union(integer, float), frame),
  "Durable.Helpers.delete": remove,
  "Durable.Helpers.get": get,
  "Map.put": put,
  "Map.merge": mergeTwo,
  "Map.delete": remove,
  "Map.get": get,
  "Map.fetch": fetch,
  "Map.fetch!": fetchOrRaise,
  "Map.update": updateWith,
  "Map.update!": updateWith,
};

function keyAt(node: Call, frame: Frame): string | null {
  const key = node.args[1];
  return key ? keyText(key, frame) : null;
}

function changeKey(node: Call, map: Type, value: () => Type, frame: Frame): Type {
  const key = keyAt(node, frame);
  return mapMembers(map, (member) => setKey(asRecord(member, openRecord), key, value()));
}

function setKey(record: RecordOf, key: string | null, value: Type): RecordOf {
  return key === null ? withAnyKey(record, value) : withKey(record, key, value);
}

function merge(left: Type, right: Type): Type {
  return mergeRecords(asRecord(left, openRecord), asRecord(right, openRecord));
}
