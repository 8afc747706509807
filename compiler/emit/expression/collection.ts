import type { Expr, ListExpr, MapExpr, TupleExpr } from "../../ast/nodes.ts";
import { hasField, isList } from "../../types/shape.ts";
import { constantOf } from "../constant.ts";
import { property, propertyKey } from "../literal.ts";
import type { Scope } from "../scope.ts";
import { known } from "../seen.ts";
import { express } from "./express.ts";

export function expressList(expr: ListExpr, scope: Scope): string {
  const items = expr.items.map((item) => express(item, scope));
  if (!expr.tail) return `[${items.join(", ")}]`;
  const tail = express(expr.tail, scope);
  if (isList(known(expr.tail, scope))) return `[${[...items, `...${tail}`].join(", ")}]`;
  return `${scope.file.runtime("concat")}([${items.join(", ")}], ${tail})`;
}

const constructors: Readonly<Record<string, { readonly size: number; readonly name: string } | undefined>> = {
  ok: { size: 2, name: "ok" },
  error: { size: 2, name: "error" },
  goto: { size: 3, name: "goto" },
};

/** The tuples that everyone writes have a constructor; others are arrays. */
export function expressTuple(expr: TupleExpr, scope: Scope): string {
  const [tag, ...rest] = expr.items;
  const name = tag?.kind === "literal" && tag.type === "atom" ? constructors[String(tag.value)] : undefined;
  if (name?.size === expr.items.length) {
    return `${scope.file.runtime(name.name)}(${rest.map((item) => express(item, scope)).join(", ")})`;
  }
  return `[${expr.items.map((item) => express(item, scope)).join(", ")}]`;
}

export function expressMap(expr: MapExpr, scope: Scope): string {
  const entries = expr.entries.map(({ key, value }) => property(keyText(key, scope), express(value, scope)));
  if (!expr.base) return `{ ${entries.join(", ")} }`;
  const base = express(expr.base, scope);
  if (updatesKnownKeys(expr, scope)) return `{ ...${base}, ${entries.join(", ")} }`;
  return `${scope.file.runtime("updateMap")}(${base}, { ${entries.join(", ")} })`;
}

/** `%{map | …}` of keys that the map surely has. */
export function updatesKnownKeys(expr: MapExpr, scope: Scope): boolean {
  const type = expr.base && known(expr.base, scope);
  return expr.entries.every(({ key }) => {
    const name = constantOf(key, scope);
    return type !== null && typeof name === "string" && hasField(type, name);
  });
}

/** A key of an object literal: its text where it is known, computed where it is not. */
export function keyText(key: Expr, scope: Scope): string {
  const value = constantOf(key, scope);
  if (typeof value === "string") return propertyKey(value);
  return `[${scope.file.runtime("keyText")}(${express(key, scope)})]`;
}
