import type { Access, Field } from "../../ast/nodes.ts";
import { membersOf } from "../../types/join.ts";
import { hasField, isRecord } from "../../types/shape.ts";
import type { Type } from "../../types/type.ts";
import { constantOf } from "../constant.ts";
import { isInherited, propertyOf, stringLiteral } from "../literal.ts";
import type { Scope } from "../scope.ts";
import { express } from "./express.ts";

/** `object.key`: the key must be there. */
export function expressField(expr: Field, scope: Scope): string {
  const object = express(expr.object, scope);
  const key = expr.key.text;
  if (hasField(scope.facts.typeOf(expr.object), key)) return propertyOf(object, key);
  return `${scope.file.runtime("field")}(${object}, ${stringLiteral(key)})`;
}

/** `object[key]`: nil when absent, and nil of nil. */
export function expressAccess(expr: Access, scope: Scope): string {
  const object = express(expr.object, scope);
  const type = scope.facts.typeOf(expr.object);
  const key = constantOf(expr.key, scope);
  if (typeof key === "string" && readsPlainly(type, key)) {
    const property = propertyOf(object, key);
    return hasField(type, key) ? property : `(${property} ?? null)`;
  }
  return `${scope.file.runtime("at")}(${object}, ${express(expr.key, scope)})`;
}

/** A plain property read gives the key's value or undefined. */
function readsPlainly(type: Type, key: string): boolean {
  return membersOf(type).length > 0 && membersOf(type).every(isRecord) && !isInherited(key);
}
