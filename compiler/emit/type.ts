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

/** A schema that accepts exactly the values of the type; a closed record refuses further keys by name. */
export function schemaText(type: Type, z: string): string {
  switch (type.kind) {
    case "dynamic":
    case "variable":
    case "fn":
      return `${z}.json()`;
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
      return `${z}.array(${schemaText(type.element, z)})`;
    case "tuple":
      return `${z}.tuple([${type.items.map((item) => schemaText(item, z)).join(", ")}])`;
    case "record":
      return recordSchema(type, z);
    case "union":
      return unionSchema(type, z);
  }
}

/** A whole number is a number too, so `integer() | float()` is any number. */
function unionSchema(type: UnionOf, z: string): string {
  if (isNumber(type) && type.members.some(({ kind }) => kind === "float")) return `${z}.number()`;
  return `${z}.union([${type.members.map((member) => schemaText(member, z)).join(", ")}])`;
}

function recordSchema({ fields, rest }: RecordOf, z: string): string {
  if (fields.size === 0 && rest) return `${z}.record(${z}.string(), ${schemaText(rest, z)})`;
  const entries = [...fields].map(([key, { type, optional }]) => {
    const schema = schemaText(type, z);
    return `${propertyKey(key)}: ${optional ? `${schema}.optional()` : schema}`;
  });
  const object = `${z}.strictObject({ ${entries.join(", ")} })`;
  return rest ? `${object}.catchall(${schemaText(rest, z)})` : object;
}
