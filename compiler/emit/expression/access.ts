import type { Access, Expr, Field } from "../../ast/nodes.ts";
import { membersOf } from "../../types/join.ts";
import { hasField, isRecord } from "../../types/shape.ts";
import type { Type } from "../../types/type.ts";
import { constantOf } from "../constant.ts";
import { isInherited, propertyOf, stringLiteral } from "../literal.ts";
import type { Scope } from "../scope.ts";
import { agreed, known, seen } from "../seen.ts";
import { express } from "./express.ts";

/** `object.key`: the key must be there. */
export function expressField(expr: Field, scope: Scope): string {
  const object = express(expr.object, scope);
  const key = expr.key.text;
  if (hasField(known(expr.object, scope), key)) return propertyOf(object, key);
  return `${scope.file.runtime("field")}(${object}, ${stringLiteral(key)})`;
}

/** `object[key]`: nil when absent, and nil of nil. */
export function expressAccess(expr: Access, scope: Scope): string {
  const read = plainRead(expr, scope);
  if (read !== null) return read.always ? read.text : `(${read.text} ?? null)`;
  return `${scope.file.runtime("at")}(${express(expr.object, scope)}, ${express(expr.key, scope)})`;
}

/** As the left side of `??`, where undefined is as good as null. */
export function expressNullish(expr: Expr, scope: Scope): string {
  const read = expr.kind === "access" ? plainRead(expr, scope) : null;
  return read?.text ?? express(expr, scope);
}

/** The property that an access reads; `always` when it cannot be absent. Null when a plain read does not do. */
function plainRead(expr: Access, scope: Scope): { readonly text: string; readonly always: boolean } | null {
  const visible = seen(expr.object, scope);
  const type = agreed(visible, scope.facts.typeOf(expr.object));
  const key = constantOf(expr.key, scope);
  if (typeof key !== "string" || !readsPlainly(type, key)) return null;
  const object = express(expr.object, scope);
  if (visible.kind === "dynamic" || isNamed(type, key))
    return { text: propertyOf(object, key), always: hasField(type, key) };
  return isOpen(type) ? { text: `${object}[${stringLiteral(key)}]`, always: false } : null;
}

/** A plain property read gives the key's value or undefined. */
function readsPlainly(type: Type, key: string): boolean {
  return membersOf(type).length > 0 && membersOf(type).every(isRecord) && !isInherited(key);
}

/** TypeScript knows the key, as one that is there or may be. */
function isNamed(type: Type, key: string): boolean {
  return membersOf(type).every((member) => member.kind === "record" && member.fields.has(key));
}

/** Further keys are read with brackets, which every setting of TypeScript allows. */
function isOpen(type: Type): boolean {
  return membersOf(type).every((member) => member.kind === "record" && member.rest !== null);
}
