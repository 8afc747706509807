/**
 * A TypeScript type as the language sees it: the JSON values it allows. What has no JSON form, or no form worth the
 * name (class instances, generics, recursive types past a depth), is `dynamic`: never wrong, only less precise.
 */
import { ts } from "ts-morph";
import {
  boolean,
  dynamic,
  float,
  fnOf,
  integer,
  listOf,
  nil,
  none,
  recordOf,
  string,
  tupleOf,
} from "../types/construct.ts";
import { union } from "../types/join.ts";
import type { FieldOf, LiteralOf, Type } from "../types/type.ts";

const DEEPEST = 8;

interface Reading {
  readonly checker: ts.TypeChecker;
  /** The types around the one being read: meeting one of them again means that it is recursive. */
  readonly around: readonly ts.Type[];
}

const number: Type = union(integer, float);

/** What a function gives: promises are unwrapped; `undefined` and `void` are nil. */
export function resultFromTs(type: ts.Type, checker: ts.TypeChecker): Type {
  return read(checker.getAwaitedType(type) ?? type, { checker, around: [] });
}

/** What a parameter takes. Nil arrives as null, so where TypeScript says `undefined` it does not fit. */
export function paramFromTs(type: ts.Type, checker: ts.TypeChecker): Type {
  return readDefined(type, { checker, around: [] });
}

/** The text of a result that has no JSON form, whatever its value; null for one that has, or may have. */
export function unstorableFromTs(type: ts.Type, checker: ts.TypeChecker): string | null {
  const awaited = checker.getAwaitedType(type) ?? type;
  return hasNoJson(awaited, { checker, around: [] }) ? checker.typeToString(awaited) : null;
}

/** Whether TypeScript takes every value of the type that was read: an enum, a brand or a template asks for more than text. */
export function isReadExactly(type: ts.Type, checker: ts.TypeChecker, around: readonly ts.Type[] = []): boolean {
  if (around.includes(type) || around.length >= DEEPEST) return false;
  const inner = (part: ts.Type) => isReadExactly(part, checker, [...around, type]);
  if (type.flags & ts.TypeFlags.EnumLike) return false;
  if (type.flags & exactFlags) return true;
  if (type.isUnion()) return definedMembers(type).every(inner);
  if (!(type.flags & ts.TypeFlags.Object) || type.getCallSignatures().length > 0) return false;
  if (checker.isTupleType(type) || checker.isArrayType(type)) return argumentsOf(type, checker).every(inner);
  return (
    !isInstance(type, checker) &&
    checker.getPropertiesOfType(type).every((property) => inner(checker.getTypeOfSymbol(property)))
  );
}

const exactFlags =
  ts.TypeFlags.Any |
  ts.TypeFlags.Unknown |
  ts.TypeFlags.Null |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.String |
  ts.TypeFlags.Number |
  ts.TypeFlags.StringLiteral |
  ts.TypeFlags.NumberLiteral;

/** An empty list has a JSON form whatever it might hold, a map may lack an optional key, and an instance may have a `toJSON`. */
function hasNoJson(type: ts.Type, { checker, around }: Reading): boolean {
  if (around.includes(type) || around.length >= DEEPEST) return false;
  const inner = (part: ts.Type) => hasNoJson(part, { checker, around: [...around, type] });
  if (type.isUnion()) return definedMembers(type).every(inner);
  if (type.flags & (ts.TypeFlags.BigIntLike | ts.TypeFlags.ESSymbolLike)) return true;
  if (type.getCallSignatures().length > 0 || withoutJson.has(type.symbol?.name ?? "")) return true;
  if (!(type.flags & ts.TypeFlags.Object) || checker.isArrayType(type)) return false;
  if (checker.isTupleType(type)) return argumentsOf(type, checker).some(inner);
  const required = checker.getPropertiesOfType(type).filter(({ flags }) => !(flags & ts.SymbolFlags.Optional));
  return !isInstance(type, checker) && required.some((property) => inner(checker.getTypeOfSymbol(property)));
}

/** Classes of JavaScript whose instances JSON writes as `{}`. */
const withoutJson: ReadonlySet<string> = new Set([
  "Map",
  "ReadonlyMap",
  "Set",
  "ReadonlySet",
  "WeakMap",
  "WeakSet",
  "RegExp",
  "ArrayBuffer",
  "ReadableStream",
]);

function read(type: ts.Type, reading: Reading): Type {
  for (const [flags, found] of plain) if (type.flags & flags) return found;
  if (type.isStringLiteral()) return literal(type.value, "string");
  if (type.isNumberLiteral()) return literal(type.value, Number.isInteger(type.value) ? "integer" : "float");
  if (type.flags & ts.TypeFlags.BooleanLiteral)
    return literal(reading.checker.typeToString(type) === "true", "boolean");
  if (type.flags & ts.TypeFlags.StringLike) return string;
  if (type.flags & ts.TypeFlags.NumberLike) return number;
  if (type.isUnion()) return union(...type.types.map((member) => read(member, reading)));
  if (type.flags & ts.TypeFlags.TypeParameter) return readConstraint(type, reading);
  if (type.isIntersection()) return readIntersection(type, reading);
  return type.flags & ts.TypeFlags.Object ? readObject(type, reading) : dynamic;
}

const plain: readonly (readonly [ts.TypeFlags, Type])[] = [
  [ts.TypeFlags.Any | ts.TypeFlags.Unknown, dynamic],
  [ts.TypeFlags.Never, none],
  [ts.TypeFlags.VoidLike | ts.TypeFlags.Null, nil],
  [ts.TypeFlags.Boolean, boolean],
  [ts.TypeFlags.String, string],
  [ts.TypeFlags.Number, number],
];

function literal(value: LiteralOf["value"], form: LiteralOf["form"]): Type {
  return { kind: "literal", value, form };
}

function readConstraint(type: ts.Type, reading: Reading): Type {
  const constraint = reading.checker.getBaseConstraintOfType(type);
  return constraint === undefined || constraint === type ? dynamic : read(constraint, reading);
}

/** `string & { brand }` is a string; records together are one record. */
function readIntersection(type: ts.IntersectionType, reading: Reading): Type {
  const primitive = type.types.find((member) => !(member.flags & ts.TypeFlags.Object));
  return primitive === undefined ? readObject(type, reading) : read(primitive, reading);
}

function readObject(type: ts.Type, { checker, around }: Reading): Type {
  if (around.includes(type) || around.length >= DEEPEST) return dynamic;
  const inside: Reading = { checker, around: [...around, type] };
  if (checker.isTupleType(type)) return readTuple(type as ts.TupleTypeReference, inside);
  if (checker.isArrayType(type)) return listOf(read(argumentsOf(type, checker)[0]!, inside));
  const [signature] = type.getCallSignatures();
  if (signature !== undefined) return readFunction(signature, inside);
  return isInstance(type, checker) ? dynamic : readRecord(type, inside);
}

function readTuple(type: ts.TupleTypeReference, reading: Reading): Type {
  const items = argumentsOf(type, reading.checker).map((item, index) => tagged(read(item, reading), index));
  const fixed = type.target.elementFlags.every((flag) => flag === ts.ElementFlags.Required);
  return fixed ? tupleOf(...items) : listOf(union(...items));
}

/** The text that opens a tuple is a tag, as in `["ok", value]`. */
function tagged(item: Type, index: number): Type {
  return index === 0 && item.kind === "literal" && item.form === "string" ? { ...item, form: "atom" } : item;
}

function argumentsOf(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  return checker.getTypeArguments(type as ts.TypeReference);
}

function readFunction(signature: ts.Signature, reading: Reading): Type {
  const params = signature.parameters.map((param) => read(reading.checker.getTypeOfSymbol(param), reading));
  return fnOf(params, read(signature.getReturnType(), reading));
}

/** Something with methods or a constructor of its own has behaviour, and JSON has none. */
function isInstance(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (type.isClass() || type.getConstructSignatures().length > 0) return true;
  return checker.getPropertiesOfType(type).some(({ flags }) => (flags & ts.SymbolFlags.Method) !== 0);
}

function readRecord(type: ts.Type, reading: Reading): Type {
  const { checker } = reading;
  const fields = checker
    .getPropertiesOfType(type)
    .filter(({ escapedName }) => !String(escapedName).startsWith("__@"))
    .map((property): [string, FieldOf] => [property.name, readField(property, reading)]);
  const rest = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  const isEmpty = fields.length === 0 && rest === undefined;
  return recordOf(fields, rest !== undefined ? read(rest, reading) : isEmpty ? dynamic : null);
}

/** An absent key is absent, not nil, so `undefined` is left out of an optional field. */
function readField(property: ts.Symbol, reading: Reading): FieldOf {
  const type = reading.checker.getTypeOfSymbol(property);
  const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  return { type: optional ? readDefined(type, reading) : read(type, reading), optional };
}

function readDefined(type: ts.Type, reading: Reading): Type {
  return union(...definedMembers(type).map((member) => read(member, reading)));
}

function definedMembers(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined)) : [type];
}
