import type { FieldOf, FnOf, LiteralOf, RecordOf, Type } from "./type.ts";

/** How deep a type is spelled out before `…` stands for the rest. */
const maxDepth = 4;

/** How many fields of a record are spelled out. */
const maxFields = 8;

/** A type as an author would write it, short. */
export function show(type: Type): string {
  return showAt(type, 0);
}

function showAt(type: Type, depth: number): string {
  if (depth > maxDepth) return "…";
  switch (type.kind) {
    case "literal":
      return showLiteral(type);
    case "list":
      return type.element.kind === "none" ? "[]" : `[${showAt(type.element, depth + 1)}]`;
    case "tuple":
      return `{${type.items.map((item) => showAt(item, depth + 1)).join(", ")}}`;
    case "record":
      return showRecord(type, depth);
    case "union":
      return type.members.map((member) => showAt(member, depth)).join(" | ");
    case "fn":
      return showFn(type, depth);
    case "variable":
      return type.name;
    default:
      return names[type.kind];
  }
}

function showFn(fn: FnOf, depth: number): string {
  const params = fn.params.map((param) => showAt(param, depth + 1)).join(", ");
  return `(${params}${params && " "}-> ${showAt(fn.result, depth + 1)})`;
}

const names = {
  dynamic: "dynamic()",
  none: "none()",
  nil: "nil",
  boolean: "boolean()",
  integer: "integer()",
  float: "float()",
  string: "String.t()",
  atom: "atom()",
  datetime: "DateTime.t()",
  date: "Date.t()",
} as const;

function showLiteral(literal: LiteralOf): string {
  if (literal.form === "atom") return showAtom(String(literal.value));
  return typeof literal.value === "string" ? JSON.stringify(literal.value) : String(literal.value);
}

function showAtom(name: string): string {
  return plainAtom.test(name) ? `:${name}` : `:${JSON.stringify(name)}`;
}

const plainAtom = /^[A-Za-z_][A-Za-z0-9_@]*[?!]?$/;

/** As in Elixir, `key: type` comes after all that is written with an arrow. */
function showRecord(record: RecordOf, depth: number): string {
  if (record.rest?.kind === "dynamic" && record.fields.size === 0) return "map()";
  const shown = [...record.fields].slice(0, maxFields);
  const isPlain = ([key, field]: readonly [string, FieldOf]) => !field.optional && plainAtom.test(key);
  const fields = [...shown.filter((entry) => !isPlain(entry)), ...shown.filter(isPlain)];
  const parts = fields.map(([key, field]) => showField(key, field, depth));
  if (record.rest) parts.unshift(`String.t() => ${showAt(record.rest, depth + 1)}`);
  if (record.fields.size > maxFields) parts.push("…");
  return `%{${parts.join(", ")}}`;
}

function showField(key: string, field: FieldOf, depth: number): string {
  const type = showAt(field.type, depth + 1);
  if (field.optional) return `optional(${showAtom(key)}) => ${type}`;
  return plainAtom.test(key) ? `${key}: ${type}` : `${JSON.stringify(key)} => ${type}`;
}
