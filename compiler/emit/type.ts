/** Types of the language as TypeScript types and as zod schemas. */
import { isNumber } from "../types/shape.ts";
import type { FieldOf, RecordOf, Type, UnionOf } from "../types/type.ts";
import { jsonLiteral, propertyKey } from "./literal.ts";
import type { FileScope } from "./scope.ts";

/** As TypeScript would be written by hand; what is not known is `Dynamic`. */
export function typeText(type: Type, file: FileScope): string {
  switch (type.kind) {
    case "dynamic":
    case "variable":
      return file.runtimeType("Dynamic");
    case "none":
      return "never";
    case "nil":
      return "null";
    case "boolean":
      return "boolean";
    case "integer":
    case "float":
      return "number";
    case "string":
    case "atom":
    case "datetime":
    case "date":
      return "string";
    case "literal":
      return jsonLiteral(type.value);
    case "list":
      return `(${typeText(type.element, file)})[]`;
    case "tuple":
      return `[${type.items.map((item) => typeText(item, file)).join(", ")}]`;
    case "record":
      return recordText(type, file);
    case "union":
      return [...new Set(type.members.map((member) => `(${typeText(member, file)})`))].join(" | ");
    case "fn":
      return `((${type.params.map((param, i) => `arg${i}: ${typeText(param, file)}`).join(", ")}) => ${typeText(type.result, file)})`;
  }
}

/** Named fields cannot be narrower than an index signature beside them, so the rest of an open record is `Dynamic`. */
function recordText({ fields, rest }: RecordOf, file: FileScope): string {
  if (fields.size === 0 && rest?.kind === "dynamic") return file.runtimeType("Data");
  const named = [...fields].map(([key, field]) => `${fieldKey(key, field)}: ${typeText(field.type, file)}`);
  const open = fields.size === 0 && rest ? typeText(rest, file) : file.runtimeType("Dynamic");
  return `{ ${[...named, ...(rest ? [`[key: string]: ${open}`] : [])].join("; ")} }`;
}

function fieldKey(key: string, { optional }: FieldOf): string {
  const name = key === "__proto__" ? '"__proto__"' : propertyKey(key);
  return optional ? `${name}?` : name;
}

/** How strict a schema is with keys that a closed record does not name: they are refused by name, or left out. */
export type UnknownKeys = "refuse" | "strip";

/** A schema that accepts exactly the values of the type. */
export function schemaText(type: Type, z: string, unknownKeys: UnknownKeys): string {
  const inner = (part: Type) => schemaText(part, z, unknownKeys);
  switch (type.kind) {
    case "dynamic":
    case "variable":
    case "fn":
      return `${z}.any()`;
    case "none":
      return `${z}.never()`;
    case "nil":
      return `${z}.null()`;
    case "boolean":
      return `${z}.boolean()`;
    case "integer":
      return `${z}.int()`;
    case "float":
      return `${z}.number()`;
    case "string":
    case "atom":
      return `${z}.string()`;
    case "datetime":
      return `${z}.iso.datetime({ offset: true })`;
    case "date":
      return `${z}.iso.date()`;
    case "literal":
      return `${z}.literal(${jsonLiteral(type.value)})`;
    case "list":
      return `${z}.array(${inner(type.element)})`;
    case "tuple":
      return `${z}.tuple([${type.items.map(inner).join(", ")}])`;
    case "record":
      return recordSchema(type, z, unknownKeys);
    case "union":
      return unionSchema(type, z, unknownKeys);
  }
}

/** A whole number is a number too, so `integer() | float()` is any number. */
function unionSchema({ members }: UnionOf, z: string, unknownKeys: UnknownKeys): string {
  const schemas = members.map((member) =>
    isNumber(member) && members.some(({ kind }) => kind === "float")
      ? `${z}.number()`
      : schemaText(member, z, unknownKeys),
  );
  const [only, ...others] = new Set(schemas);
  return others.length === 0 ? only! : `${z}.union([${[only, ...others].join(", ")}])`;
}

function recordSchema({ fields, rest }: RecordOf, z: string, unknownKeys: UnknownKeys): string {
  const inner = (part: Type) => schemaText(part, z, unknownKeys);
  if (fields.size === 0 && rest) return `${z}.record(${z}.string(), ${inner(rest)})`;
  const entries = [...fields].map(([key, { type, optional }]) => {
    return `${propertyKey(key)}: ${inner(type)}${optional ? ".exactOptional()" : ""}`;
  });
  const shape = `{ ${entries.join(", ")} }`;
  if (rest) return `${z}.object(${shape}).catchall(${inner(rest)})`;
  return unknownKeys === "refuse" ? `${z}.strictObject(${shape})` : `${z}.object(${shape})`;
}
