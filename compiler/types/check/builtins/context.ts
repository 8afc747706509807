/** `Durable.Context`: what is read is what has been written, and what is written is data for the steps that follow. */
import type { Call } from "../../../ast/nodes.ts";
import { accessType, fieldIn } from "../../access.ts";
import { atomLiteral, dynamic, float, integer, listOf } from "../../construct.ts";
import { deleteKey, overlay, sequence, type Writes, writeAnywhere, writeKey } from "../../flow.ts";
import { union } from "../../join.ts";
import type { RecordOf, Type } from "../../type.ts";
import { keyText } from "../collections.ts";
import { type Frame, setWrites } from "../frame.ts";
import { checkStored } from "../stored.ts";
import type { BuiltIns } from "./built-in.ts";

const done = atomLiteral("ok");

export const contextBuiltIns: BuiltIns = {
  "Durable.Context.input": (_node, _args, frame) => frame.input,
  "Durable.Context.context": (_node, _args, frame) => (frame.loops > 0 ? null : contextNow(frame)),
  "Durable.Context.get_context": getContext,
  "Durable.Context.put_context": (node, args, frame) => {
    const [first = dynamic, value] = args;
    for (const stored of node.args.slice(-1)) checkStored(stored, frame);
    setWrites(frame, value ? writeArgument(node, value, frame) : writeMap(frame.flow.writes, first));
    return done;
  },
  "Durable.Context.merge_context": (_node, [map = dynamic], frame) => {
    setWrites(frame, writeMap(frame.flow.writes, forgetMaps(map)));
    return done;
  },
  "Durable.Context.update_context": (node, [, update], frame) => {
    const value = update?.kind === "fn" ? update.result : dynamic;
    setWrites(frame, writeArgument(node, value, frame));
    return done;
  },
  "Durable.Context.append_context": (node, _args, frame) => {
    setWrites(frame, writeArgument(node, listOf(dynamic), frame));
    return done;
  },
  "Durable.Context.increment_context": (node, _args, frame) => {
    setWrites(frame, writeArgument(node, union(integer, float), frame));
    return done;
  },
  "Durable.Context.delete_context": (node, _args, frame) => {
    const key = firstKey(node, frame);
    if (key !== null) setWrites(frame, deleteKey(frame.flow.writes, key));
    return done;
  },
};

function contextNow(frame: Frame): RecordOf {
  return overlay(frame.data, frame.flow.writes);
}

function getContext(node: Call, [, fallback]: readonly Type[], frame: Frame): Type | null {
  const key = firstKey(node, frame);
  if (key === null || frame.loops > 0) return null;
  const context = contextNow(frame);
  if (!fallback) return accessType(context, key);
  const field = fieldIn(context, key);
  if (!field) return fallback;
  return field.optional ? union(field.type, fallback) : field.type;
}

function firstKey(node: Call, frame: Frame): string | null {
  const [key] = node.args;
  return key ? keyText(key, frame) : null;
}

function writeArgument(node: Call, value: Type, frame: Frame): Writes {
  const key = firstKey(node, frame);
  return key === null ? writeAnywhere(frame.flow.writes, value) : writeKey(frame.flow.writes, key, value);
}

function writeMap(writes: Writes, map: Type): Writes {
  if (map.kind !== "record") return writeAnywhere(writes, dynamic);
  return sequence(writes, { fields: map.fields, rest: map.rest, deleted: new Set() });
}

/** Maps are merged into what is there, so that what they hold afterwards is not known. */
function forgetMaps(map: Type): Type {
  if (map.kind !== "record") return map;
  const fields = [...map.fields].map(
    ([key, field]) =>
      [key, field.type.kind === "record" ? { type: dynamic, optional: field.optional } : field] as const,
  );
  return { ...map, fields: new Map(fields) };
}
