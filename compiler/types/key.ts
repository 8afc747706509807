import type { Type } from "./type.ts";

/** A text that only equal types have in common. */
export function typeKey(type: Type): string {
  switch (type.kind) {
    case "literal":
      return `${type.form}:${JSON.stringify(type.value)}`;
    case "list":
      return `[${typeKey(type.element)}]`;
    case "tuple":
      return `{${type.items.map(typeKey).join(",")}}`;
    case "union":
      return `(${type.members.map(typeKey).join("|")})`;
    case "fn":
      return `(${type.params.map(typeKey).join(",")}->${typeKey(type.result)})`;
    case "record": {
      const fields = [...type.fields].map(
        ([key, field]) => `${JSON.stringify(key)}${field.optional ? "?" : ""}:${typeKey(field.type)}`,
      );
      return `%{${[...fields, type.rest ? `*:${typeKey(type.rest)}` : ""].join(",")}}`;
    }
    case "variable":
      return type.name;
    default:
      return type.kind;
  }
}
