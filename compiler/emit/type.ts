/** Types of the language as TypeScript types and as zod schemas. */
import { holdsFunction } from "../types/shape.ts";
import { dynamic } from "../types/construct.ts";
import { widen } from "../types/join.ts";
import { isBoolean, isNumber, isText } from "../types/shape.ts";
import type { FieldOf, RecordOf, TupleOf, Type, UnionOf } from "../types/type.ts";
import { jsonLiteral, propertyKey } from "./literal.ts";
import type { FileScope, Scope } from "./scope.ts";

/** What a type's text may refer to. */
export interface TypeScope {
  readonly runtimeType: FileScope["runtimeType"];
  /** The name of a record that has one. */
  readonly recordName: (record: RecordOf) => string | null;
}

/** As TypeScript would be written by hand; what is not known is `Dynamic`. */
export function typeText(type: Type, scope: TypeScope): string {
  switch (type.kind) {
    case "dynamic":
    case "variable":
      return scope.runtimeType("Dynamic");
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
      return `(${type.element.kind === "none" ? scope.runtimeType("Dynamic") : typeText(type.element, scope)})[]`;
    case "tuple":
      return `readonly [${type.items.map((item) => typeText(item, scope)).join(", ")}]`;
    case "record":
      return isAnyMap(type) ? scope.runtimeType("Data") : (scope.recordName(type) ?? recordText(type, scope));
    case "union":
      return outcomeText(type, scope) ?? unionText(type, scope);
    case "fn":
      return `((${type.params.map((param, i) => `arg${i}: ${typeText(param, scope)}`).join(", ")}) => ${typeText(type.result, scope)})`;
  }
}

function unionText({ members }: UnionOf, scope: TypeScope): string {
  return [...new Set(members.map((member) => `(${typeText(member, scope)})`))].join(" | ");
}

/** `{:ok, value} | {:error, error}`: what has become of a child, or of a branch. */
function outcomeText({ members }: UnionOf, scope: TypeScope): string | null {
  const [ok, error, more] = members;
  if (more || ok?.kind !== "tuple" || error?.kind !== "tuple") return null;
  const value = isTagged(ok, "ok") ? ok.items[1] : undefined;
  const reason = isTagged(error, "error") ? error.items[1] : undefined;
  if (!value || reason?.kind !== "record" || !isAnyMap(reason)) return null;
  return `${scope.runtimeType("ChildOutcome")}<${typeText(value, scope)}>`;
}

function isTagged({ items: [tag, ...rest] }: TupleOf, name: string): boolean {
  return tag?.kind === "literal" && tag.value === name && rest.length === 1;
}

/** A map of which nothing is known. */
export function isAnyMap({ fields, rest }: RecordOf): boolean {
  return fields.size === 0 && rest?.kind === "dynamic";
}

/** Named fields cannot be narrower than an index signature beside them, so the rest of an open record is `Dynamic`. */
export function recordText(record: RecordOf, scope: TypeScope): string {
  const { fields, rest } = record;
  const open = fields.size === 0 && rest ? typeText(rest, scope) : scope.runtimeType("Dynamic");
  const named = [...fieldTexts(record, scope).values()];
  return `{ ${[...named, ...(rest ? [`[key: string]: ${open}`] : [])].join("; ")} }`;
}

/** `total: number`, by key. */
export function fieldTexts({ fields }: RecordOf, scope: TypeScope): ReadonlyMap<string, string> {
  return new Map([...fields].map(([key, field]) => [key, `${fieldKey(key, field)}: ${typeText(field.type, scope)}`]));
}

/** Longer than this a type is no help to who reads the line it stands in. */
const maxAssertion = 60;

/** What a type is called where code says it; null where TypeScript knows as much, or it would take too long to say. */
export function assertedText(type: Type, seen: Type, scope: Scope): string | null {
  if (type.kind === "dynamic" || type.kind === "none") return null;
  const text = typeText(type, scope.file);
  return text.length > maxAssertion || text === typeText(seen, scope.file) ? null : text;
}

/**
 * What a variable is declared as: `dynamic` where nothing is known, or it would take too long to say. What is one of
 * several forms is told apart by tests that TypeScript does not always follow, so it stays `dynamic` as well. Literals are
 * widened, for TypeScript takes a variable for the very literal it was last set to.
 */
export function writtenType(type: Type, scope: Scope): Type {
  const wide = widen(type);
  const isSaid = !isUntyped(wide) && isOneForm(wide) && !holdsFunction(wide);
  return isSaid && typeText(wide, scope.file).length <= maxAssertion ? wide : dynamic;
}

/** Of a map that may hold anything there is nothing to say. */
export function isUntyped(type: Type): boolean {
  return type.kind === "dynamic" || type.kind === "none" || (type.kind === "record" && isAnyMap(type));
}

/** Whether tests are not needed to tell what may be done with a value. */
export function isOneForm(type: Type): boolean {
  return type.kind !== "union" || isNumber(type) || isText(type) || isBoolean(type) || areTuples(type);
}

function areTuples({ members }: UnionOf): boolean {
  return members.every((member) => member.kind === "tuple" && !holdsFunction(member));
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
