import type { Dynamic } from "../../json.ts";
import { bytesOf, textOrBytes } from "../core/bytes.ts";
import { isMap } from "../core/map.ts";
import { badArgument, badMapError } from "../errors.ts";

export function length(list: Dynamic): number {
  if (!Array.isArray(list)) throw badArgument(1, "not a list");
  return list.length;
}

export function hd(list: Dynamic): Dynamic {
  return nonempty(list)[0];
}

export function tl(list: Dynamic): Dynamic[] {
  return nonempty(list).slice(1);
}

function nonempty(list: Dynamic): readonly Dynamic[] {
  if (!Array.isArray(list) || list.length === 0) throw badArgument(1, "not a nonempty list");
  return list;
}

/** The item of a tuple at a position from 0. */
export function elem(tuple: Dynamic, index: Dynamic): Dynamic {
  return tupleAt(tuple, index)[index];
}

export function putElem(tuple: Dynamic, index: Dynamic, value: Dynamic): Dynamic[] {
  return tupleAt(tuple, index).map((item, position) => (position === index ? value : item));
}

function tupleAt(tuple: Dynamic, index: Dynamic): readonly Dynamic[] {
  if (!Array.isArray(tuple)) throw badArgument(1, "not a tuple");
  if (!Number.isInteger(index) || index < 0 || index >= tuple.length) throw badArgument(1, "out of range");
  return tuple;
}

export function tupleSize(tuple: Dynamic): number {
  if (!Array.isArray(tuple)) throw badArgument(1, "not a tuple");
  return tuple.length;
}

export function mapSize(map: Dynamic): number {
  if (!isMap(map)) throw badMapError(map);
  return Object.keys(map).length;
}

/** Of a text's UTF-8. */
export function byteSize(value: Dynamic): number {
  if (typeof value !== "string" && !(value instanceof Uint8Array)) throw badArgument(1, "not a bitstring");
  return bytesOf(value, "Kernel.byte_size/1").length;
}

export function bitSize(value: Dynamic): number {
  return byteSize(value) * 8;
}

/** Bytes of a text's UTF-8, by position and length. */
export function binaryPart(value: Dynamic, start: Dynamic, size: Dynamic): Dynamic {
  const bytes = bytesOf(value, "Kernel.binary_part/3");
  const [from, to] = size < 0 ? [start + size, start] : [start, start + size];
  if (!(from >= 0 && to <= bytes.length)) throw badArgument(from >= 0 && from <= bytes.length ? 3 : 2, "out of range");
  return textOrBytes(bytes.slice(from, to));
}
